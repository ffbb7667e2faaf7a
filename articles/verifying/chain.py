"""The chain of seals: unbroken from the first to the last, and ending where its signed head says."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.translation import gettext as _

from articles import seals
from articles.heads import Head
from articles.models import Chain, Seal
from articles.verifying.problem import Problem


def broken(key: str, kept: Sequence[Head], *, tick: Callable[[], object]) -> Iterator[Problem]:
    """What is wrong with the chain, its head, and heads that were kept elsewhere."""
    awaited = {head.count: head for head in kept}
    last, count = seals.GENESIS, 0
    for seal in Seal.objects.order_by("number").iterator(2000):
        tick()
        count += 1
        if seal.number != count:
            yield Problem(f"seal {count}", _("is missing; the next one there is seal %(n)d") % {"n": seal.number})
            count = seal.number
        place = (seal.table, seal.row, seal.event)
        if seal.seal != seals.link(last, number=seal.number, row=place, row_hash=seal.row_hash):
            names = {"place": " ".join(map(str, place))}
            yield Problem(f"seal {seal.number}", _("does not follow from the one before it (%(place)s)") % names)
        last = seal.seal
        head = awaited.pop(seal.number, None)
        if head and head.last != last:
            words = _("is not the one that was kept on %(at)s: history was rewritten") % {"at": head.at}
            yield Problem(f"seal {seal.number}", words)
    yield from _head(key, count, last)
    yield from (_lost(head, count) for head in awaited.values() if head.count)
    yield from (_forged(head) for head in kept if not head.is_signed(key))


def _head(key: str, count: int, last: str) -> Iterator[Problem]:
    head = Chain.objects.first() or Chain(count=0)
    if (head.count, head.last) != (count, last):
        names = {"said": head.count, "count": count}
        yield Problem("head", _("says that there are %(said)d seals; the chain ends with seal %(count)d") % names)
    if head.count and not seals.is_signed(key, head.signature, count=head.count, last=head.last):
        words = _("is not signed with this site's SEAL_KEY: somebody else wrote it, or the key is another")
        yield Problem("head", words)


def _lost(head: Head, count: int) -> Problem:
    names = {"count": count, "at": head.at, "were": head.count}
    return Problem("chain", _("ends with seal %(count)d, yet on %(at)s there were %(were)d: its tail was cut") % names)


def _forged(head: Head) -> Problem:
    return Problem(f"kept head of {head.at}", _("is not signed with this site's SEAL_KEY"))
