"""What a merge of two sources means to the articles that lean on them: citations move, and signatures may not.

The words keep the key that stands in them. Where the two records read the same in everything that a digest covers,
every signature holds; where they do not, the words follow as with any change of a record in the library.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles import reliances, roles
from articles.content import CitedSource, same_identity
from articles.models import Article, Citation, Reliance, Review, cited_source
from articles.refusals import Refused
from references import merging
from references.models import Likeness, Merge, Source

AT_ONCE = 100  # editions in memory
# Of one article: whether it lists the record that stays, and the one that goes, among its uncited sources.
Listed = tuple[bool, bool]


class CanNotMerge(Refused):
    """These two are not to be made one record, or one is not to be made two again."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Articles that lean on the record that goes; those whose medical words change; open requests about these."""

    moving: QuerySet[Article]
    changing: QuerySet[Article]
    reviews: QuerySet[Review]


def touched(keep: Source, gone: Source, fill: Collection[str] = merging.FIELDS) -> Touched:
    """What a merge would do, without doing it."""
    after = _after(keep, gone, fill)
    differing = [source for source in (keep, gone) if not same_identity(cited_source(source), after)]
    changing = Article.objects.filter(citations__source__in=differing).distinct().order_by("title", "pk")
    moving = Article.objects.filter(Q(citations__source=gone) | Q(uncited=gone)).distinct().order_by("title", "pk")
    asked = Review.objects.open().filter(article__in=changing.order_by()).select_related("article", "reviewer")
    return Touched(moving, changing, asked)


@transaction.atomic
def merge(
    keep: Source,
    gone: Source,
    *,
    by: User,
    at: datetime,
    fill: Collection[str] = merging.FIELDS,
    confirmed: bool = False,
) -> Merge:
    """Let `gone` be an alias of `keep`, whose empty fields named in `fill` get its values; citations move.

    Two DOIs or PMIDs have to be `confirmed`. Raises CanNotMerge, roles.NotAllowed.
    """
    roles.require(by, "merge_sources")
    keep, gone = merging.locked(keep.pk, gone.pk)
    if merging.conflicts(keep, gone) and not confirmed:
        raise CanNotMerge(_("The two have different identifiers, as two works have. Confirm that they are one work."))
    changes = {article: states for article, states in _listings(keep, gone) if states[0] != states[1]}
    try:
        row = merging.merge(keep, gone, by=by, at=at, fill=fill, noted=json.dumps(changes))
    except merging.NotMerged as no:
        raise CanNotMerge(str(no)) from no
    Citation.objects.filter(source=gone).update(source=keep)
    for article, (_before, after) in changes.items():
        _list(article, keep, gone, after)
    _rely(keep, gone)
    return row


@transaction.atomic
def undo(row: Merge, *, by: User, at: datetime) -> merging.Undone:
    """Make two records of it again; citations go back by the key in the text. Raises CanNotMerge, NotAllowed."""
    roles.require(by, "merge_sources")
    try:
        undone = merging.undo(row, by=by, at=at)
    except merging.NotMerged as no:
        raise CanNotMerge(str(no)) from no
    keep, gone = undone.keep, undone.gone
    Citation.objects.filter(source=keep, key__in=[gone.key, *_alias_keys(gone)]).update(source=gone)
    _rely_again(keep, gone)
    now = {article: states[0] for article, states in _listings(keep, gone)}
    for article, (before, after) in json.loads(row.noted).items():
        if now.get(int(article), (False, False)) == tuple(after):  # else somebody has decided otherwise since
            _list(int(article), keep, gone, before)
    return undone


@transaction.atomic
def tell_apart(one: Source, other: Source, *, by: User, at: datetime) -> None:
    """Answer that two records which look alike are two works. Raises roles.NotAllowed."""
    roles.require(by, "merge_sources")
    first, second = sorted((one.pk, other.pk))
    pair, _made = Likeness.objects.get_or_create(one_id=first, other_id=second)
    pair.answered_at, pair.answered_by = at, by
    pair.save()


def _rely(keep: Source, gone: Source) -> None:
    """Editions stay as they are; what leans on the one record leans on the other now."""
    both = Reliance.objects.filter(source=keep).values("article")
    Reliance.objects.filter(source=gone).exclude(article__in=both).update(source=keep)
    for row in Reliance.objects.filter(source=gone).select_related("article"):
        reliances.post(row.article)


def _rely_again(keep: Source, gone: Source) -> None:
    """Each edition leans again on the record whose key it has. Read in bulk, for there may be thousands."""
    mine, theirs = ([source.key, *_alias_keys(source)] for source in (keep, gone))
    rows = list[Reliance]()
    for row in Reliance.objects.filter(source=keep).select_related("edition").iterator(AT_ONCE):
        words = row.edition.words()
        printed = {source.key: source.url for source in words.sources}
        cited = set(words.cited_keys()) & printed.keys()
        for source, keys in ((gone, theirs), (keep, mine)):
            key = next((key for key in keys if key in cited), None)
            if key:
                same = {"article_id": row.article_id, "edition_id": row.edition_id}
                rows.append(Reliance(**same, source=source, url=printed[key]))
    Reliance.objects.filter(source=keep).delete()
    Reliance.objects.bulk_create(rows, batch_size=500)


def _alias_keys(source: Source) -> list[str]:
    return list(Source.objects.filter(merged_into=source).order_by("key").values_list("key", flat=True))


def _after(keep: Source, gone: Source, fill: Collection[str]) -> CitedSource:
    """What the record that stays would read like."""
    wanted = [name for name in merging.fillable(keep, gone) if name in fill]
    other = cited_source(gone)
    shown = {name: getattr(other, name) for name in wanted if name in CitedSource.__slots__}
    return replace(cited_source(keep), **shown)


def _listings(keep: Source, gone: Source) -> Iterator[tuple[int, tuple[Listed, Listed]]]:
    """Each article that lists one of the two as uncited: how it does now, and how it would when they are one."""
    through = Article.uncited.through.objects
    rows = through.filter(source__in=[keep, gone]).order_by("article_id").values_list("article_id", "source_id")
    listed: dict[int, set[int]] = {}
    for article, source in rows:
        listed.setdefault(article, set()).add(source)
    citing = set(Citation.objects.filter(source__in=[keep, gone]).values_list("article_id", flat=True).distinct())
    for article, sources in listed.items():
        yield article, ((keep.pk in sources, gone.pk in sources), (article not in citing, False))


def _list(article: int, keep: Source, gone: Source, wanted: Listed) -> None:
    uncited = Article(pk=article).uncited
    for source, there in zip((keep, gone), wanted, strict=True):
        if there:
            uncited.add(source.pk)
        else:
            uncited.remove(source.pk)
