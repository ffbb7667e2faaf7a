"""What was typed into the article form, as words; and words, as what the form would hold of them."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from articles import blocks, markup
from articles.admin import picturing, telling_choice
from articles.content import INSTITUTIONAL, MEDICAL, QUESTIONS, STORY, Content, SectionContent
from articles.models import Article, Section
from articles.redline import redline
from articles.redline.texts import is_marked

PREFIX = "sections"
ROWS_LIMIT = 1_000  # as many as Django itself takes
_WORDS = ("heading", "body", "questions", "figure", "alt", "story")  # a row without any is an empty one
CLAIM = ("claim_owner", "claim_from", "claim_until")
LAST = 9_999  # the place of a row without a number


def count(data: QueryDict, name: str, prefix: str = PREFIX) -> int | None:
    """A count of the management form; None where it makes no sense."""
    found = data.get(f"{prefix}-{name}_FORMS", "")
    return int(found) if found.isdecimal() and len(found) < 5 and int(found) <= ROWS_LIMIT else None


def words(data: QueryDict, base: Content) -> Content:
    """The words in a form that was opened on `base`; what reads as there stays to the letter.

    Rows are matched to sections by the anchor they carry. What the form does not show is as in `base`.
    """
    before = {section.anchor: section for section in base.sections}
    sections = [_section(row, before.get(row["was"])) for row in rows(data)]
    return Content(
        title=" ".join(data.get("title", "").split()) or base.title,
        summary=_text(data.get("summary", ""), base.summary),
        language=base.language,
        sections=tuple(sections),
    )


def rows(data: QueryDict) -> Iterator[dict[str, str]]:
    """The rows that would be saved, in the order of the page; `number` is that of the row in the form."""
    names = ["was", "heading", "kind", "form", "story", "body", "questions", "position", "DELETE", *CLAIM]
    names += picturing.WORDS
    total = range(count(data, "TOTAL") or 0)
    found = [{name: data.get(f"{PREFIX}-{n}-{name}", "").strip() for name in names} | {"number": str(n)} for n in total]
    living = [_of_its_form(row) for row in found if not row["DELETE"] and any(row[name] for name in _WORDS)]
    yield from sorted(living, key=lambda row: int(row["position"]) if row["position"].isdecimal() else LAST)


def _of_its_form(row: dict[str, str]) -> dict[str, str]:
    """The row as it would be saved: what its form decides is decided."""
    form = telling_choice.form_of(row["form"], row["story"], row["body"])
    heading = row["heading"] or blocks.usual_heading(form)
    return row | {"form": form, "heading": heading, "kind": blocks.kind_of(form, row["kind"] or MEDICAL)}


def body_of(row: Mapping[str, str], before: str = "") -> str:
    """The text of a row: questions have a box of their own. Not cleaned."""
    if row["form"] == QUESTIONS:
        return blocks.body_of_questions(row["questions"] or blocks.questions_of(markup.clean(row["body"])), before)
    return row["body"]


def _section(row: dict[str, str], before: SectionContent | None) -> SectionContent:
    was = before or SectionContent(anchor=row["was"], heading="", body="")
    heading, kind = " ".join(row["heading"].split()), row["kind"]
    claim = {name: row[name] if kind == INSTITUTIONAL else "" for name in CLAIM}
    if row["form"] == STORY:
        return telling_choice.section(was, row["story"], claim)
    was = replace(was, story="", story_hash="")
    body = _text(body_of(row, was.body), was.body)
    picture = picturing.typed(row, was)
    return replace(was, heading=heading, body=body, kind=kind, form=row["form"], **claim, **picture)


def _text(typed: str, before: str) -> str:
    """As the gate lets it through; the stored letter where an editor only spelled the same text otherwise."""
    try:
        cleaned = markup.clean(typed)
    except markup.TooDeep:
        cleaned = f"<p>{html.escape(re.sub(r'<[^>]*>?', ' ', typed), quote=False)}</p>"
    return cleaned if is_marked(redline(before, cleaned)) else before


def filled(data: QueryDict, wanted: Content, article: Article) -> QueryDict:
    """The form `data` with other words in it, on the rows that the article has now."""
    out = data.copy()
    for name in [name for name in out if name.startswith(f"{PREFIX}-")]:
        del out[name]
    out["title"], out["summary"] = wanted.title, wanted.summary
    there = {section.anchor: section for section in article.sections.all()}
    places = {section.anchor: (number, section) for number, section in enumerate(wanted.sections, 1) if section.anchor}
    rows: list[dict[str, Any]] = [_kept(section, *places.get(anchor, (0, None))) for anchor, section in there.items()]
    rows += [_row(number, one) for number, one in enumerate(wanted.sections, 1) if one.anchor not in there]
    for index, row in enumerate(rows):
        out.update({f"{PREFIX}-{index}-{name}": str(value) for name, value in row.items()})
    counts = {"TOTAL": len(rows), "INITIAL": len(there), "MIN_NUM": 0, "MAX_NUM": ROWS_LIMIT}
    out.update({f"{PREFIX}-{name}_FORMS": str(number) for name, number in counts.items()})
    return out


def _row(place: int, words: SectionContent) -> dict[str, Any]:
    return {
        "id": "",
        "was": words.anchor,
        "heading": words.heading,
        "kind": words.kind,
        "story": words.story,
        "form": words.form,
        "body": words.body,
        "questions": blocks.questions_of(words.body) if words.form == QUESTIONS else "",
        "position": place,
        **{name: getattr(words, name) for name in CLAIM},
        **picturing.row_of(words),
    }


def _kept(section: Section, place: int, wanted: SectionContent | None) -> dict[str, Any]:
    """A row of the article; one that is not wanted is marked to be deleted, with its text to see."""
    mine = {"id": section.pk, "article": section.article_id}
    if wanted is None:
        return {**_row(section.position, section.content()), **mine, "DELETE": "on"}
    return {**_row(place, wanted), **mine}
