"""Many pages get another tier or cadence. Each part may be left as each article has it."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from articles import keeping, policy
from articles.bulk import deferring
from articles.bulk.chunks import Chunk, Deed, Done, Pairs, article_of, moved, note_all, numbers
from articles.models import Article, BulkRow, Published, TimelineEntry
from articles.refusals import Refused

KEEP, TIERS, OWN = "", "tier", "own"  # where the months come from


class Cadence(Deed):
    name, permission, undoable = "cadence", "keep_dates", True

    def look(self, chunk: Chunk, row: BulkRow) -> Done:
        wanted = terms_of(article_of(row), chunk.terms)
        done = _set(chunk, row, *wanted)
        done.undo = {"was": [article_of(row).risk_tier, article_of(row).cadence_months], "set": wanted}
        return done

    def write(self, chunk: Chunk, done: Pairs) -> None:
        deferred = [row.article_id for row, _done in done if (page := chunk.page(row)) and page.deferred_until]
        held = deferring.in_force([number for number in deferred if number])
        for row, one in done:
            if (ended := held.get(row.article_id or 0)) and (page := chunk.page(row)):
                kept = {"until": ended.until.isoformat(), "reason": ended.reason, "review": page.review_id}
                one.undo["ended"] = kept
        _write(chunk, done)

    def back(self, chunk: Chunk, row: BulkRow) -> Done:
        article, page = article_of(row), chunk.page(row)
        if [article.risk_tier, article.cadence_months] != list(row.undo["set"]):
            raise Refused(_("Somebody changed its cadence or tier since. It was left as it is."))
        if page and page.deferred_until:
            raise Refused(_("Somebody moved its due date since. It was left as it is."))
        return _set(chunk, row, *row.undo["was"], again=_again(chunk, row))

    def write_back(self, chunk: Chunk, done: Pairs) -> None:
        _write(chunk, done)
        again = [(row, until, row.undo["ended"]["reason"]) for row, _done in done if (until := _again(chunk, row))]
        deferring.write(chunk, again)


def _again(chunk: Chunk, row: BulkRow) -> date | None:
    """The day of the deferral that ended with the change, if it would count still: no review since, and to come."""
    ended, page = row.undo.get("ended"), chunk.page(row)
    if not ended or page is None or page.edition_id is None or page.review_id != ended["review"]:
        return None
    until = date.fromisoformat(ended["until"])
    return until if until > timezone.localdate(chunk.at) else None


def terms_of(article: Article, terms: dict[str, Any]) -> tuple[str, int | None]:
    """The tier and the months that this article would have."""
    months = {KEEP: article.cadence_months, TIERS: None, OWN: terms.get("months")}[str(terms["cadence"])]
    return str(terms["tier"] or article.risk_tier), months


def _set(chunk: Chunk, row: BulkRow, tier: str, months: int | None, *, again: date | None = None) -> Done:
    keeping.check_cadence(article_of(row), tier, months, chunk.policy.maximum_months)
    due = moved(chunk, chunk.page(row), tier=tier, override=months, deferred_until=again)
    detail = keeping.cadence_detail(article_of(row), tier, months)
    return Done(f"{detail}. {due}", made=(tier, months, detail))


def _write(chunk: Chunk, done: Pairs) -> None:
    note_all(chunk, TimelineEntry.What.CADENCE_SET, [(row, one.made[2]) for row, one in done])
    alike = defaultdict[tuple[str, int | None], list[int]](list)
    for row, one in done:
        alike[one.made[:2]].append(row.article_id or 0)
    for (tier, months), articles in alike.items():
        Article.objects.filter(pk__in=articles).update(risk_tier=tier, cadence_months=months)
        pages = Published.objects.filter(article__in=articles, moved_to=None)
        pages.update(risk_tier=tier, cadence_months=months, deferred_until=None)
    policy.settle(numbers(done))
