"""Many reviews that were done elsewhere. Nobody's signature is recorded by the dozen: each row is ticked."""

import sys
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from articles import addresses, events, lineage, recording, vouching
from articles.bulk.assigning import chosen, found
from articles.bulk.chunks import Chunk, Deed, Done, Pairs, article_of, day, note_all, said_moved
from articles.bulk.folders import Folder, drafts_of, keys_of, opened
from articles.models import BulkRow, BulkRun, Published, Review, TimelineEntry
from articles.refusals import Refused
from references.models import Source
from references.models.many import update

LAST = sys.maxsize  # the number of a review that is not written yet: higher than any other


@dataclass(frozen=True, slots=True)
class Recorded:
    """A review, and the dates of its page that follow from it."""

    review: Review
    dates: addresses.Dated
    reaffirmed: datetime | None


class Record(Deed):
    name, permission, each = "record", "record_review", True

    def look(self, chunk: Chunk, row: BulkRow) -> Done:
        article = article_of(row)
        if "planned" not in chunk.memory:
            chunk.memory["planned"] = _planned(chunk)
        planned = chunk.memory["planned"][article.pk]
        if isinstance(planned, Refused):
            raise planned
        page, dates = chunk.page(row), planned.dates
        facts = {"then": day(dates.known.last_reviewed), "day": day(planned.review.reviewed_on)}
        read = _("Reviewed on %(day)s. Last reviewed: %(then)s.") % facts
        return Done(f"{read} {said_moved(page.next_due if page else None, dates.due.on)}", made=planned)

    def write(self, chunk: Chunk, done: Pairs) -> None:
        reviews = [one.made.review for _row, one in done]
        for review in reviews:
            review.pk = None
        Review.objects.bulk_create(reviews)
        details = [(row, vouching.detail(_said(chunk, row))) for row, _one in done]
        digests = {review.article_id: review.digest for review in reviews}
        note_all(chunk, TimelineEntry.What.REVIEW_RECORDED, details, digests=digests)
        _write_dates(chunk, done)

    def finish(self, run: BulkRun, *, at: datetime) -> None:
        """One message for each day, about all its pages."""
        reviewer, days = found(run.terms["reviewer"]), defaultdict[date, list[Any]](list)
        for row in run.rows.filter(state=BulkRow.State.DONE).select_related("article").order_by("position"):
            days[date.fromisoformat(row.terms.get("on") or run.terms["on"])].append(row.article)
        for on, articles in sorted(days.items()):
            if reviewer:
                recording.tell(reviewer, articles, on=on, evidence=run.terms["evidence"], by=run.by)


def _planned(chunk: Chunk) -> dict[int, Recorded | Refused]:
    """What would be recorded of each article, or why not."""
    articles = [row.article for row in chunk.rows if row.article]
    drafts = drafts_of(articles)
    folders, known = opened(articles, drafts, Source.objects.by_key(keys_of(drafts))), _known(chunk)
    found: dict[int, Any] = {}
    for row in chunk.rows:
        if row.article:
            try:
                found[row.article.pk] = _review(chunk, row, folders[row.article.pk], known)
            except Refused as no:
                found[row.article.pk] = no
    _date(chunk, found, folders)
    return found


def _review(chunk: Chunk, row: BulkRow, folder: Folder, known: dict[Any, bool]) -> Review:
    """The review that would be recorded. Raises Refused."""
    said = _said(chunk, row)
    edition = folder.online
    same = edition is not None and folder.has_words_of(edition)
    words = vouching.words_online(edition, same=same, at=chunk.at)
    vouching.check_day(words, said.on)
    vouching.check(said, by=chunk.by, at=chunk.at)
    there = known.get((folder.article.pk, said.on, words.digest))
    standing = vouching.Standing(
        wrote=folder.wrote,
        rushed=lineage.rushed_among(folder.editions, words.digest, folder.sound),
        known=there is not None,
        counts=bool(there),
    )
    vouching.check_standing(standing, said, by=chunk.by)
    review = vouching.row(folder.article, Review.Origin.ON_BEHALF, words, said, by=chunk.by, at=chunk.at)
    review.pk = LAST
    review._state.fields_cache["acceptance"] = None  # nobody could have accepted it
    return review


def _said(chunk: Chunk, row: BulkRow) -> vouching.Said:
    on, reviewer = row.terms.get("on") or chunk.terms.get("on"), chosen(chunk)
    if not on or reviewer is None:
        raise Refused(_("Its line names no day."))
    return vouching.Said(reviewer, date.fromisoformat(on), chunk.terms["evidence"])


def _known(chunk: Chunk) -> dict[tuple[int, date, str], bool]:
    """Reviews of this reviewer that are on record: of which article, day and words, and whether one counts."""
    rows = Review.objects.filter(article__in=chunk.pages, answer=Review.Answer.ATTESTED, reviewer=chosen(chunk))
    columns = ("article", "reviewed_on", "digest")
    counting = set(rows.attested().order_by().values_list(*columns))
    return {one: one in counting for one in rows.order_by().values_list(*columns)}


def _date(chunk: Chunk, found: dict[int, Any], folders: dict[int, Folder]) -> None:
    """Put in the place of each review what it is with the dates of its page."""
    reviews = {pk: one for pk, one in found.items() if isinstance(one, Review)}
    lines = {pk: folders[pk].line(review) for pk, review in reviews.items()}
    deferred = {pk for pk in reviews if (page := chunk.pages.get(pk)) and page.deferred_until}
    held = addresses.deferrals_in_force(
        {pk: line.review for pk, line in lines.items() if line.review and pk in deferred}
    )
    news = events.since(reviews)
    for pk, review in reviews.items():
        dates = addresses.dated_by(
            folders[pk].article, lines[pk], deferral=held.get(pk), news=news.get(pk), terms=chunk.policy
        )
        affirmed = addresses.reaffirmed(dates.review, folders[pk].editions) if dates.review else None
        found[pk] = Recorded(review, dates, affirmed)


def _write_dates(chunk: Chunk, done: Pairs) -> None:
    """Write the dates of these pages."""
    rows, names = [], ["review", "reaffirmed_at"]
    for row, one in done:
        page, made = chunk.page(row), one.made
        if page:
            dates = addresses.date_columns(made.dates)
            rows.append((page.pk, made.dates.review and made.dates.review.pk, made.reaffirmed, *dates.values()))
            names[2:] = dates
    update(Published, names, rows)
