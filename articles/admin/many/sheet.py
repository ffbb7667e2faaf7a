"""What the screen of a run shows: what was filled in, how far it is, and a page of its rows."""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from articles.admin import due_list, saved
from articles.admin.many.forms import FORMS, REVIEWED_ON
from articles.bulk import chunks, running
from articles.bulk.deeds import DEEDS
from articles.bulk.running import Phase
from articles.models import BulkRow, BulkRun, Published

PER_PAGE = 100  # rows that a person looks over at once
State = BulkRow.State
CAN_BE = (State.WAITING, State.LEFT)
log = logging.getLogger(__name__)
# Words for a state, before and after the work.
BEFORE = {
    State.WAITING: gettext_lazy("can be done"),
    State.REFUSED: gettext_lazy("not possible"),
    State.LEFT: gettext_lazy("not ticked"),
}
AFTER = {
    State.WAITING: gettext_lazy("still to be done"),
    State.DONE: gettext_lazy("done"),
    State.REFUSED: gettext_lazy("refused"),
    State.LEFT: gettext_lazy("left out"),
    State.UNDONE: gettext_lazy("taken back"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One row on the screen."""

    row: BulkRow
    page: Published | None
    can: bool  # be ticked
    state: Any
    said: list[list[str]]  # what was filled in, with the row's own day in the place of everybody's


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows are in one state."""

    state: str
    words: Any
    count: int


def back(sent: Mapping[str, Any]) -> dict[str, str]:
    """The question of the list of due dates that the articles were chosen from; nothing, if it was another list."""
    return {"back": due_list.Question.of(sent["back"]).query()} if "back" in sent else {}


def came_from(terms: Mapping[str, Any]) -> str:
    """The address of the list that the articles were chosen from."""
    return saved.address(terms["back"]) if "back" in terms else reverse("admin:articles_article_changelist")


def context(request: HttpRequest, run: BulkRun, phase: Phase) -> dict[str, Any]:
    """Everything for the template."""
    deed, counts = DEEDS[run.deed], running.counts(run)
    words = BEFORE if phase in (Phase.LOOKING, Phase.READY) else AFTER
    state = request.GET.get("state", "")
    rows = run.rows.select_related("article", "run").order_by("position")
    page = Paginator(rows.filter(state=state) if state in State.values else rows, PER_PAGE).get_page(
        request.GET.get("p")
    )
    total = sum(counts.values())
    at_it = run.claimed_until if run.claimed_until and run.claimed_until > timezone.now() else None
    left = counts[State.DONE] if phase == Phase.UNDOING else counts[State.WAITING]
    return {
        "run": run,
        "deed": deed,
        "phase": phase.value,
        "said": run.terms.get("said", []),
        "tallies": [Tally(one, words[State(one)], counts[one]) for one in counts if counts[one] and one in words],
        "total": total,
        "gone": total - left,
        "page": page,
        "rows": _shown(list(page), words, run.terms.get("said", [])),
        "state": state if state in State.values else "",
        "mine": run.by_id == request.user.pk,
        "at_it": at_it,
        "list": came_from(run.terms),
        "any": any(counts[one] for one in CAN_BE),
        "can_undo": deed.undoable and phase == Phase.DONE and not run.undone_at and bool(counts[State.DONE]),
        "asks_undo": "undo" in request.GET,
    }


def _shown(rows: Sequence[BulkRow], words: dict[Any, Any], said: list[list[str]]) -> list[Shown]:
    numbers = [row.article_id for row in rows if row.article_id]
    pages = Published.objects.filter(article__in=numbers, moved_to=None).select_related("edition")
    known = {page.article_id: page for page in pages.defer("edition__content")}
    return [
        Shown(
            row,
            known.get(row.article_id or 0),
            row.state in CAN_BE,
            words.get(State(row.state), ""),
            [[label, _own(row) if label == str(REVIEWED_ON) else told] for label, told in said],
        )
        for row in rows
    ]


def _own(row: BulkRow) -> str:
    on = row.terms.get("on") or row.run.terms.get("on")
    return chunks.day(date.fromisoformat(on)) if on else "–"


def told(runs: Sequence[BulkRun]) -> list[dict[str, Any]]:
    """Runs of the history with their title and what became of their rows. One query."""
    tallies = defaultdict[int, list[Tally]](list)
    found = BulkRow.objects.filter(run__in=runs).order_by("run", "state").values_list("run", "state")
    words = {run.pk: AFTER if run.started_at else BEFORE for run in runs}
    for number, state, count in found.annotate(Count("pk")):
        tallies[number].append(Tally(state, words[number].get(State(state), ""), count))
    return [{"run": run, "title": FORMS[run.deed].title, "tallies": tallies[run.pk]} for run in runs]
