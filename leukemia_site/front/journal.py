"""What this machine's processes know of changes, on disk, so that a process that starts knows it before any page.

Every process writes what it hears before it uses it. A line that was not finished does not count; and all changes of a
deed have one number, so that a line of its own says up to which number everything was written.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from leukemia_site.front.changes import ANY, Answer, Change

LONGEST = 4_000_000  # bytes; then it is made shorter
KEPT = 5_000  # changes that stay when it is
_END = "\t.\n"
_ALL_UP_TO_HERE = ""  # in place of a tag


@dataclass(slots=True)
class Known:
    """What is known of the log: the number of the newest change of each tag, complete from `base` up to `number`."""

    base: int = 0
    number: int = 0
    newest: dict[str, int] = field(default_factory=dict)
    latest: int = 0  # the newest change of all

    def add(self, number: int, tag: str) -> None:
        """One change. There may be others of the same number."""
        self.newest[tag] = max(number, self.newest.get(tag, 0))
        self.latest = max(self.latest, number)

    def outdates(self, leans_on: frozenset[str], since: int) -> bool:
        """Whether something of this changed after that number, or whether that can not be known."""
        if not self.base <= since <= self.number:
            return True
        if since >= self.latest:
            return False
        return ANY in leans_on or any(self.newest.get(tag, 0) > since for tag in (ANY, *leans_on))

    def surpasses(self, leans_on: frozenset[str], since: int) -> bool:
        """The same, but for what another process made that has heard more than this one: that is not old."""
        return since <= self.number and self.outdates(leans_on, since)


class Journal:
    """The file. Where it can not be written there is none, and then nothing on disk counts."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reread = (0, 0)

    def reread(self) -> Known | None:
        """The same, if it is not as it was when this was asked before."""
        try:
            about = self.path.stat()
        except OSError:
            return None
        seen, self._reread = self._reread, (about.st_size, about.st_mtime_ns)
        return self.read() if seen != self._reread else None

    def read(self) -> Known | None:
        """Everything in it; None where there is none that can be read."""
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines(keepends=True)
            head, *rest = [line.removesuffix(_END).split("\t") for line in lines if line.endswith(_END)]
            known = Known(int(head[1]), int(head[1]))
            for number, tag in rest:
                if tag == _ALL_UP_TO_HERE:
                    known.number = max(known.number, int(number))
                else:
                    known.add(int(number), tag)
        except (OSError, ValueError, IndexError):
            return None
        return known

    def write(self, answer: Answer) -> None:
        """Add what was heard: from then on all processes find it, and once it has settled it outlives a power cut.
        Where there is nothing to add to (somebody has cleared the folder) it begins anew."""
        with self._alone():
            if not self.path.exists():
                self._replace(answer.number, "")
                return
            with self.path.open("r+b") as file:
                end = file.seek(0, os.SEEK_END)
                file.seek(end - 1)
                begin = "" if file.read(1) == b"\n" else "\n"  # somebody did not finish
                file.write((begin + _lines(answer.changes, answer.number)).encode())
            if end > LONGEST:
                self._shorten()

    def settle(self) -> None:
        """Wait until the disk has it."""
        with suppress(FileNotFoundError), self.path.open("rb") as file:
            os.fsync(file.fileno())

    def begin(self, answer: Answer) -> None:
        """Begin anew from here: what is older is not known of."""
        with self._alone():
            self._replace(answer.number, "")

    def forget(self) -> None:
        """No journal, and nothing on disk counts."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)

    def _shorten(self) -> None:
        if found := self.read():
            newest = sorted((number, tag) for tag, number in found.newest.items())[-KEPT:]
            self._replace(newest[0][0], _lines(newest, found.number))

    def _replace(self, base: int, lines: str) -> None:
        part = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        with part.open("wb") as file:
            file.write(f"log\t{base}{_END}{lines}".encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.path)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.with_name(f".{self.path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _lines(changes: Iterable[Change], upto: int) -> str:
    return "".join(f"{number}\t{tag}{_END}" for number, tag in (*changes, (upto, _ALL_UP_TO_HERE)))
