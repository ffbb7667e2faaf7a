"""A page in the list of due dates: what a person reads of it, and what a file says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from articles.admin import due_desk, standing
from articles.admin.due_list import WHY
from articles.admin.log import csv_rows
from articles.models import Article, Published, Reviewer

MARK = "\ufeff"  # without it, the most used spreadsheet takes UTF-8 for something older
REASONS = {key: name for key, name in WHY if key}
TIERS = dict(Article.Tier.choices)
COLUMNS = "slug title condition tier reviewer last_reviewed due why overdue_days address".split()


@dataclass(frozen=True, slots=True)
class Line:
    """One page. `kind` is overdue, soon or far; `remark` what is the matter with its reviewer."""

    page: Published
    due: str
    kind: str
    why: str
    tier: str
    reviewer: Reviewer | None
    remark: str
    confirm: str


def lines(pages: Iterable[Published], on: date, person: Any) -> list[Line]:
    """As the list shows them to this person."""
    return [_line(page, on, person) for page in pages]


def _line(page: Published, on: date, person: Any) -> Line:
    reviewer = page.reviewer
    return Line(
        page=page,
        due=standing.due_words(page.next_due, on),
        kind=_kind(page.next_due, on),
        why=str(REASONS.get(page.due_why, "")),
        tier=str(TIERS[page.risk_tier]),
        reviewer=reviewer,
        remark=due_desk.why(reviewer, on) if reviewer else "",
        confirm=confirm(page.article_id) if reviewer and reviewer.account_id == person.pk else "",
    )


def confirm(article: int) -> str:
    """Where its own reviewer says that a page is right as it stands; its dates, where there is no such screen."""
    try:
        return reverse("admin:articles_article_confirm", args=[article])
    except NoReverseMatch:
        return reverse("admin:articles_article_dates", args=[article])


def _kind(due: date | None, on: date) -> str:
    if due is None:
        return "none"
    return "overdue" if due < on else "soon" if (due - on).days <= standing.SOON else "far"


def as_csv(pages: Iterable[Published], on: date) -> Iterator[str]:
    """The same as a file for spreadsheets."""
    return _marked(csv_rows(COLUMNS, (_cells(page, on) for page in pages)))


def loads_as_csv(loads: Iterable[due_desk.Load], months: Sequence[date]) -> Iterator[str]:
    """What every reviewer has to read, by month."""
    named = [f"{month:%Y-%m}" for month in months]
    head = ["reviewer", "pages", "overdue", *named]
    rows = ([one.name, one.pages, one.overdue, *(one.months.get(name, 0) for name in named)] for one in loads)
    return _marked(csv_rows(head, rows))


def _cells(page: Published, on: date) -> list[object]:
    return [
        page.slug,
        page.title,
        page.about or "",
        page.risk_tier,
        page.reviewer or "",
        page.last_reviewed_on or "",
        page.next_due or "",
        page.due_why,
        max((on - page.next_due).days, 0) if page.next_due else "",
        f"{settings.SITE_URL.rstrip('/')}/{page.slug}/",
    ]


def _marked(rows: Iterator[str]) -> Iterator[str]:
    yield MARK
    yield from rows
