"""All of it, in one reading of the database as it stood at one moment."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from articles import triggers
from articles.heads import Head
from articles.models import Article, Edition, Figure, Review, Revision, Seal
from articles.verifying import addresses, chain, pictures, proofs, rows, stories, words
from articles.verifying.problem import Problem


def problems(kept: Sequence[Head] = (), *, tick: Callable[[], object] = lambda: None) -> Iterator[Problem]:
    """Everything that is not as it was written. `kept` are heads of the chain from outside the database;
    `tick` is called once for each step of `steps()`."""
    with _one_moment():
        yield from _unguarded()
        yield from chain.broken(settings.SEAL_KEY, kept, tick=tick)
        yield from rows.broken(tick=tick)
        yield from words.broken(tick=tick)
        yield from stories.broken()
        yield from proofs.broken()
        yield from addresses.broken(tick=tick)
        yield from pictures.broken(tick=tick)


def steps() -> int:
    """How many ticks a whole verification takes."""
    stored = sum(model.objects.count() for model in (Review, Edition, Revision))
    sealed = sum(model._base_manager.count() for model in triggers.sealed_models())
    pictured = Figure.objects.filter(saved=True).count()
    return Seal.objects.count() + sealed + stored + Article.objects.count() + pictured


def _unguarded() -> Iterator[Problem]:
    there = triggers.installed(connection)
    for model in triggers.frozen_models():
        if not set(triggers.names(model)) <= there:
            yield Problem(
                model._meta.db_table, _("has lost the triggers that keep it append-only; run manage.py migrate")
            )


@contextmanager
def _one_moment() -> Iterator[None]:
    """A reading that writers neither disturb nor wait for."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own BEGIN would make writers wait
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
