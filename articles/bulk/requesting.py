"""Many reviews asked of one person, or of each page's own reviewer."""

from collections import defaultdict
from datetime import datetime

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import asking, keeping, notices, reviewing
from articles.bulk import alone
from articles.bulk.assigning import chosen
from articles.bulk.chunks import Chunk, Deed, Done, Pairs, article_of, note_all
from articles.bulk.readiness import Desk, laid_out
from articles.models import BulkRow, BulkRun, Review, Reviewer, TimelineEntry
from articles.refusals import Refused

DONE = BulkRow.State.DONE


class Request(Deed):
    name, permission = "request", "request_review"

    def look(self, chunk: Chunk, row: BulkRow) -> Done:
        asked = _asked(chunk, row)
        return _done(asked) if isinstance(asked, Review) else alone.looked(lambda: _one(chunk, row))

    def do(self, chunk: Chunk, row: BulkRow) -> Done:
        asked = _asked(chunk, row)
        return _done(asked) if isinstance(asked, Review) else alone.done(lambda: _one(chunk, row))

    def write(self, chunk: Chunk, done: Pairs) -> None:
        fresh = [(row, one) for row, one in done if one.made]
        if not fresh:
            return  # each was asked by the deed for one
        reviews = [one.made for _row, one in fresh]
        for review in reviews:
            review.pk = None
        Review.objects.bulk_create(reviews)
        digests = {review.article_id: review.digest for review in reviews}
        details = [(row, reviewing.request_detail(one.made)) for row, one in fresh]
        note_all(chunk, TimelineEntry.What.REVIEW_REQUESTED, details, digests=digests)
        for _row, one in fresh:
            one.undo["review"] = one.made.pk

    def finish(self, run: BulkRun, *, at: datetime) -> None:
        """One message for each reviewer, about all that they were asked."""
        numbers = run.rows.filter(state=DONE).values_list("undo__review", flat=True)
        asked = defaultdict[int, list[Review]](list)
        for review in Review.objects.open().filter(pk__in=list(numbers)).select_related("article").order_by("pk"):
            asked[review.reviewer_id].append(review)
        for reviewer in Reviewer.objects.filter(pk__in=asked).select_related("account").order_by("pk"):
            _tell(reviewer, asked[reviewer.pk], note=run.terms["note"], by=run.by)


def _asked(chunk: Chunk, row: BulkRow) -> Review | None:
    """The request, not saved; None where the deed for one must make it. Raises Refused."""
    article, reviewer = article_of(row), _whom(chunk, row)
    if "desk" not in chunk.memory:
        chunk.memory["desk"] = laid_out([one.article for one in chunk.rows if one.article])
    desk: Desk = chunk.memory["desk"]
    folder = desk.folders.get(article.pk)
    if folder is None or (reviewer.account_id in folder.wrote):
        return None
    if not asking.writes(chunk.by):
        asking.check_online(chunk.by, online=folder.online is not None and folder.has_words_of(folder.online))
    reviewing.check_ready(desk.unfit(folder, on=timezone.localdate(chunk.at)))
    _check_can_sign(chunk, reviewer)
    asking.check_not_asked(reviewer, (article.pk, reviewer.pk) in desk.waiting)
    basis = asking.Basis(folder.stored, article.digest, folder.sound)
    return asking.row(article, reviewer, _terms(chunk), basis, by=chunk.by, at=chunk.at)


def _check_can_sign(chunk: Chunk, reviewer: Reviewer) -> None:
    """Asked once for each person. Raises CannotSign."""
    known = chunk.memory.setdefault("why_not", {})
    if reviewer.pk not in known:
        known[reviewer.pk] = asking.why_not(reviewer, asking.CLINICAL, timezone.localdate(chunk.at))
    if known[reviewer.pk]:
        raise asking.CannotSign(known[reviewer.pk])


def _one(chunk: Chunk, row: BulkRow) -> Done:
    """By the deed for one, because more than the request follows, or a reviewer's corrections are carried on."""
    reviewer = _whom(chunk, row)
    review = reviewing.request_as(article_of(row), reviewer, _terms(chunk), by=chunk.by, at=chunk.at)
    return Done(_said(reviewer), {"review": review.pk})


def _done(review: Review) -> Done:
    return Done(_said(review.reviewer), made=review)


def _said(reviewer: Reviewer) -> str:
    return _("Asked: %(name)s") % {"name": reviewer}


def _terms(chunk: Chunk) -> asking.Asked:
    return asking.Asked(note=chunk.terms["note"], silent=True)


def _whom(chunk: Chunk, row: BulkRow) -> Reviewer:
    reviewer: Reviewer | None = chosen(chunk) or article_of(row).reviewer
    if reviewer is None:
        raise Refused(_("No reviewer is assigned to it."))
    return reviewer


def _tell(reviewer: Reviewer, asked: list[Review], *, note: str, by: User) -> None:
    titles, first = [review.article.title for review in asked], asked[0]
    facts = {"title": titles[0], "count": len(titles), "by": by}
    subject = ngettext("Please review “%(title)s”", "Please review %(count)d pages", len(titles)) % facts
    said = note or _("%(by)s asks you to review these pages. They wait on your desk.") % facts
    path = f"/admin/articles/review/{first.pk}/read/" if len(asked) == 1 else "/admin/"
    notices.tell(reviewer.account, subject, "\n".join([said, "", *keeping.listed(titles)]), path)
