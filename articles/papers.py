"""Papers that prove something: kept apart under MEDIA, readable by their owner alone, and served by no address."""

import os
import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from articles.refusals import Refused

LARGEST = 10 * 1024 * 1024  # bytes
TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "eml": "message/rfc822",
    "txt": "text/plain; charset=utf-8",
}
# How each kind begins, whatever its name says.
_STARTS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_HEADER = re.compile(rb"[!-9;-~]+:[ \t]*[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class NoPaper(Refused):
    """A file that can not be kept as a proof."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One folder of papers, and whether saved messages and plain text may lie in it."""

    folder: str
    texts: bool = False

    def check(self, paper: bytes) -> str:
        """The kind of a paper, by what is in it. Raises NoPaper."""
        if len(paper) > LARGEST:
            raise NoPaper(_("This file is too large. Scan it with less detail: at most 10 MB."))
        kind = next((kind for kind, start in _STARTS.items() if paper.startswith(start)), "")
        kind = kind or (_kind_of_text(paper) if self.texts else "")
        if not kind and self.texts:
            raise NoPaper(_("This is no PDF, JPEG, PNG or text file, and no saved message."))
        if not kind:
            raise NoPaper(_("This is no PDF, JPEG or PNG file."))
        return kind

    def keep(self, paper: bytes) -> tuple[str, str]:
        """Write it under a random name. Returns the name, and its SHA-256 (hex). Raises NoPaper."""
        name = f"{secrets.token_hex(16)}.{self.check(paper)}"
        self._place().mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(self._place() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(paper)
            file.flush()
            os.fsync(file.fileno())
        return name, sha256(paper).hexdigest()

    def read(self, name: str) -> bytes:
        """A paper. Raises FileNotFoundError."""
        return (self._place() / Path(name).name).read_bytes()

    def drop(self, name: str) -> None:
        """Erase it; it may be gone already."""
        (self._place() / Path(name).name).unlink(missing_ok=True)

    def drop_others(self, names: Collection[str], *, before: datetime) -> int:
        """Erase what is none of these, and was there before: a process that was cut off leaves such. How many."""
        others = [path for path in self._place().glob("*") if path.name not in names]
        old = [path for path in others if path.stat().st_mtime < before.timestamp()]
        for path in old:
            path.unlink(missing_ok=True)
        return len(old)

    def fault(self, name: str, hashed: str) -> str:
        """What is wrong with a paper whose SHA-256 was written down, in words; "" where it is the one that was kept."""
        try:
            found = self.read(name)
        except FileNotFoundError:
            return _("has lost its paper")
        return "" if sha256(found).hexdigest() == hashed else _("has another paper than was recorded")

    @contextmanager
    def kept(self, paper: bytes | None) -> Iterator[tuple[str, str]]:
        """Keep a paper for a row that is written meanwhile; without that row it does not stay. ("", "") without one."""
        name, hashed = ("", "") if paper is None else self.keep(paper)
        try:
            yield name, hashed
        except BaseException:
            if name:
                self.drop(name)
            raise

    def _place(self) -> Path:
        return Path(settings.MEDIA_ROOT) / "private" / self.folder


CONSENTS = Shelf("consents")  # to patient stories
REVIEWS = Shelf("reviews", texts=True)  # that staff recorded for somebody


def kind_of(name: str) -> str:
    """The kind of a kept paper, as `check` found it."""
    return name.rpartition(".")[2]


def _kind_of_text(paper: bytes) -> str:
    """A saved message begins with headers, and those name a sender; its body may be in any encoding."""
    if not paper.strip() or _NO_TEXT.search(paper):
        return ""
    if _HEADER.match(paper) and re.search(rb"(?im)^from:", paper.partition(b"\n\n")[0].partition(b"\r\n\r\n")[0]):
        return "eml"
    try:
        paper.decode()
    except UnicodeDecodeError:
        return ""
    return "txt"
