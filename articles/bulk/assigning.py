"""Many pages become one reviewer's, or nobody's."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import keeping
from articles.bulk.chunks import Chunk, Deed, Done, Pairs, article_of, note_all, numbers
from articles.models import Article, BulkRow, BulkRun, Published, Reviewer, TimelineEntry
from articles.refusals import Refused

ASSIGNED = TimelineEntry.What.ASSIGNED


class Assign(Deed):
    name, permission, undoable = "assign", "keep_dates", True

    def look(self, chunk: Chunk, row: BulkRow) -> Done:
        return _given(chunk, row, chosen(chunk))

    def write(self, chunk: Chunk, done: Pairs) -> None:
        _write(chunk, done)

    def back(self, chunk: Chunk, row: BulkRow) -> Done:
        if article_of(row).reviewer_id != chunk.terms["reviewer"]:
            raise Refused(_("Somebody gave it to another reviewer since. It was left as it is."))
        return _given(chunk, row, found(row.undo["reviewer"]))

    def write_back(self, chunk: Chunk, done: Pairs) -> None:
        _write(chunk, done)

    def finish(self, run: BulkRun, *, at: Any) -> None:
        rows = run.rows.filter(state=BulkRow.State.DONE).order_by("position")
        titles = list(rows.values_list("article__title", flat=True))
        keeping.tell_assigned(found(run.terms["reviewer"]), titles, by=run.by)


def chosen(chunk: Chunk) -> Reviewer | None:
    """The reviewer whom the run names; asked for once a chunk."""
    if "chosen" not in chunk.memory:
        chunk.memory["chosen"] = found(chunk.terms["reviewer"])
    reviewer: Reviewer | None = chunk.memory["chosen"]
    return reviewer


def found(number: int | None) -> Reviewer | None:
    """The reviewer with this number; None for none."""
    return Reviewer.objects.select_related("account").get(pk=number) if number else None


def _given(chunk: Chunk, row: BulkRow, reviewer: Reviewer | None) -> Done:
    keeping.check_assignment(article_of(row), reviewer, on=timezone.localdate(chunk.at))
    said = keeping.assignment_detail(article_of(row), reviewer)
    return Done(said, {"reviewer": article_of(row).reviewer_id}, reviewer)


def _write(chunk: Chunk, done: Pairs) -> None:
    note_all(chunk, ASSIGNED, [(row, one.said) for row, one in done])
    for reviewer in {one.made for _row, one in done}:
        mine = [(row, one) for row, one in done if one.made == reviewer]
        Article.objects.filter(pk__in=numbers(mine)).update(reviewer=reviewer)
    Published.objects.follow(numbers(done))
