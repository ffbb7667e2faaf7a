"""What comes first: the first answer of a server that starts, and the first view of a page that was just published."""

import shutil
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving.processes import Running, Server, answers, begun, between

EVERY = 0.005  # seconds between two questions to a server that starts
SETTLED = 0.5  # seconds after which what is made in the background is made


@dataclass(frozen=True)
class First:
    """Seconds until the answer was there, seconds of processor until then, and with what came after."""

    waited: float
    processor: float
    settled: float = 0.0


def starts(server: Server, store: Path, log: Path) -> Iterator[tuple[str, First]]:
    """From the start of the process to the first 200: with an empty store of pages, then with one that has the page."""
    shutil.rmtree(store, ignore_errors=True)
    for state in ("empty store", "populated store"):
        clock = time.perf_counter()
        with begun(server, log) as one:
            while not answers(one):
                time.sleep(EVERY)
            yield state, First(time.perf_counter() - clock, between({}, one.spent()))
            _until_kept(one)


def views(one: Running, pages: Iterable[str]) -> First:
    """The first view of each of these pages, in the middle."""
    firsts = [_view(one, page) for page in pages]
    return First(*(statistics.median(getattr(first, part) for first in firsts) for part in First.__annotations__))


def _view(one: Running, page: str) -> First:
    before, clock = one.spent(), time.perf_counter()
    answer, _body = one.ask(page)
    waited, answered = time.perf_counter() - clock, one.spent()
    if "fwd=miss" not in answer.headers["Cache-Status"]:
        raise RuntimeError(f"somebody has read {page} before")
    time.sleep(SETTLED)
    return First(waited, between(before, answered), between(before, one.spent()))


def _until_kept(one: Running) -> None:
    for _tenth in range(100):
        answer, _body = one.ask()
        if "hit" in answer.headers["Cache-Status"]:
            return
        time.sleep(0.1)
    raise RuntimeError(f"{one.server.name} keeps no page")
