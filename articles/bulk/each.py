"""Deeds that are done one by one, with all their rules: looked at by doing them and taking that back (decision 9)."""

import logging
from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import asking, keeping, notices, recording, reviewing
from articles.bulk.assigning import chosen, found
from articles.bulk.chunks import Chunk, Deed, Done, article_of, day, said_moved
from articles.models import BulkRow, BulkRun, Published, Review, Reviewer
from articles.refusals import Refused

DONE = BulkRow.State.DONE
logger = logging.getLogger(__name__)


class OneByOne(Deed):
    size = 25

    def look(self, chunk: Chunk, row: BulkRow) -> Done:
        with transaction.atomic():
            done = self.one(chunk, row)
            transaction.set_rollback(True)
        return done

    def do(self, chunk: Chunk, row: BulkRow) -> Done:
        try:
            with transaction.atomic():
                return self.one(chunk, row)
        except DatabaseError as error:
            # The other rows are independent of it, and whoever sent them must learn what became of each.
            logger.exception("A row of work on many articles could not be written")
            raise Refused(_("The database did not take it. Nothing was done; try again.")) from error

    def one(self, chunk: Chunk, row: BulkRow) -> Done:
        """The deed. Raises Refused."""
        raise NotImplementedError


class Record(OneByOne):
    """Reviews done elsewhere. Nobody's signature is recorded by the dozen: each row is ticked."""

    name, permission, each = "record", "record_review", True

    def one(self, chunk: Chunk, row: BulkRow) -> Done:
        on = row.terms.get("on") or chunk.terms.get("on")
        reviewer, evidence = chosen(chunk), chunk.terms["evidence"]
        if not on or reviewer is None:
            raise Refused(_("Its line names no day."))
        said = {"reviewer": reviewer, "on": date.fromisoformat(on), "evidence": evidence}
        recording.on_behalf(article_of(row), **said, by=chunk.by, at=chunk.at)
        before = chunk.page(row)
        after = Published.objects.get(article=row.article, moved_to=None)
        facts = {"then": day(after.last_reviewed_on), "day": day(said["on"])}
        read = _("Reviewed on %(day)s. Last reviewed: %(then)s.") % facts
        return Done(f"{read} {said_moved(before.next_due if before else None, after.next_due)}")

    def finish(self, run: BulkRun, *, at: datetime) -> None:
        """One message for each day, about all its pages."""
        reviewer, days = found(run.terms["reviewer"]), defaultdict[date, list[Any]](list)
        for row in run.rows.filter(state=DONE).select_related("article").order_by("position"):
            days[date.fromisoformat(row.terms.get("on") or run.terms["on"])].append(row.article)
        for on, articles in sorted(days.items()):
            if reviewer:
                recording.tell(reviewer, articles, on=on, evidence=run.terms["evidence"], by=run.by)


class Request(OneByOne):
    """Reviews asked of one person, or of each page's own reviewer."""

    name, permission = "request", "request_review"

    def one(self, chunk: Chunk, row: BulkRow) -> Done:
        reviewer = chosen(chunk) or _own(row)
        asked = asking.Asked(note=chunk.terms["note"], silent=True)
        review = reviewing.request_as(article_of(row), reviewer, asked, by=chunk.by, at=chunk.at)
        return Done(_("Asked: %(name)s") % {"name": reviewer}, {"review": review.pk})

    def finish(self, run: BulkRun, *, at: datetime) -> None:
        """One message for each reviewer, about all that they were asked."""
        numbers = run.rows.filter(state=DONE).values_list("undo__review", flat=True)
        asked = defaultdict[int, list[Review]](list)
        for review in Review.objects.open().filter(pk__in=list(numbers)).select_related("article").order_by("pk"):
            asked[review.reviewer_id].append(review)
        for reviewer in Reviewer.objects.filter(pk__in=asked).select_related("account").order_by("pk"):
            _tell(reviewer, asked[reviewer.pk], note=run.terms["note"], by=run.by)


def _own(row: BulkRow) -> Reviewer:
    reviewer: Reviewer | None = article_of(row).reviewer
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
