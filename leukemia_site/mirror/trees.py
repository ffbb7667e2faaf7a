"""The folder of a mirror: two trees of plain files, of which `current` names the one that readers get.

Only the other one is ever written to, and `current` is switched in one step, so that a reader sees the whole of one
export. Then the other tree is given the same files (hard links), and waits for the next export. A tree that is being
written has no manifest: what is found like that is put right from the tree that readers get.
"""

import errno
import fcntl
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from leukemia_site.mirror import packing
from leukemia_site.mirror.places import OWN
from leukemia_site.mirror.refusals import Busy, Refused

CURRENT, TREES, MARK, LOCK, PROGRESS = "current", ("site-a", "site-b"), ".static-mirror", ".lock", ".progress.jsonl"
MANIFEST = f"{OWN}/manifest.jsonl"
PART = ".part"
PATIENCE = 2.0  # seconds; the processes of an export that was killed hold its lock until they notice
_SAID = "This folder is written by manage.py export_site. Whatever else is put into it may be deleted.\n"


class Mirror:
    """The two trees of one folder. Made by `opened`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.progress = root / PROGRESS

    @property
    def live(self) -> Path | None:
        """The tree that readers get; none before the first export."""
        name = os.readlink(self.root / CURRENT) if (self.root / CURRENT).is_symlink() else ""
        return self.root / name if name in TREES else None

    @property
    def spare(self) -> Path:
        """The tree that is written next."""
        return self.root / (TREES[1] if self.live == self.root / TREES[0] else TREES[0])

    @property
    def is_even(self) -> bool:
        """Whether the spare tree holds what readers get: its manifest is put there last."""
        live, spare = self.live, self.spare / MANIFEST
        return bool(live and spare.exists() and spare.samefile(live / MANIFEST))

    def has(self, digests: Mapping[str, str]) -> bool:
        """Whether the spare tree holds these files, byte by byte."""
        try:
            return all(packing.digest((self.spare / path).read_bytes()) == said for path, said in digests.items())
        except FileNotFoundError:
            return False

    def begin(self) -> bool:
        """From now on nobody may think that the spare tree is whole. Returns whether there was nothing yet."""
        was_empty = not self.spare.exists()
        (self.spare / OWN).mkdir(parents=True, exist_ok=True)
        (self.spare / MANIFEST).unlink(missing_ok=True)
        return was_empty

    def switch(self) -> None:
        """Readers get the spare tree from now on. What it holds is on the disk before."""
        os.sync()
        name, new = self.spare.name, self.root / f"{CURRENT}{PART}"
        new.unlink(missing_ok=True)
        new.symlink_to(name)
        new.replace(self.root / CURRENT)
        _synced(self.root)


@contextmanager
def opened(root: Path) -> Iterator[Mirror]:
    """The mirror in this folder, for one export at a time. Raises Refused."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        _require_ours(root)
        with (root / LOCK).open("w") as lock:
            _lock(lock.fileno(), root)
            (root / MARK).write_text(_SAID, encoding="utf-8")
            yield Mirror(root)
    except OSError as error:
        raise Refused(_unwritable(root, error)) from error


def _require_ours(root: Path) -> None:
    names = {path.name for path in root.iterdir()}
    foreign = sorted(names - {CURRENT, *TREES, MARK, LOCK, PROGRESS, CURRENT + PART, PROGRESS + PART})
    if names and (foreign or MARK not in names) and names != {LOCK}:
        shown = ", ".join((foreign or sorted(names))[:5])
        raise Refused(
            f"{root} holds files that are not of a mirror ({shown}). Name an empty folder, or a new one, or the one of "
            "an earlier export: what an export does not know it deletes."
        )


def _lock(file: int, root: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Busy(f"Another process is exporting to {root} right now. Wait until it is done.") from None
            time.sleep(0.1)
        else:
            return


def _unwritable(root: Path, error: OSError) -> str:
    where = error.filename or root
    if error.errno == errno.ENOSPC:
        return f"No room is left on the disk of {root}. The mirror is as it was; make room and export again."
    return f"{where} can not be read or written: {error.strerror}. The mirror is as it was."


def put(tree: Path, path: str, content: bytes) -> None:
    """Write a file. What stands there already may be a file of the other tree, too (a hard link): it is left alone,
    and another one takes its place, whole.

    A new one is written in its place: whoever is killed then leaves a part of it in a tree that nobody reads, and the
    next export, which compares, writes it again.
    """
    place = f"{tree}/{path}"
    try:
        _write(place, content)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        _write(place, content)
    except FileExistsError:
        _change(Path(place), content)


def _change(place: Path, content: bytes) -> None:
    with suppress(IsADirectoryError):
        if place.read_bytes() == content:
            return  # and it keeps its time, by which servers and copying programs know it
    part = place.with_name(place.name + PART)
    part.unlink(missing_ok=True)  # somebody was killed here, and perhaps while it was a file of the other tree
    _write(str(part), content)
    part.replace(place)


def _write(place: str, content: bytes) -> None:
    file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def same(there: Path, here: Path) -> bool:
    """Whether both names are of one file."""
    try:
        one, other = os.lstat(there), os.lstat(here)
    except FileNotFoundError:
        return False
    return (one.st_ino, one.st_dev) == (other.st_ino, other.st_dev)


def link(source: Path, tree: Path, paths: Mapping[str, object] | set[str]) -> None:
    """Give `tree` these files of the tree `source`, without a copy."""
    for path in paths:
        there, here = f"{source}/{path}", f"{tree}/{path}"
        try:
            os.link(there, here)  # as a rule it is new, or its folder is
        except FileNotFoundError:
            os.makedirs(os.path.dirname(here), exist_ok=True)
            os.link(there, here)
        except FileExistsError:
            if not same(Path(there), Path(here)):
                _replace(Path(here), Path(there))


def _replace(here: Path, there: Path) -> None:
    part = here.with_name(here.name + PART)
    part.unlink(missing_ok=True)
    os.link(there, part)
    part.replace(here)


def drop(tree: Path, paths: set[str]) -> None:
    """Delete these files, and the folders that they leave empty."""
    for path in sorted(paths):
        (tree / path).unlink(missing_ok=True)
        for folder in (tree / path).parents:
            if folder == tree:
                break
            try:
                folder.rmdir()
            except OSError:  # not empty, or gone already
                break


def files(tree: Path) -> Iterator[str]:
    """Every file of a tree by its path, links too."""
    for folder, _folders, names in os.walk(tree):
        inside = os.path.relpath(folder, tree)
        yield from (name if inside == "." else f"{inside}/{name}" for name in names)


def _synced(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
