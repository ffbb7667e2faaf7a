"""Papers that prove something: kept apart from other uploads, for their owner alone, and served by no address."""

import re
import secrets
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.core.files.storage import storages
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
        storages["default"].save(self._place(name), ContentFile(paper))
        return name, sha256(paper).hexdigest()

    def read(self, name: str) -> bytes:
        """A paper. Raises FileNotFoundError."""
        with storages["default"].open(self._place(name)) as file:
            found: bytes = file.read()
            return found

    def drop(self, name: str) -> None:
        """Erase it; it may be gone already."""
        storages["default"].delete(self._place(name))

    def drop_others(self, names: Collection[str], *, before: datetime) -> int:
        """Erase what is none of these, and was there before: a process that was cut off leaves such. How many."""
        try:
            there = storages["default"].listdir(self._place(""))[1]
        except FileNotFoundError:  # no paper was ever kept
            return 0
        old = [name for name in there if name not in names and self._was_there(name, before)]
        for name in old:
            self.drop(name)
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

    def _was_there(self, name: str, before: datetime) -> bool:
        try:
            return storages["default"].get_modified_time(self._place(name)) < before
        except FileNotFoundError:
            return False

    def _place(self, name: str) -> str:
        return f"private/{self.folder}/{PurePosixPath(name).name}"


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
