"""Uploaded files on this machine's disk: each is whole or not there, and what is private is for its owner alone."""

import os
import secrets
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

PRIVATE = "private/"  # papers that prove something (articles/papers.py)


class Disk(FileSystemStorage):
    """Files by names that say what is in them: a name that is there already is written again, not another one found."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        private = name.startswith(PRIVATE)
        place = Path(self.path(name))
        place.parent.mkdir(mode=0o700 if private else 0o777, parents=True, exist_ok=True)
        part = place.with_name(f".{secrets.token_hex(8)}.part")
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666), "wb") as file:
            for chunk in content.chunks():
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())  # the row that comes after it outlives a power failure, too
        part.replace(place)
        return name
