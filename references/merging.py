"""Two records that are one work: the one that goes stays as an alias of the one that stays, and it can be undone.

Nobody is asked for permission here, and nobody is known who leans on the records: that is `articles.library`.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from references import retracting
from references.models import Likeness, Merge, Source, SourceChange
from references.models.retraction import Retraction

# What the record that stays can get from the one that goes.
FIELDS = (
    *("authors", "organization", "container", "publisher", "published", "edition", "volume", "issue", "pages"),
    *("url", "accessed", "archived", "superseded_by", "doi", "pmid"),
)
# By these the work is recognized, and a retraction follows them, so they always come along.
IDENTIFIERS = ("doi", "pmid")


class NotMerged(Exception):
    """Nothing was changed; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Undone:
    """`left` are fields that were filled in and stay, because somebody has edited them since."""

    keep: Source
    gone: Source
    left: tuple[str, ...]


def fillable(keep: Source, gone: Source) -> list[str]:
    """Fields that are empty in the one record and known in the other."""
    return [name for name in FIELDS if not getattr(keep, name) and getattr(gone, name)]


def conflicts(keep: Source, gone: Source) -> list[str]:
    """Identifiers of which the two have different ones: usually two works, so a person has to confirm."""
    return [n for n in IDENTIFIERS if getattr(keep, n) and getattr(gone, n) and getattr(keep, n) != getattr(gone, n)]


def problems(keep: Source, gone: Source) -> Iterator[str]:
    """Why these two can not be merged, whatever a person confirms."""
    if keep.pk == gone.pk:
        yield _("These are one record. Choose two.")
        return
    for source in (keep, gone):
        if source.merged_into:
            facts = {"key": source.key, "other": source.merged_into}
            yield _("The record %(key)s was merged into “%(other)s” already. Choose that one.") % facts
    if keep.successor() == gone or gone.successor() == keep:
        yield _("One of the two is recorded as having taken the other's place. Two editions are two records.")
    retracted = Retraction.Nature.RETRACTION
    if gone.notice == retracted and keep.notice != retracted and keep.doi:
        yield _("The record that would go is retracted, and this would hide it. Keep that one instead.")


@transaction.atomic
def merge(
    keep: Source, gone: Source, *, by: Any, at: datetime, fill: Collection[str] = FIELDS, noted: str = ""
) -> Merge:
    """Let `gone` lead to `keep`, whose empty fields named in `fill` get its values. Raises NotMerged."""
    keep, gone = locked(keep.pk, gone.pk)
    for problem in problems(keep, gone):
        raise NotMerged(problem)
    wanted = [name for name in fillable(keep, gone) if name in fill or name in IDENTIFIERS]
    filled = {name: _text(gone, name) for name in wanted}
    row = Merge.objects.create(keep=keep, gone=gone, filled=json.dumps(filled), noted=noted, by=by, at=at)
    Source.objects.filter(Q(pk=gone.pk) | Q(merged_into=gone)).update(merged_into=keep)
    for name in wanted:
        setattr(keep, name, getattr(gone, name))
    if wanted:
        keep.save()
    retracting.flag(Source.objects.filter(pk=keep.pk))
    SourceChange.log([(gone.pk, SourceChange.Kind.MERGED, gone.key, keep.key)], at=at)
    return row


@transaction.atomic
def undo(row: Merge, *, by: Any, at: datetime) -> Undone:
    """Make two records of it again, as they were. Raises NotMerged."""
    keep, gone = locked(row.keep_id, row.gone_id)
    row = Merge.objects.get(pk=row.pk)
    if row.undone_at:
        raise NotMerged(_("This merge was undone already."))
    if keep.merged_into:
        facts = {"key": keep.key, "other": keep.merged_into}
        raise NotMerged(_("The record %(key)s was merged into “%(other)s” since. Undo that first.") % facts)
    filled: dict[str, str] = json.loads(row.filled)
    left = tuple(name for name, value in filled.items() if _text(keep, name) != value)
    for name in filled.keys() - {*left}:
        setattr(keep, name, None if name in ("accessed", "superseded_by") else "")
    if filled:
        keep.save()
    _refuse_twins(gone)
    Source.objects.filter(pk__in=aliases(gone)).update(merged_into=gone)
    Source.objects.filter(pk=gone.pk).update(merged_into=None)
    Likeness.look([Source.objects.get(pk=gone.pk)])
    retracting.flag(Source.objects.filter(pk__in=[keep.pk, gone.pk]))
    row.undo(by=by, at=at)
    SourceChange.log([(gone.pk, SourceChange.Kind.PARTED, keep.key, gone.key)], at=at)
    return Undone(keep, gone, left)


def aliases(source: Source) -> list[int]:
    """Keys (pk) of the records that were merged into this one, at once or by way of others."""
    found = [source.pk]
    for pk in found:
        found += Merge.objects.standing().filter(keep_id=pk).values_list("gone_id", flat=True)
    return found[1:]


def locked(*pks: int) -> list[Source]:
    """The records, fresh and locked in the order of keys, which everybody keeps."""
    rows = Source.objects.select_for_update(of=("self",)).select_related("merged_into").order_by("pk").in_bulk(pks)
    return [rows[pk] for pk in pks]


def _refuse_twins(gone: Source) -> None:
    """Of two records that stand for themselves no identifier is the same."""
    twins = Source.objects.unmerged().same_work(doi=gone.doi, pmid=gone.pmid, url=gone.url)
    if twin := twins.first():
        raise NotMerged(
            _("“%(twin)s” (key %(key)s) has the same DOI, PMID or web address now. Take it out there first.")
            % {"twin": twin, "key": twin.key}
        )


def _text(source: Source, name: str) -> str:
    value = getattr(source, name)
    if isinstance(value, Source):
        return str(value.pk)
    return value.isoformat() if isinstance(value, date) else value or ""
