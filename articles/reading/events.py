"""What happened to readers' pages, for the feed: editions with the kind of each change, withdrawals, and reviews that
changed nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Edition, Published

_LISTED = "article_id number change_class change_note emergency_reason published_at closed_at closed_reason".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a page. `key` is its name for ever, `kinds` are terms with their words."""

    at: datetime
    key: str
    row: Published
    kinds: tuple[tuple[str, str], ...]
    note: str
    changes: str = ""  # the path of what changed, where there was something before


def newest(count: int) -> list[Event]:
    """The newest of all pages, demonstrations apart, newest first. Four queries."""
    listed = Published.objects.filter(moved_to=None, is_demo=False)
    editions = Edition.objects.filter(Exists(listed.filter(article_id=OuterRef("article_id")))).only(*_LISTED)
    # The number of a row is in the order of publication, and needs no index of its own.
    published = list(editions.order_by("-pk")[:count])
    withdrawn = list(editions.filter(closed_how=Edition.Closed.WITHDRAWN).order_by("-closed_at")[:count])
    named = {one.article_id for one in (*published, *withdrawn)}
    rows = {row.article_id: row for row in listed.filter(article_id__in=named).only("slug", "title", "article_id")}
    found = [*_published(published, rows), *_withdrawn(withdrawn, rows), *_reaffirmed(count)]
    return nlargest(count, found, key=lambda one: (one.at, one.key))


def _published(editions: Iterable[Edition], rows: dict[int, Published]) -> Iterator[Event]:
    for one in editions:
        row, kinds, note = rows[one.article_id], [(one.change_class, one.get_change_class_display())], one.change_note
        if one.emergency_reason:
            kinds.append(("emergency", _("Emergency")))
            note += "\n\n" + _("Published in an emergency, before a medical reviewer had read it.")
        before = {"slug": row.slug, "number": one.number, "since": one.number - 1}
        yield Event(
            at=one.published_at,
            key=f"pages/{one.article_id}/editions/{one.number}",
            row=row,
            kinds=tuple(kinds),
            note=note,
            changes=reverse("reading:changes", kwargs=before) if one.number > 1 else "",
        )


def _withdrawn(editions: Iterable[Edition], rows: dict[int, Published]) -> Iterator[Event]:
    for one in editions:
        yield Event(
            at=one.closed_at or one.published_at,
            key=f"pages/{one.article_id}/editions/{one.number}/withdrawn",
            row=rows[one.article_id],
            kinds=(("withdrawn", _("Withdrawn")),),
            note=one.closed_reason,
        )


def _reaffirmed(count: int) -> Iterator[Event]:
    """Of each page, the review that dates it, if it changed nothing."""
    columns = ("slug", "title", "article_id", "reaffirmed_at", "last_reviewed_on", "review__signed_name")
    # Only a page online has such a time, and to ask for more would keep SQLite from its index.
    rows = Published.objects.filter(is_demo=False, reaffirmed_at__isnull=False).select_related("review")
    for row in rows.only(*columns, "review__signed_credentials").order_by("-reaffirmed_at")[:count]:
        if row.review and row.reaffirmed_at and row.last_reviewed_on:
            facts = {"name": row.review.signed_as, "on": date_format(row.last_reviewed_on, "F j, Y")}
            yield Event(
                at=row.reaffirmed_at,
                key=f"pages/{row.article_id}/reviews/{row.review.pk}",
                row=row,
                kinds=(("reviewed", _("Reviewed, no change")),),
                note=_("Medically reviewed by %(name)s on %(on)s. No words changed.") % facts,
            )
