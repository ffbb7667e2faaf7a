"""Uploaded files that lie in a bucket, into a backup and back (media.py does the same for a disk)."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from tqdm import tqdm

from leukemia_site.backups.archive import Archive, Writer
from leukemia_site.backups.refusals import Refused


def add(writer: Writer, media: Storage, *, folder: str) -> int:
    """Add every file; returns how many."""
    found = sorted(_names(media, ""))
    for name in tqdm(found, "Media", disable=None, leave=False):
        with media.open(name) as file:
            content = file.read()
        writer.add(folder + name, io.BytesIO(content), len(content))
    return len(found)


def require_room(archive: Archive, media: Storage, *, folder: str) -> None:
    """Refuse before anything is written if a file would leave its place or replace another one."""
    for name in _targets(archive, folder):
        if media.exists(name):
            with media.open(name) as file:
                there = hashlib.sha256(file.read()).hexdigest()
            if there != archive.parts[folder + name]["sha256"]:
                raise Refused(f"{name} is in the bucket already, with other content. Restore into an empty one.")


def write(archive: Archive, media: Storage, *, folder: str) -> int:
    """Write every file; returns how many."""
    targets = list(_targets(archive, folder))
    for name in tqdm(targets, "Media", disable=None, leave=False):
        media.save(name, ContentFile(archive.bytes_of(folder + name).read()))
    return len(targets)


def _names(media: Storage, folder: str) -> Iterator[str]:
    folders, names = media.listdir(folder)
    yield from (f"{folder}{name}" for name in names if name)
    for one in folders:
        yield from _names(media, f"{folder}{one}/")


def _targets(archive: Archive, folder: str) -> Iterator[str]:
    for part in archive.parts:
        if part.startswith(folder):
            name = part.removeprefix(folder)
            inside = PurePosixPath(name)
            if inside.is_absolute() or ".." in inside.parts or "\\" in name or "\0" in name or not name:
                raise Refused(f"The backup holds a file that would be written outside of the bucket: {part!r}.")
            yield name
