"""One entry a deed: who did what, when, from which words to which."""

from datetime import datetime

from django.contrib.auth.models import User

from articles.models import Article, TimelineEntry

What = TimelineEntry.What


def note(
    article: Article, what: str, *, by: User, at: datetime, before: str = "", after: str = "", detail: str = ""
) -> None:
    """Append an entry. `before` and `after` are digests."""
    TimelineEntry.objects.create(
        article=article, what=what, by=by, at=at, digest_before=before, digest_after=after, detail=detail
    )
