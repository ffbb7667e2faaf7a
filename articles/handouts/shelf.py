"""Where finished handouts lie: one folder an article, one file for one content. Nothing here is the only copy."""

import os
import re
import shutil
import time
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

_NAME = re.compile(r"(?P<edition>\d+)-(?P<key>[0-9a-f]{64})-(?P<sheets>\d+)\.pdf")
_REFUSED = ".refused"
PART_SECONDS = 3600  # a file that was begun so long ago is nobody's any more


@dataclass(frozen=True, slots=True)
class Handout:
    """A finished file: for which edition, what it shows (its key), and how long it is."""

    path: Path
    edition: int
    key: str
    sheets: int

    def read(self) -> bytes:
        """The file. Raises FileNotFoundError if it was cleared away meanwhile."""
        return self.path.read_bytes()

    @property
    def kilobytes(self) -> int:
        """Its size, at least 1."""
        return max(1, round(self.path.stat().st_size / 1000))


def of(article: int) -> Iterator[Handout]:
    """Every handout of an article, whatever its edition."""
    for path in _folder(article).glob("*.pdf"):
        if named := _NAME.fullmatch(path.name):
            yield Handout(path, int(named["edition"]), named["key"], int(named["sheets"]))


def has_any(article: int, edition: int) -> bool:
    """Whether anything was made of this edition, or anything of the article could not be set."""
    return any(one.edition == edition for one in of(article)) or any(_folder(article).glob(f"*{_REFUSED}"))


def find(article: int, key: str) -> Handout | None:
    """The handout that shows exactly this, if it has been made."""
    return next((one for one in of(article) if one.key == key), None)


def put(article: int, edition: int, key: str, *, sheets: int, pdf: bytes) -> Handout:
    """Keep a file: whole or not at all, and once, however many hands make it."""
    folder = _folder(article)
    folder.mkdir(parents=True, exist_ok=True)
    made = Handout(folder / f"{edition}-{key}-{sheets}.pdf", edition, key, sheets)
    part = folder / f".{key}.{os.getpid()}"
    part.write_bytes(pdf)
    part.replace(made.path)
    return made


def refuse(article: int, key: str, why: str) -> None:
    """Remember that this can not be set, so that nobody waits for it again."""
    folder = _folder(article)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{key}{_REFUSED}").write_text(why, encoding="utf-8")


def refused(article: int, key: str) -> bool:
    """Whether this could not be set."""
    return (_folder(article) / f"{key}{_REFUSED}").exists()


def clear(article: int, keep: Set[str] = frozenset()) -> int:
    """Delete whatever of an article is not named by these keys; returns how many files went."""
    folder, gone = _folder(article), 0
    for path in list(folder.iterdir()) if folder.is_dir() else []:
        named = _NAME.fullmatch(path.name)
        with suppress(FileNotFoundError):  # another hand was quicker
            if not (named and named["key"] in keep) and not _under_way(path):
                path.unlink()
                gone += 1
    return gone


def _under_way(path: Path) -> bool:
    return path.name.startswith(".") and time.time() - path.stat().st_mtime < PART_SECONDS


def clear_others(articles: Set[int]) -> int:
    """Delete the folders of all other articles; returns how many."""
    root = Path(settings.HANDOUTS_ROOT)
    others = [path for path in root.glob("*") if path.is_dir() and path.name not in map(str, articles)]
    for path in others:
        shutil.rmtree(path, ignore_errors=True)
    return len(others)


def _folder(article: int) -> Path:
    return Path(settings.HANDOUTS_ROOT) / str(article)
