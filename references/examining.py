"""Look at sources and write down what was seen: examination, health and news in one transaction."""

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import closing
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from references import background, fetching, health, signs, visible
from references.identifiers import url_host
from references.looking import Look, Outcome
from references.models import Examination, Source, SourceChange
from references.models.standing import News

AT_ONCE = 50  # looks in one transaction; what an interrupted run loses at most
PER_RUN = 100  # of the timed work
_SUSPICIOUS = 5  # hosts
_SILENCE = {Outcome.NO_HOST, Outcome.UNREACHABLE}
Found = tuple[int, Look]
Looks = Callable[..., AsyncIterator[Found]]


class Offline(Exception):
    """No host at all answered: the trouble is ours, and nothing was written down."""


def manners() -> fetching.Manners:
    return fetching.Manners(name=settings.EXAMINER_NAME)


def examine_due(*, at: datetime) -> str:
    """A bounded number of the looks that are due, for the timed work."""
    due = Source.objects.due(at)[:PER_RUN]
    try:
        counted = examine(due)
    except Offline:
        return _("no host answered: this machine may be offline; nothing was written down")
    return _("%(count)d sources examined") % {"count": counted.total()}


def examine(
    sources: Iterable[Source], *, looks: Looks = fetching.looks, tick: Callable[[int], object] = int
) -> Counter[str]:
    """Look at each of these; returns how many stand how afterwards. Raises Offline. `tick` hears of each batch.

    Every batch is committed by itself, while the looks go on.
    """
    addresses = {source.pk: source.address() for source in sources}
    addresses = {pk: address for pk, address in addresses.items() if address}
    counted: Counter[str] = Counter()
    with closing(background.stream(looks(addresses, manners=manners()))) as found:
        while batch := list(islice(found, AT_ONCE)):
            _require_online(batch, so_far=counted)
            counted += write(batch, at=timezone.now())
            tick(len(batch))
    return counted


def write(batch: list[Found], *, at: datetime) -> Counter[str]:
    """Write down a batch of looks. One at an address that the record no longer has is dropped."""
    counted: Counter[str] = Counter()
    with transaction.atomic():
        rows = Source.objects.select_for_update().order_by("pk").in_bulk([pk for pk, _look in batch])
        seen = [(rows[pk], look) for pk, look in batch if pk in rows and rows[pk].address() == look.asked]
        examinations, news = [], []
        for source, look in seen:
            news += [(source.pk, *one) for one in _settle(source, look, at)]
            examinations.append(_examination(source, look, at))
            counted[source.health] += 1
        Examination.objects.bulk_create(examinations)
        for source, _look in seen:  # `bulk_update` builds a CASE of every column for every row, and takes far longer
            standing = {name: getattr(source, name) for name in Source.STANDING}
            Source.objects.filter(pk=source.pk).update(**standing)
        SourceChange.log(news, at=at)
    return counted


def _settle(source: Source, look: Look, at: datetime) -> list[News]:
    """Bring the derived columns in line with this look; returns what is news."""
    sign = signs.sign(look)
    news = source.stand(health.after(source.standing(), sign, at=at))
    if sign in {signs.Sign.FINE, signs.Sign.PAY}:
        moved, mark = signs.moved_to(look), look.page.fingerprint
        if moved != source.moved_to:
            news += [(SourceChange.Kind.MOVED, source.moved_to, moved)] if moved else []
            source.moved_to = moved
        if sign == signs.Sign.FINE and mark:
            if visible.differs(source.fingerprint, mark):
                news.append((SourceChange.Kind.TEXT, source.fingerprint, mark))
                source.fingerprint = mark
            source.fingerprint = source.fingerprint or mark
    source.looked_at = at
    source.next_look_due = health.next_look(health.State(source.health), at=at, retry_after=look.retry_after)
    return news


def _examination(source: Source, look: Look, at: datetime) -> Examination:
    return Examination(
        source=source,
        at=at,
        asked=look.asked,
        final=look.final,
        redirects=json.dumps([[hop.url, hop.status] for hop in look.hops]) if look.hops else "",
        status=look.status,
        outcome=look.outcome.value,
        sign=signs.sign(look).value,
        health=source.health,
        fingerprint=look.page.fingerprint,
        milliseconds=round(look.seconds * 1000),
        detail=look.detail,
    )


def _require_online(batch: list[Found], *, so_far: Counter[str]) -> None:
    """A cable that was pulled here must not count as a strike against everybody.

    Those that let us wait come last, so silence alone is suspicious only while nobody has answered.
    """
    silence = _SILENCE if so_far else _SILENCE | {Outcome.TIMEOUT}
    asked = [look for _pk, look in batch if look.outcome != Outcome.REFUSED]
    hosts = {url_host(look.asked) for look in asked}
    if len(hosts) >= _SUSPICIOUS and all(look.outcome in silence for look in asked):
        raise Offline
