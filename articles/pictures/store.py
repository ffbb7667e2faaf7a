"""The files of pictures, by the SHA-256 of the picture: each is whole or not there."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages

from articles.pictures.made import DRAWING, PHOTO, Made
from articles.pictures.sizes import KINDS

FOLDER = "figures"
_NAME = re.compile(rf"([0-9a-f]{{64}})(?:-\d+)?\.(?:{'|'.join((*KINDS, DRAWING))})")


def keep(made: Made) -> None:
    """Write every file; those that are there already are written again, for a run may have been cut off."""
    files = {f"{made.hash}-{name}": content for name, content in made.files.items()}
    files[f"{made.hash}.{made.kind}"] = made.master
    for name, content in files.items():
        storages["default"].save(f"{FOLDER}/{name}", ContentFile(content))


def place(picture: str, width: int, kind: str) -> str:
    """Where one file of a picture is, or would be, among all that was uploaded."""
    return f"{FOLDER}/{picture}-{width}.{kind}"


def has(name: str) -> bool:
    """Whether there is a file at this place."""
    return storages["default"].exists(name)


def on_disk(name: str, spare: Path) -> Path:
    """The file at this place, for another program to open: itself, or a copy in the folder `spare`. Raises
    FileNotFoundError."""
    media = storages["default"]
    if isinstance(media, FileSystemStorage):
        return Path(media.path(name))
    copy = spare / Path(name).name
    with media.open(name) as file:
        copy.write_bytes(file.read())
    return copy


def read(picture: str, width: int, kind: str) -> bytes | None:
    """One file of a picture; None where there is none."""
    return _bytes(place(picture, width, kind))


def master(picture: str) -> bytes | None:
    """The picture itself, as it was kept."""
    for kind in (DRAWING, PHOTO):
        found = _bytes(f"{FOLDER}/{picture}.{kind}")
        if found is not None:
            return found
    return None


def drop(pictures: Iterable[str]) -> None:
    """Every file of these pictures goes."""
    gone = set(pictures)
    for picture, name in list(there()):
        if picture in gone:
            discard(name)


def discard(name: str) -> None:
    """One file goes; it may be gone already."""
    storages["default"].delete(f"{FOLDER}/{name}")


def there() -> Iterator[tuple[str, str]]:
    """Every file by its name, with the picture it belongs to; "" for what a run that was cut off has left."""
    try:
        _folders, names = storages["default"].listdir(FOLDER)
    except FileNotFoundError:
        return
    for name in sorted(names):
        found = _NAME.fullmatch(name)
        yield (found[1] if found else ""), name


def lies_since(name: str) -> datetime | None:
    """When a file was written; None if it is gone."""
    try:
        return storages["default"].get_modified_time(f"{FOLDER}/{name}")
    except FileNotFoundError:
        return None


def _bytes(name: str) -> bytes | None:
    try:
        with storages["default"].open(name) as file:
            found: bytes = file.read()
            return found
    except FileNotFoundError:
        return None
