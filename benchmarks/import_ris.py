"""How long it takes to file RIS records in an empty library, and to file the same ones again."""

import sys
import time
from collections.abc import Callable
from typing import Any

from django.test.utils import setup_databases, teardown_databases

from references import adding
from references.models import Source
from references.reading import files

RECORDS = 5_000
BOUND = 20  # seconds
RECORD = """TY  - JOUR
AU  - Roe, Jane A.
AU  - Doe, Kim
AU  - Example Study Group,
TI  - Outcomes of treatment {n} in adults with an example disease: a randomized trial
T2  - Journal of Examples
DA  - 2018/10/17/
PY  - 2018
VL  - {n}
IS  - 4
SP  - 97
EP  - 105
DO  - 10.1000/example.{n}
AN  - {n}
DB  - PubMed
UR  - https://example.org/articles/{n}
ER  -
"""


def timed(what: str, work: Callable[[], Any]) -> tuple[Any, float]:
    """Do it, and say how long it took."""
    start = time.perf_counter()
    done = work()
    seconds = time.perf_counter() - start
    print(f"{what:32} {seconds:6.2f} s")
    return done, seconds


def main() -> int:
    """Print the figures; 1 if they are above the bound."""
    data = "\n".join(RECORD.format(n=n) for n in range(1, RECORDS + 1)).encode()
    print(f"{RECORDS} records, {len(data) / 1e6:.1f} MB of RIS")
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        reading, to_read = timed("read", lambda: files.read(data, "many.ris"))
        filed, to_file = timed("file in an empty library", lambda: adding.add(reading))
        again, to_know = timed("know all of them again", lambda: adding.add(reading))
        if (len(filed.made), len(again.known), Source.objects.count()) != (RECORDS, RECORDS, RECORDS):
            print("not every record was filed once")
            return 1
    finally:
        teardown_databases(old, verbosity=0)
    return int(to_read + to_file + to_know > BOUND)


if __name__ == "__main__":
    sys.exit(main())
