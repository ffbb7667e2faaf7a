"""Which articles: a run with its rows, as they were chosen, by number or by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import roles
from articles.bulk import deferring
from articles.bulk.deeds import DEEDS
from articles.bulk.lines import MOST_LINES, Line
from articles.models import Article, BulkRow, BulkRun, Published
from articles.refusals import Refused

AT_ONCE = 5_000  # numbers in one question


class TooMany(Refused):
    """More articles than one run may have."""


class NothingChosen(Refused):
    """No article was chosen."""


@dataclass(frozen=True, slots=True)
class Pick:
    """One chosen article, or a line that names none and says why."""

    article: int | None
    given: str = ""
    problem: str = ""
    terms: dict[str, Any] = field(default_factory=dict)


def by_numbers(numbers: Sequence[int]) -> list[Pick]:
    """The articles with these numbers; those that lead nowhere are left out."""
    known = set[int]()
    for begin in range(0, len(numbers), AT_ONCE):
        part = numbers[begin : begin + AT_ONCE]
        known.update(Article.objects.filter(pk__in=part).values_list("pk", flat=True))
    return [Pick(number) for number in dict.fromkeys(numbers) if number in known]


def by_lines(lines: Sequence[Line]) -> list[Pick]:
    """The articles at these addresses, also former ones. An address that is there twice counts once."""
    known, first, picks = _addresses({line.slug for line in lines if line.slug}), dict[int, int](), []
    for line in lines:
        article, problem = known.get(line.slug), line.problem
        if not problem and article is None:
            problem = _("Line %(number)d: no article has the address “%(slug)s”.")
        elif not problem and article in first:
            problem = _("Line %(number)d: the same article as in line %(first)d.")
        facts = {"number": line.number, "slug": line.slug[:120], "first": first.get(article or 0)}
        if problem:
            picks.append(Pick(None, line.given, problem if line.problem else problem % facts))
            continue
        first[article or 0] = line.number
        picks.append(Pick(article, line.given, terms={"on": line.day.isoformat()} if line.day else {}))
    return picks


def _addresses(slugs: Iterable[str]) -> dict[str, int]:
    wanted, found = sorted(slugs), dict[str, int]()
    for begin in range(0, len(wanted), AT_ONCE):
        part = wanted[begin : begin + AT_ONCE]
        found |= dict(Published.objects.filter(slug__in=part).values_list("slug", "article"))
        found |= dict(Article.objects.filter(slug__in=part).values_list("slug", "pk"))
    return found


@transaction.atomic
def prepare(deed: str, picks: Sequence[Pick], *, terms: dict[str, Any], by: User, at: datetime) -> BulkRun:
    """A run to look over; nothing is done to any article. Raises NothingChosen, TooMany, NotAllowed."""
    roles.require(by, DEEDS[deed].permission)
    if not picks:
        raise NothingChosen(_("Choose articles: tick them in the list, or name them here, one a line."))
    if len(picks) > MOST_LINES:
        raise TooMany(_("At most %(most)d articles at a time.") % {"most": MOST_LINES})
    picks = _once(picks)
    run: BulkRun = BulkRun.objects.create(deed=deed, terms=terms, by=by, at=at)
    days = _spread(picks, terms)
    BulkRow.objects.bulk_create(
        (
            BulkRow(
                run=run,
                position=position,
                article_id=pick.article,
                given=pick.given,
                terms=pick.terms | days.get(pick.article or 0, {}),
                state=BulkRow.State.REFUSED if pick.problem else BulkRow.State.WAITING,
                said=pick.problem,
            )
            for position, pick in enumerate(picks, start=1)
        ),
        batch_size=500,
    )
    return run


def _once(picks: Sequence[Pick]) -> list[Pick]:
    """Each article once: of rows that are done together, none knows what another does."""
    seen, found = set[int](), []
    for pick in picks:
        if pick.article is None or pick.article not in seen:
            found.append(pick)
            seen.add(pick.article or 0)
    return found


def _spread(picks: Sequence[Pick], terms: dict[str, Any]) -> dict[int, dict[str, str]]:
    """Each article's own day, where they are to be spread."""
    if not terms.get("weeks"):
        return {}
    articles = [pick.article for pick in picks if pick.article]
    days = deferring.spread(articles, first=date.fromisoformat(terms["first"]), weeks=terms["weeks"])
    return {number: {"on": day.isoformat()} for number, day in days.items()}
