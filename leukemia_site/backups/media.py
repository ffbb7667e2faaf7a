"""Uploaded files, into a backup and back, never outside of their folder."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from tqdm import tqdm

from leukemia_site.backups import bucketed
from leukemia_site.backups.archive import Archive, Writer
from leukemia_site.backups.refusals import Refused

FOLDER = "media/"
PRIVATE = "private"  # what lies in here is for its owner alone (articles/papers.py)


def add(writer: Writer) -> int:
    """Add every plain file; returns how many. Links are left out: what they lead to may be anything. So are handouts,
    which are made anew from what the backup holds."""
    if media := _bucket():
        return bucketed.add(writer, media, folder=FOLDER)
    root, made = Path(settings.MEDIA_ROOT), Path(settings.HANDOUTS_ROOT)
    kept = (path for path in root.rglob("*") if not path.is_relative_to(made))
    found = sorted(path for path in kept if path.is_file() and not path.is_symlink())
    for path in tqdm(found, "Media", disable=None, leave=False):
        with path.open("rb") as file:
            writer.add(FOLDER + path.relative_to(root).as_posix(), file, os.fstat(file.fileno()).st_size)
    return len(found)


def require_room(archive: Archive) -> None:
    """Refuse before anything is written if a file would leave its folder or replace another one."""
    if media := _bucket():
        bucketed.require_room(archive, media, folder=FOLDER)
        return
    for name, target in _targets(archive):
        if target.exists() and _hash(target) != archive.parts[name]["sha256"]:
            raise Refused(
                f"{target} is there already, with other content. Restore into an empty {settings.MEDIA_ROOT}."
            )


def write(archive: Archive) -> int:
    """Write every file; returns how many. Each is whole or not there."""
    if media := _bucket():
        return bucketed.write(archive, media, folder=FOLDER)
    targets = list(_targets(archive))
    for name, target in tqdm(targets, "Media", disable=None, leave=False):
        private = PurePosixPath(name.removeprefix(FOLDER)).parts[0] == PRIVATE
        target.parent.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
        part = target.with_name(f".{target.name}.part")
        part.unlink(missing_ok=True)  # of a restore that was cut off; it would keep its mode
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666), "wb") as file:
            shutil.copyfileobj(archive.bytes_of(name), file)
        part.replace(target)
    return len(targets)


def _bucket() -> Storage | None:
    """Where uploads lie, if that is not this machine's disk."""
    media = storages["default"]
    return None if isinstance(media, FileSystemStorage) else media


def _targets(archive: Archive) -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT).resolve()
    for name in archive.parts:
        if name.startswith(FOLDER):
            inside = PurePosixPath(name.removeprefix(FOLDER))
            target = (root / inside).resolve()  # follows links that stand there
            strange = inside.is_absolute() or ".." in inside.parts or "\\" in name or "\0" in name
            if strange or target == root or not target.is_relative_to(root):
                raise Refused(f"The backup holds a file that would be written outside of {root}: {name!r}.")
            yield name, target


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
