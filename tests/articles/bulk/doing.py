"""Runs as tests make them: prepared, looked over, confirmed, and worked through."""

from typing import Any

from articles import roles
from articles.bulk import picking, running
from articles.models import Article, BulkRun
from tests import cast

NOW = cast.later(days=25)


def stan() -> Any:
    """Stan keeps dates."""
    return cast.person("stan", roles.RECORDS_STEWARD)


def online(*titles: str) -> list[Article]:
    """Pages that were reviewed and published at noon."""
    return [cast.published(cast.draft(cast.words(title=title))).article for title in titles]


def prepared(deed: str, *articles: Article, by: Any = None, **terms: Any) -> BulkRun:
    """A run that was looked over."""
    picks = [picking.Pick(article.pk) for article in articles]
    return looked(picking.prepare(deed, picks, terms=terms, by=by or stan(), at=NOW))


def looked(run: BulkRun) -> BulkRun:
    """The run, once every row was looked at."""
    work(run)
    return run


def started(run: BulkRun) -> BulkRun:
    """Every row that can be done is ticked, and the run confirmed."""
    shown = list(run.rows.values_list("position", flat=True))
    running.confirm(run, ticked=shown, shown=shown, by=run.by)
    running.start(run, by=run.by, at=NOW)
    return run


def done(deed: str, *articles: Article, by: Any = None, **terms: Any) -> BulkRun:
    """A run from beginning to end."""
    run = started(prepared(deed, *articles, by=by, **terms))
    work(run)
    run.refresh_from_db()
    return run


def undone(run: BulkRun, by: Any = None) -> BulkRun:
    """The same taken back."""
    running.undo(run, by=by or run.by, at=NOW)
    work(run)
    run.refresh_from_db()
    return run


def work(run: BulkRun) -> None:
    """Until nothing is left."""
    while running.work(run, at=NOW):
        pass


def states(run: BulkRun) -> list[str]:
    """The state of every row, in order."""
    return list(run.rows.order_by("position").values_list("state", flat=True))


def said(run: BulkRun) -> list[str]:
    """What was said of every row, in order."""
    return list(run.rows.order_by("position").values_list("said", flat=True))
