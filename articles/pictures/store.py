"""The files of pictures on the disk, by the SHA-256 of the picture: each is whole or not there."""

import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from articles.pictures.making import DRAWING, PHOTO, Made
from articles.pictures.sizes import KINDS

_NAME = re.compile(rf"([0-9a-f]{{64}})(?:-\d+)?\.(?:{'|'.join((*KINDS, DRAWING))})")


def folder() -> Path:
    """Where they are."""
    return Path(settings.MEDIA_ROOT) / "figures"


def keep(made: Made) -> None:
    """Write every file; those that are there already are written again, for a run may have been cut off."""
    home = folder()
    home.mkdir(parents=True, exist_ok=True)
    files = {f"{made.hash}-{name}": content for name, content in made.files.items()}
    files[f"{made.hash}.{made.kind}"] = made.master
    for name, content in files.items():
        part = home / f".{secrets.token_hex(8)}.part"
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())  # the row that comes after it outlives a power failure, too
        part.replace(home / name)


def place(picture: str, width: int, kind: str) -> Path:
    """Where one file of a picture is, or would be."""
    return folder() / f"{picture}-{width}.{kind}"


def read(picture: str, width: int, kind: str) -> bytes | None:
    """One file of a picture; None where there is none."""
    return _bytes(place(picture, width, kind))


def master(picture: str) -> bytes | None:
    """The picture itself, as it was kept."""
    for kind in (DRAWING, PHOTO):
        found = _bytes(folder() / f"{picture}.{kind}")
        if found is not None:
            return found
    return None


def drop(pictures: Iterable[str]) -> None:
    """Every file of these pictures goes."""
    for picture in pictures:
        for path in folder().glob(f"{picture}[-.]*"):
            path.unlink(missing_ok=True)


def there() -> Iterator[tuple[str, Path]]:
    """Every file, with the picture it belongs to; "" for what a run that was cut off has left."""
    for path in sorted(folder().glob("*")) if folder().is_dir() else ():
        found = _NAME.fullmatch(path.name)
        yield (found[1] if found else ""), path


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
