"""Papers that prove recorded reviews: each against the hash that was sealed when it came."""

from collections.abc import Iterator

from articles import papers
from articles.models import ReviewPaper
from articles.verifying.problem import Problem


def broken() -> Iterator[Problem]:
    """Papers that are lost, or other ones than were recorded."""
    for row in ReviewPaper.objects.order_by("pk").iterator(200):
        if why := papers.REVIEWS.fault(row.file, row.hash):
            yield Problem(f"reviewpaper {row.pk}", why)
