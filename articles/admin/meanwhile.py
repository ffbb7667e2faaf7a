"""What somebody else saved while a form was open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.models import Article
from articles.redline import Row, redline_content


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """Who saved last and when, and what changed since the form was opened (all of it, if that is not known)."""

    revision: int
    by: Any
    at: datetime
    rows: tuple[Row, ...]


def since(article: Article, base: int | None) -> Meanwhile:
    """The stored words against those of revision `base`."""
    wanted = article.revisions.filter(number__in=[article.revision, base or 0]).select_related("by")
    found = {revision.number: revision for revision in wanted}
    last = found[article.revision]
    rows = redline_content(found.get(base or 0, last).words(), last.words())
    changed = tuple(row for row in rows if row.changed)
    return Meanwhile(last.number, last.by, last.at, changed or tuple(rows))
