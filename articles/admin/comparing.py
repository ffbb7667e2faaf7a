"""A stale form beside what somebody else saved meanwhile: part by part, who changed what, and what can be chosen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import merging
from articles.admin import figures, labels, typed
from articles.blocks import LABELS, name_of
from articles.content import INSTITUTIONAL, Content, SectionContent
from articles.merging import Part
from articles.models import Article
from articles.redline import figures as of_pictures
from articles.redline import redline, redline_line

CHOICE = "choice."


@dataclass(frozen=True, slots=True)
class Beside:
    """One part that differs: theirs and mine, each marked against what both began from, and one against the other."""

    part: Part
    heading: str
    theirs: SafeString
    mine: SafeString
    between: SafeString
    choice: str

    @property
    def name(self) -> str:
        """Of the field in which a conflict is decided."""
        return f"{CHOICE}{self.part.key}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Who saved last and when, and every part in which the form differs from it."""

    revision: int
    by: Any
    at: datetime
    base_known: bool
    rows: tuple[Beside, ...]

    @property
    def conflicts(self) -> int:
        """How many parts somebody must choose."""
        return sum(row.part.conflicts for row in self.rows)


def base_of(article: Article, number: int | None) -> Content:
    """The words a form was opened on; empty where nobody knows them any more."""
    found = article.revisions.filter(number=number or 0, thinned_at=None).first()
    return found.words() if found else Content(title="", language=article.language)


def parts(article: Article, base: int | None, data: QueryDict) -> tuple[Part, ...]:
    """The form against what is stored."""
    began = base_of(article, base)
    stored = article.content()
    like = began if began.title else stored
    return merging.compare(began, typed.words(data, like), stored)


def since(article: Article, base: int | None, data: QueryDict) -> Comparison:
    """What a person is shown whose save was refused."""
    last = article.revisions.select_related("by").get(number=article.revision)
    differing = [part for part in parts(article, base, data) if part.changed_by]
    names = labels.of_keys(_keys(differing))
    rows = tuple(_beside(part, names, data.get(f"{CHOICE}{part.key}", merging.BOTH)) for part in differing)
    return Comparison(last.number, last.by, last.at, bool(base_of(article, base).title), rows)


def merged(article: Article, base: int | None, data: QueryDict) -> QueryDict:
    """The form with both texts merged as chosen, opened on what is stored now."""
    chosen = {name.removeprefix(CHOICE): str(value) for name, value in data.items() if name.startswith(CHOICE)}
    known = {key: value for key, value in chosen.items() if value in (merging.MINE, merging.THEIRS, merging.BOTH)}
    out = typed.filled(data, merging.join(parts(article, base, data), known), article)
    for name in [name for name in out if name.startswith(CHOICE) or name in ("over_revision", "_merge")]:
        del out[name]
    out["base_revision"], out["how"] = str(article.revision), "merge"
    return out


def _keys(differing: Iterable[Part]) -> tuple[str, ...]:
    sides = [one.body for part in differing for one in (part.base, part.mine, part.theirs) if one]
    return Content(title="", summary="".join(sides)).cited_keys()


def _beside(part: Part, names: Mapping[str, str], choice: str) -> Beside:
    headings = {"title": _("Title"), "summary": _("Summary"), "language": _("Language")}
    one = part.theirs or part.mine
    return Beside(
        part,
        headings.get(part.key) or (name_of(one) if one else ""),
        _shown(part.base, part.theirs, names),
        _shown(part.base, part.mine, names),
        _shown(part.theirs, part.mine, names) if part.theirs and part.mine else SafeString(),
        choice,
    )


def _shown(old: SectionContent | None, new: SectionContent | None, names: Mapping[str, str]) -> SafeString:
    if new is None:
        return format_html("<p><em>{}</em></p>", _("Deleted.") if old else _("Not there."))
    if old is None:
        text = mark_safe(labels.shown(new.body))  # noqa: S308  cleaned
        return format_html("<h4>{}</h4>{}{}", name_of(new), figures.shown(new), text)
    picture = mark_safe(of_pictures.lines(old, new, whole=False))  # noqa: S308  escaped
    told = old.heading != new.heading or not (old.body or new.body)  # else it stands above already
    heading = mark_safe(redline_line(old.heading, new.heading)) if told else ""  # noqa: S308  redlines are escaped
    body = mark_safe(redline(old.body, new.body, names))  # noqa: S308  and cleaned
    notes = format_html_join("", "<p><em>{}</em></p>", ((note,) for note in _notes(old, new)))
    return format_html("{}{}{}{}", format_html("<h4>{}</h4>", heading) if heading else "", notes, picture, body)


def _notes(old: SectionContent, new: SectionContent) -> Iterator[str]:
    if new.form != old.form:
        yield _("Now: %(form)s") % {"form": LABELS.get(new.form, new.form)}
    if new.kind != old.kind:
        yield _("Institutional") if new.kind == INSTITUTIONAL else _("Medical")
    yield from of_pictures.notes(old, new)
    claim = [getattr(new, name) for name in typed.CLAIM]
    if claim != [getattr(old, name) for name in typed.CLAIM]:
        facts = dict(zip(("owner", "since", "until"), (part or "–" for part in claim), strict=True))
        yield _("Claim: %(owner)s answers for it; true since %(since)s, good until %(until)s.") % facts
