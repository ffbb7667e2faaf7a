"""Handouts that the timed work makes, so that a reader seldom has to wait for one."""

import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from articles.handouts import extra, making, sheet, shelf
from articles.models import Edition, Published
from articles.page import Page
from articles.reading import current

ALLOWANCE = 240.0  # seconds that one run may take; what is left over waits for the next, or for a reader
PATIENCE = 10.0  # seconds to wait for the one that a reader has asked for


def paper(page: Page, edition: Edition) -> sheet.Sheet:
    """The page of this edition, on paper."""
    return sheet.of(page, article=edition.article_id, on=timezone.localdate(edition.published_at))


def is_on() -> bool:
    """Whether this site makes any."""
    return extra.there()


def make_new(*, at: datetime) -> str:
    """Make the handouts of editions that have none yet."""
    if not is_on():
        return _("handouts are not installed")
    live = Published.objects.live().values_list("pk", "edition__article", "edition__number")
    return _made(_papers(slug for slug, article, number in live if not _complete(article, number)))


def renew(*, at: datetime) -> str:
    """Delete what no page shows any more, and make what a page lacks as it stands today."""
    if not is_on():
        return _("handouts are not installed")
    papers = []
    for one in _papers(Published.objects.live().values_list("pk", flat=True)):
        shelf.clear(one.article, keep={one.key(variant) for variant in sheet.VARIANTS.values()})
        papers.append(one)
    shelf.clear_others({one.article for one in papers})
    return _made(papers)


def _complete(article: int, number: int) -> bool:
    return sum(one.edition == number for one in shelf.of(article)) >= len(sheet.VARIANTS)


def _papers(slugs: Iterable[str]) -> Iterable[sheet.Sheet]:
    for slug in slugs:
        row = current.rows().filter(pk=slug, edition__isnull=False).first()
        if row and row.edition:  # not withdrawn meanwhile
            yield paper(current.of(row, row.edition, today=timezone.localdate()), row.edition)


def _made(papers: Iterable[sheet.Sheet]) -> str:
    until, count = time.monotonic() + ALLOWANCE, Counter[str]()
    for one in papers:
        for variant in sheet.VARIANTS.values():
            count[_outcome(one, variant) if time.monotonic() < until else "left"] += 1
    return _("%(made)d handouts ready, %(refused)d could not be set, %(left)d left for later") % {
        name: count[name] for name in ("made", "refused", "left")
    }


def _outcome(one: sheet.Sheet, variant: sheet.Variant) -> str:
    try:
        making.make(one, variant, patience=PATIENCE)
    except making.Busy:
        return "left"
    except making.NotMade:
        return "refused"
    return "made"
