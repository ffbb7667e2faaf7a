"""Entries on disk, one file each, whole or not at all, for the next process and for when the database is away."""

import hashlib
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from leukemia_site.front import filing
from leukemia_site.front.entries import Entry

Outdated = Callable[[frozenset[str], int], bool]  # of what it leans on, and the number that it knew

log = logging.getLogger(__name__)
FORGOTTEN = 7 * 24 * 3600  # seconds after which the pages of a release that nobody writes any more go
_SUFFIX = ".page"


class Disk:
    """The pages of one release, in a folder of their own beside those of other releases."""

    def __init__(self, folder: Path, *, bytes_limit: int) -> None:
        self.folder = folder
        self.bytes_limit = bytes_limit

    def load(self, address: str) -> Entry | None:
        """What was kept, if it is to the letter what was written."""
        try:
            return filing.unpacked(self._path(address).read_bytes(), address)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("A kept page could not be read and is made anew: %s", type(error).__name__)
            self.drop(address)
            return None

    def has(self, address: str) -> bool:
        """Whether anything is kept."""
        return self._path(address).exists()

    def has_any(self) -> bool:
        """Whether any page is kept."""
        return any(path.suffix == _SUFFIX for path in self._files())

    def before(self) -> list[str]:
        """The addresses of what the release before this one kept, the newest first."""
        try:
            others = [one for one in self.folder.parent.iterdir() if one.is_dir() and one != self.folder]
            last = max(others, key=lambda folder: folder.stat().st_mtime, default=self.folder)
            files = {path: path.stat().st_mtime for path in last.rglob(f"*{_SUFFIX}")} if others else {}
        except OSError:  # somebody cleans up
            return []
        return list(_addresses(sorted(files, key=lambda path: -files[path])))

    def save(self, address: str, entry: Entry) -> bool:
        """Keep it, unless another process kept one already that knew more. False where it is not kept."""
        path = self._path(address)
        if self._number(path) > entry.number:
            return False
        part = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(filing.packed(address, entry))
            part.replace(path)
        except OSError as error:
            log.warning("A page could not be kept on disk: %s", error.strerror)
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return False
        return True

    def drop(self, address: str) -> None:
        """Keep it no longer."""
        with suppress(OSError):
            self._path(address).unlink(missing_ok=True)

    def drop_outdated(self, address: str, outdated: Outdated) -> None:
        """Keep it no longer, unless another process has made it anew already."""
        with suppress(OSError):
            if self._is_outdated(self._path(address), outdated):
                self.drop(address)

    def clear(self) -> None:
        """Keep nothing of what there is."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def sweep(self, outdated: Outdated) -> None:
        """Delete what counts no more, so that no withdrawn word stays; then the oldest, until the rest has room."""
        with suppress(OSError):
            os.utime(self.folder)
            self._forget_releases()
        kept = []
        for path in list(self._files()):
            with suppress(OSError):
                about = path.stat()
                if self._is_outdated(path, outdated):
                    path.unlink(missing_ok=True)
                else:
                    kept.append((about.st_mtime, about.st_size, path))
        self._make_room(kept)

    def _is_outdated(self, path: Path, outdated: Outdated) -> bool:
        if path.suffix != _SUFFIX:  # begun, and left behind by a process that ended
            return time.time() - path.stat().st_mtime > 60
        try:
            return outdated(*filing.dependence(path))
        except (ValueError, KeyError, TypeError):
            return True

    def _number(self, path: Path) -> int:
        try:
            return filing.dependence(path)[1]
        except (OSError, ValueError, KeyError, TypeError):
            return 0

    def _make_room(self, kept: list[tuple[float, int, Path]]) -> None:
        size = sum(one[1] for one in kept)
        for _time, length, path in sorted(kept):
            if size <= self.bytes_limit:
                return
            with suppress(OSError):
                path.unlink(missing_ok=True)
            size -= length

    def _forget_releases(self) -> None:
        for other in self.folder.parent.iterdir():
            if other.is_dir() and other != self.folder and time.time() - other.stat().st_mtime > FORGOTTEN:
                shutil.rmtree(other, ignore_errors=True)

    def _files(self) -> Iterator[Path]:
        return (path for path in self.folder.rglob("*") if path.is_file())

    def _path(self, address: str) -> Path:
        name = hashlib.sha256(address.encode()).hexdigest()[:40]
        return self.folder / name[:2] / f"{name}{_SUFFIX}"


def _addresses(files: Iterable[Path]) -> Iterator[str]:
    for path in files:
        with suppress(OSError, ValueError, KeyError, TypeError):  # gone meanwhile, damaged, or of another form
            yield filing.address(path)
