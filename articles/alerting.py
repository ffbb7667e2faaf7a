"""News that a person brings: a new guideline, a warning, a reader's report. It waits on the pages they name until
somebody decides there what it means (articles/surveillance.py)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from articles import drafting, policy, roles
from articles.models import Alert, AlertPage, Article, Published, TimelineEntry
from articles.models.news import label
from articles.refusals import Refused

# Whoever writes, reads, decides or keeps dates may come upon news; any of these permissions will do.
BRING = ("change_article", "attest_article", "decide_news")
_LONGEST = {"title": 200, "url": 500}
_web_address = URLValidator(schemes=["http", "https"])


class NotBrought(Refused):
    """News that cannot be; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What there is to know, and where it can be read."""

    kind: str
    title: str
    about: str = ""
    url: str = ""


def may_bring(by: Any) -> bool:
    """Whether this person may bring news."""
    return any(roles.may(by, permission) for permission in BRING)


@transaction.atomic
def raise_alert(said: Brought, articles: Collection[Article], *, by: User, at: datetime) -> Alert:
    """Bring news about these pages; each is due for a look as its tier says. Raises NotBrought, NotAllowed, InBin."""
    _require(by)
    _check(said)
    pages = _locked(articles)
    alert: Alert = Alert.objects.create(
        kind=said.kind, title=said.title.strip(), about=said.about.strip(), url=said.url, by=by, at=at
    )
    _add(alert, pages, by=by, at=at)
    return alert


@transaction.atomic
def add_pages(alert: Alert, articles: Collection[Article], *, by: User, at: datetime) -> int:
    """Say that it is about these pages, too. Returns how many it was not about before. Raises as raise_alert."""
    _require(by)
    pages = _locked(articles)
    known = set(alert.pages.filter(article__in=pages).values_list("article", flat=True))
    fresh = [page for page in pages if page.pk not in known]
    _add(alert, fresh, by=by, at=at)
    return len(fresh)


def _require(by: User) -> None:
    if not may_bring(by):
        roles.require(by, BRING[0])


def _check(said: Brought) -> None:
    if said.kind not in Alert.Kind.values:
        raise NotBrought(_("Choose what kind of news it is."))
    if not said.title.strip():
        raise NotBrought(_("Say in a few words what the news is."))
    if any(len(getattr(said, name)) > most for name, most in _LONGEST.items()):
        raise NotBrought(_("That title or address is too long."))
    try:
        if said.url:
            _web_address(said.url)
    except ValidationError as no:
        raise NotBrought(_("Give a whole web address, which begins with https://.")) from no


def _locked(articles: Collection[Article]) -> Sequence[Article]:
    """These articles, locked in one order, each with a page that readers see."""
    named = Article.objects.select_for_update().filter(pk__in=[article.pk for article in articles])
    pages = list(named.order_by("pk"))
    if not pages:
        raise NotBrought(_("Name at least one page that the news is about."))
    online = set(Published.objects.live().filter(article__in=pages).values_list("article", flat=True))
    for page in pages:
        drafting.refuse_binned(page)
        if page.pk not in online:
            raise NotBrought(
                _("“%(title)s” is not online: readers see nothing that the news could change.") % {"title": page.title}
            )
    return pages


def _add(alert: Alert, pages: Sequence[Article], *, by: User, at: datetime) -> None:
    AlertPage.objects.bulk_create(AlertPage(alert=alert, article=page) for page in pages)
    detail = f"{label(alert.kind)}: {Truncator(alert.title).chars(80)}"
    TimelineEntry.objects.bulk_create(
        TimelineEntry(article=page, what=TimelineEntry.What.ALERTED, by=by, at=at, detail=detail) for page in pages
    )
    policy.settle([page.pk for page in pages])
