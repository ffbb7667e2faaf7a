"""One entry a deed: who did what, when, from which words to which."""

from datetime import datetime

from django.contrib.auth.models import User

from articles.models import Article, TimelineEntry

What = TimelineEntry.What


def note(
    article: Article, what: str, *, by: User, at: datetime, words: tuple[str, str] = ("", ""), detail: str = ""
) -> None:
    """Append an entry. `words` are the digests before and after; "" where there are none."""
    before, after = words
    TimelineEntry.objects.create(
        article=article, what=what, by=by, at=at, digest_before=before, digest_after=after, detail=detail
    )
