"""A source that has moved for good: its record is set right once, and each page that prints the old address gets an
edition in which nothing else changes."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafting, news, publishing, roles, settling, surveillance
from articles.content import CitedSource, Content
from articles.models import Article, Decision, Edition, Reliance, TimelineEntry
from articles.news import News, Origin
from articles.refusals import Refused
from articles.timeline import What
from references.models import Source, SourceChange

_LONGEST = 2000  # characters of an address that a record holds


class NotMoved(Refused):
    """The library knows of no new address."""


class AddressKnown(Refused):
    """Another record has that address already."""


class NothingToDo(Refused):
    """No reference of this page waits for its new address."""


class DraftDiffers(Refused):
    """The draft holds other changes, which this edition must not bring along."""


@transaction.atomic
def use_new_address(source: Source, *, by: User, at: datetime) -> int:
    """Put the address to which a source has moved into its record; the day on which it was read stays.

    Every page that prints the old one waits for a housekeeping edition then; returns how many. Raises NotMoved,
    AddressKnown.
    """
    roles.require(by, "decide_news")
    source = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    if not (source.url and source.moved_to):
        raise NotMoved(_("No new address of this source is known."))
    if len(source.moved_to) > _LONGEST:
        raise NotMoved(_("The new address is too long for a record. Look for a shorter one, and type it in."))
    if Source.objects.unmerged().same_work(doi="", pmid="", url=source.moved_to).exclude(pk=source.pk).exists():
        raise AddressKnown(_("The library has another record with the new address. Keep one of the two first."))
    waiting = news.rows(Origin.CHANGE).filter(source=source, kind=SourceChange.Kind.MOVED)
    rows = list(news.read(waiting, Origin.CHANGE))
    source.url = source.moved_to
    source.save()
    surveillance.record(rows, kind=Decision.Kind.ADDRESS, reason=source.url, by=by, at=at)
    TimelineEntry.objects.bulk_create(
        TimelineEntry(article=row.article, what=What.DECIDED, by=by, at=at, detail=_detail(row)) for row in rows
    )
    return len(rows)


@transaction.atomic
def publish_address(article: Article, *, by: User, at: datetime) -> Edition:
    """A housekeeping edition that prints the new addresses, and nothing else that is new.

    The change is that of whoever put the address into the record, so somebody else publishes it. Raises NothingToDo,
    DraftDiffers, and what publishing.publish raises.
    """
    roles.require(by, "publish_article")
    article = drafting.lock(article)
    online, row = article.editions.open().first(), waiting_pages().filter(article=article).order_by("-number").first()
    if online is None or row is None:
        raise NothingToDo(_("No reference of this page waits for a new address."))
    if not only_addresses_differ(online.words(), article.content()):
        raise DraftDiffers(
            _("The draft holds other changes, too. Publish them in the usual way; the address goes along.")
        )
    decision = Decision.objects.filter(article=article, change=row.change).latest("pk")
    settling.account(article, by=decision.by, at=at, how="edit")
    said = _("The web address of a reference was brought up to date.")
    return publishing.publish(article, by=by, at=at, change_class="", change_note=said)


def waiting_pages() -> Any:
    """Rows of Reliance.objects.news(): pages that print an address which the record has no longer."""
    return Reliance.objects.under_way().filter(decided=Decision.Kind.ADDRESS)


def only_addresses_differ(online: Content, draft: Content) -> bool:
    """Whether the draft says what readers see but for the addresses of its sources, and the days they were read."""
    return _unaddressed(online) == _unaddressed(draft)


def _unaddressed(words: Content) -> Content:
    sources = sorted((_plain(one) for one in words.sources), key=lambda one: one.key)
    return replace(words, sources=tuple(sources))


def _plain(source: CitedSource) -> CitedSource:
    return replace(source, url="", accessed="")


def _detail(one: News) -> str:
    return surveillance.said([one], Decision.Kind.ADDRESS, f"{one.row.url} → {one.row.after}")
