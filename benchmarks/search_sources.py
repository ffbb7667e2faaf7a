"""How long a search takes in a library of 100,000 sources: queries, the first screen of the list, the dialog."""

import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from references.models import Source
from references.models.likeness import Likeness

SOURCES = 100_000
GOAL = 50  # milliseconds
TIMES = 7
FIRST = "acute chronic adult childhood treatment outcomes survival risk relapse therapy".split()
SEARCHES = {
    "common word": "leukemia",
    "two common words": "acute leukemia",
    "beginning of a word": "leuk",
    "one letter": "l",
    "rare word": "word7777",
    "DOI": "10.1000/example.77777",
    "beginning of a DOI": "10.1000/example.777",
    "PMID": "20077777",
    "author": "Surname1234",
    "author and common word": "surname1234 leukemia",
    "no hit": "zzzz",
    "nothing": "",
}


def made() -> None:
    """Records whose words are as unevenly common as those of a library about one group of diseases."""
    dice = random.Random(4)  # noqa: S311  no secret
    rows = []
    for number in range(SOURCES):
        words = ["leukemia"] if dice.random() < 0.6 else []
        words += [dice.choice(FIRST), *(f"word{min(int(dice.expovariate(1 / 800)), 8000)}" for _ in range(7))]
        dice.shuffle(words)
        rows.append(
            Source(
                kind=dice.choice(["journal", "journal", "journal", "web", "book", "guideline"]),
                title=" ".join(words).capitalize(),
                authors=f"Surname{dice.randrange(20_000)} J\nSurname{dice.randrange(20_000)} K",
                container=f"Journal of Examples {dice.randrange(300)}",
                published=f"{dice.randrange(1990, 2027)}",
                doi=f"10.1000/example.{number}",
                pmid=str(20_000_000 + number),
                url=f"https://example.org/articles/{number}",
            )
        )
        rows[-1].settle()
    Source.objects.bulk_create(rows, batch_size=2000)
    merged = Source.objects.filter(doi__endswith="77").values("pk")
    Source.objects.filter(pk__in=merged).update(merged_into=Source.objects.get(doi="10.1000/example.1"))


def measure(name: str, work: Callable[[], Any]) -> float:
    """The median of several times in milliseconds, and the best, which is what a machine with nothing else to do
    would take; the first time does not count."""
    work()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    median = statistics.median(taken)
    print(f"{name:44} {median:7.1f} ms, best {min(taken):7.1f}{'   above the goal' if median > GOAL else ''}")
    return median


def screens() -> dict[str, str]:
    """Addresses of what people wait for."""
    lists, dialog = "/admin/references/source/", "/admin/articles/article/sources/"
    filters = ("kind__exact=guideline", "age=10", "health__exact=dead", "alike=yes", "unused=yes", "merged=yes")
    choice = "/admin/autocomplete/?app_label=references&model_name=source&field_name=superseded_by&term="
    return {
        "list, first screen": lists,
        **{f"list, {one}": f"{lists}?{one}" for one in filters},
        **{f"list, {name}": f"{lists}?q={SEARCHES[name]}" for name in ("common word", "rare word", "DOI", "no hit")},
        **{f"dialog, {name}": f"{dialog}?q={SEARCHES[name]}" for name in ("common word", "rare word", "nothing")},
        "choice of a record, common word": f"{choice}leukemia",
    }


def opened(browser: Client, address: str) -> None:
    """Read the whole of it. Raises RuntimeError where it is not shown."""
    answer = browser.get(address)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def main() -> int:
    """Print the figures; 1 if one is above the goal."""
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        start = time.perf_counter()
        made()
        print(f"{connection.vendor}, {SOURCES} sources made in {time.perf_counter() - start:.0f} s")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        library = Source.objects.unmerged()
        slowest = max(
            measure(f"query, {name}", lambda q=words: list(library.matching(q)[:21]))
            for name, words in SEARCHES.items()
        )
        one = Source.objects.order_by("?").first()
        slowest = max(slowest, measure("look for records like one", lambda: Likeness.look([one] if one else [])))
        browser = Client(headers={"host": "localhost"})
        browser.force_login(User.objects.create(username="root", is_staff=True, is_superuser=True))
        for name, address in screens().items():
            slowest = max(slowest, measure(name, lambda at=address: opened(browser, at)))
    finally:
        teardown_databases(old, verbosity=0)
    return int(slowest > GOAL)


if __name__ == "__main__":
    sys.exit(main())
