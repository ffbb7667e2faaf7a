"""What a reviewer reads first: what moved since they last read, else what changed since the last signed words."""

from dataclasses import dataclass
from typing import Any

from articles import reviewing
from articles.commenting import Thread
from articles.content import MEDICAL, Content
from articles.models import Review
from articles.redline import Part, Row, numbered, redline_content

READ, SIGNED = "read", "signed"
END = "answer"  # where the last change leads on to


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """The redline on the screen. `since` is READ or SIGNED; "" where there is nothing to compare with."""

    base: Review | None  # the words signed last
    read: Review | None  # those that this reviewer read since, if there are such
    since: str
    parts: list[Part]
    total: int
    changes: int  # since the words of `base`

    @property
    def against(self) -> Review | None:
        """The review with whose words these are compared."""
        return {READ: self.read, SIGNED: self.base}.get(self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One part of the page with what changed in it and what was said about it."""

    part: Part
    threads: tuple[Thread, ...]
    is_there: bool  # in the words under review: a section that went is shown, and has no place in the frame
    correctable: bool

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to read here but the text itself."""
        return not self.part.count and not any(one.comment.resolved_at is None for one in self.threads)


def of(review: Review, words: Content, wanted: str) -> Round:
    """The round of this request, in the view that is wanted, if there is such a view."""
    base, read = reviewing.base_of(review), reviewing.last_read(review)
    known = {base.digest} if base else set()
    read = read if read and read.digest not in known else None
    views = [view for view, there in ((READ, read), (SIGNED, base)) if there]
    since = wanted if wanted in views else next(iter(views), "")
    olds = {READ: read, SIGNED: base, "": None}
    rows = {view: _rows(olds[view], words) for view in {since, SIGNED}}
    parts, total = numbered(rows[since], end=END)
    changes = sum(row.changed for row in rows[SIGNED])
    return Round(base=base, read=read, since=since, parts=parts, total=total, changes=changes)


def places(found: Round, words: Content, threads: list[Thread]) -> list[Place]:
    """The parts of the page in their order. What was said about a part that is no more stands with the first."""
    there = {section.anchor for section in words.sections}
    medical = {section.anchor for section in words.sections if section.kind == MEDICAL}
    shown = {part.row.anchor for part in found.parts}
    by_anchor: dict[str, list[Thread]] = {}
    for thread in threads:
        anchor = thread.comment.anchor
        by_anchor.setdefault(anchor if anchor in shown else "", []).append(thread)
    return [
        Place(
            part=part,
            threads=tuple(by_anchor.pop(part.row.anchor, ())),
            is_there=part.row.anchor in there,
            correctable=part.row.anchor in medical or part.row.part in ("title", "summary"),
        )
        for part in found.parts
    ]


def _rows(old: Any, words: Content) -> list[Row]:
    return redline_content(old.words() if old else words, words)
