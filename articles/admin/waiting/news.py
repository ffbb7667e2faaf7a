"""News that waits on pages, wherever it comes from, and addresses that wait to be printed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import news, readdressing, roles
from articles.admin import told_news
from articles.admin.desk import day
from articles.admin.waiting.pile import LIMIT, Pile, Waiting, cut
from articles.models.news import CLINICAL, label
from references.models import SourceChange


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One row of the queue: what happened, on how many pages, where one decides, and when the first of them is due."""

    name: str
    title: str
    address: str
    pages: int
    since: date
    due: str


def waiting(user: Any) -> Pile:
    """Whatever waits for a decision; and, for publishers, pages that wait for a new address."""
    pile = _pile()
    count = readdressing.waiting_pages().count() if roles.may(user, "publish_article") else 0
    if count:
        words = ngettext("%(count)d page prints an old address", "%(count)d pages print an old address", count)
        pile.rows.append(Waiting(words % {"count": count}, reverse("admin:articles_article_addresses")))
    return pile


def for_reviewers(user: Any) -> Pile | None:
    """What only a doctor can let pass, if there is something."""
    if roles.may(user, "decide_news"):
        return None  # they have the whole pile
    pile = _pile(CLINICAL)
    return pile if pile.rows else None


def told(row: dict[str, Any]) -> Queued:
    """A row of news.queue() for people."""
    alone = row["pages"] == 1 and row["what"] != SourceChange.Kind.MOVED
    due = row["day"] + timedelta(days=row["soon"]) if row["what"] != SourceChange.Kind.MOVED else None
    return Queued(
        name=capfirst(label(row["what"])),
        title=row["titled"],
        # The page if it is one, else the piece of news.
        address=reverse("admin:articles_article_news", args=[row["first"]])
        if alone
        else news.path(f"{row['origin']}.{row['piece']}"),
        pages=row["pages"],
        since=row["day"],
        due=told_news.said_due(due) if due else "",
    )


def _pile(kinds: Collection[str] = ()) -> Pile:
    everything = reverse("admin:articles_article_all_news")
    rows, rest = cut(news.gravest(LIMIT + 1, kinds), everything)
    return Pile(_("News"), [_row(told(row)) for row in rows], _("No news waits for a decision."), rest)


def _row(one: Queued) -> Waiting:
    pages = ngettext("%(count)d page", "%(count)d pages", one.pages) % {"count": one.pages}
    since = _("since %(day)s") % {"day": day(one.since)}
    return Waiting(one.title, one.address, "; ".join(filter(None, [one.name, pages, since, one.due])))
