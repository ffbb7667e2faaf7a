"""One deed for many articles: rehearsed, confirmed row by row, done row by row, and told row by row."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from articles import drafting
from articles.admin import standing
from articles.admin.dates_forms import DeedForm
from articles.models import Article
from articles.refusals import Refused

logger = logging.getLogger(__name__)

LIMIT = 500  # rows of one sheet: what a person can still look over, and a server answers in ten seconds


class Changed(Refused):
    """The article is not as it was on the screen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a deed did, or in a rehearsal would do, to one article. Both rows are told (standing.told)."""

    before: Any
    after: Any = None
    refused: str = ""

    @property
    def state(self) -> str:
        return standing.state_words(self.before)

    @property
    def mark(self) -> str:
        """What a confirmation sends back: this article, as it stood on the screen."""
        return f"{self.before.pk}:{standing.seen(self.before)}"


def rows(pks: list[int]) -> list[Any]:
    """Told articles in the given order; numbers that lead nowhere are left out."""
    found = {row.pk: row for row in standing.told(Article.objects.filter(pk__in=pks))}
    return [found[pk] for pk in pks if pk in found]


def rehearse(form: DeedForm, row: Any, *, by: User, at: datetime) -> Outcome:
    """Do it, look, and take it back: what is shown is what the deed itself says."""
    with transaction.atomic():
        outcome = _attempt(form, row, by=by, at=at)
        transaction.set_rollback(True)
    return outcome


def do(form: DeedForm, row: Any, *, by: User, at: datetime, mark: str) -> Outcome:
    """Do it, unless the article changed since `mark` was shown. One transaction."""
    try:
        with transaction.atomic():
            drafting.lock(row)
            [now] = rows([row.pk])
            if mark != Outcome(now).mark:
                raise Changed(_("It changed after it was shown to you. Nothing was done; look at it again."))
            return _called(form, now, by=by, at=at)
    except Refused as refused:
        return Outcome(row, refused=str(refused))
    except DatabaseError:
        # The other rows have their own transactions, and whoever sent them must learn what became of each.
        logger.exception("A row of a sheet could not be written")
        return Outcome(row, refused=_("The database did not answer. Nothing was done; try again."))


def _attempt(form: DeedForm, row: Any, *, by: User, at: datetime) -> Outcome:
    try:
        return _called(form, row, by=by, at=at)
    except Refused as refused:
        return Outcome(row, refused=str(refused))


def _called(form: DeedForm, row: Any, *, by: User, at: datetime) -> Outcome:
    form.do(row, by=by, at=at)
    [after] = rows([row.pk])
    return Outcome(row, after)
