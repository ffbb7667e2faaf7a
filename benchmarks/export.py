"""How long it takes to export the mirror of many pages, and then of ten changes among them.

`python -m benchmarks.export [PAGES [PROCESSES]]`; 10,000 pages want about 6 GB in the folder of temporary files.
Prints wall and CPU seconds of each export, what it takes on the disk, and how busy the machine is, and fails where one
takes longer than was promised for 10,000 pages.

Without PDFs: the timed work makes them, half a second and more for each, and the export only copies them.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from articles.handouts import extra
from articles.models import Published
from benchmarks import dated_pages
from leukemia_site.mirror import exporting, verifying

PAGES, CHANGES = 10_000, 10
ALL, SOME = 120, 2  # seconds


def timed(what: str, work: Callable[[], Any]) -> float:
    """Do the work, and print how long it took and what came of it. Returns wall seconds."""
    start, before = time.perf_counter(), os.times()
    found = work()
    wall, after = time.perf_counter() - start, os.times()
    here = after.user + after.system - before.user - before.system
    others = after.children_user + after.children_system - before.children_user - before.children_system
    load = os.getloadavg()[0]
    print(
        f"{what:22} {wall:8.2f} s, CPU {here:7.2f} s here and {others:7.2f} s in others, load {load:.1f}: {found}",
        flush=True,
    )
    return wall


def on_disk(root: Path) -> str:
    """How many files there are, and what they take, each counted once however many names it has."""
    stats = {one.st_ino: one for folder, _folders, names in os.walk(root) for one in _stats(folder, names)}
    held = sum(one.st_blocks * 512 for one in stats.values())
    said = sum(one.st_size for one in stats.values())
    return f"{len(stats)} files of {said / 1e6:.0f} MB, which take {held / 1e6:.0f} MB"


def _stats(folder: str, names: list[str]) -> list[os.stat_result]:
    return [os.lstat(os.path.join(folder, name)) for name in names]


def export(root: Path, processes: int, *, since: bool) -> Any:
    return exporting.export(root, since=since, processes=processes, watch=lambda lines, count: lines)


def change(count: int) -> None:
    """Something that readers see of so many pages, in as many transactions."""
    for slug in Published.objects.order_by("slug").values_list("slug", flat=True)[:count]:
        Published.objects.filter(pk=slug).update(description=f"Changed at {time.time()}.")


def measure(root: Path, pages: int, processes: int) -> bool:
    """All exports of so many pages; whether they keep their bounds."""
    dated_pages.made(pages, today=timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    whole = timed(f"all of {pages} pages", lambda: export(root, processes, since=False))
    print(on_disk(root))
    timed("nothing changed", lambda: export(root, processes, since=True))
    change(CHANGES)
    some = timed(f"{CHANGES} changes", lambda: export(root, processes, since=True))
    found = verifying.problems(root, watch=lambda entries, _count: entries)
    timed("verify, problems", lambda: sum(1 for _problem in found))
    return whole <= ALL * pages / PAGES and some <= SOME


def main(pages: int = PAGES, processes: int = os.cpu_count() or 1) -> int:
    """1 where a bound is not kept."""
    extra.there = lambda: False  # type: ignore[assignment]
    old = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        with tempfile.TemporaryDirectory(prefix="mirror-") as folder:
            return int(not measure(Path(folder), pages, processes))
    finally:
        teardown_databases(old, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
