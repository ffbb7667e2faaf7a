"""Many due dates move: to one day, each to its own, or spread over some weeks."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import addresses, keeping, policy
from articles.bulk import spreading
from articles.bulk.chunks import Chunk, Deed, Done, Pairs, moved, note_all, numbers
from articles.models import BulkRow, Deferral, Published, TimelineEntry
from articles.refusals import Refused

What = TimelineEntry.What


class Defer(Deed):
    name, permission, undoable = "defer", "keep_dates", True

    def look(self, chunk: Chunk, row: BulkRow) -> Done:
        day = row.terms.get("on") or chunk.terms.get("until")
        if not day:
            raise Refused(_("Its line names no day."))
        until, page = date.fromisoformat(day), chunk.page(row)
        on, most = timezone.localdate(chunk.at), chunk.policy.maximum_months
        keeping.check_deferral(page, until, chunk.terms["reason"], on=on, most=most)
        return Done(moved(chunk, page, deferred_until=until), made=until)

    def write(self, chunk: Chunk, done: Pairs) -> None:
        made = write(chunk, [(row, one.made, chunk.terms["reason"]) for row, one in done])
        for (_row, one), deferral in zip(done, made, strict=True):
            one.undo = {"deferral": deferral.pk}

    def back(self, chunk: Chunk, row: BulkRow) -> Done:
        if "held" not in chunk.memory:
            chunk.memory["held"] = in_force([one.article_id for one in chunk.rows if one.article_id])
        mine, page = chunk.memory["held"].get(row.article_id), chunk.page(row)
        if mine is None or page is None or mine.pk != row.undo["deferral"]:
            raise Refused(_("The deferral counts no longer: something came after it. It was left as it is."))
        return Done(_("The deferral was taken back."), made=mine)

    def write_back(self, chunk: Chunk, done: Pairs) -> None:
        Deferral.end_all([one.made for _row, one in done], by=chunk.by, at=chunk.at)
        note_all(chunk, What.UNDEFERRED, [(row, one.made.until.isoformat()) for row, one in done])
        Published.objects.filter(article__in=numbers(done), moved_to=None).update(deferred_until=None)
        for number, earlier in in_force(numbers(done)).items():  # those that were deferred twice
            Published.objects.filter(article=number, moved_to=None).update(deferred_until=earlier.until)
        policy.settle(numbers(done))


def write(chunk: Chunk, rows: Sequence[tuple[BulkRow, date, str]]) -> list[Deferral]:
    """Deferrals of many articles, with what follows from them."""
    if not rows:
        return []
    made: list[Deferral] = Deferral.objects.bulk_create(
        Deferral(article=row.article, until=until, reason=reason.strip(), by=chunk.by, at=chunk.at)
        for row, until, reason in rows
    )
    said = [(row, keeping.deferral_detail(until, reason)) for row, until, reason in rows]
    note_all(chunk, What.DEFERRED, said)
    alike = defaultdict[date, list[int]](list)
    for row, until, _reason in rows:
        alike[until].append(row.article_id or 0)
    for until, articles in alike.items():
        Published.objects.filter(article__in=articles, moved_to=None).update(deferred_until=until)
    policy.settle([row.article_id or 0 for row, _until, _reason in rows])
    return made


def in_force(articles: Collection[int]) -> dict[int, Deferral]:
    """The deferral that counts, by number of the article; only of pages that are online and were reviewed."""
    pages = Published.objects.live().filter(article__in=articles, review__isnull=False).select_related("review")
    reviews = {page.article_id: page.review for page in pages.defer("review__content") if page.review}
    return addresses.deferrals_in_force(reviews)


def spread(articles: Collection[int], *, first: date, weeks: int) -> dict[int, date]:
    """A day for each of these articles, none beyond the day to which its page may be moved."""
    most = policy.current().maximum_months
    pages = Published.objects.live().filter(article__in=articles, last_reviewed_on__isnull=False)
    limits = {page.article_id: keeping.latest(page, most) for page in pages}
    due = {page.article_id: page.next_due for page in pages}
    return spreading.spread(limits, spreading.working_days(first, weeks), due=due)
