"""Likeness: two records look as if they were one work, and what a person answered."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from references import titles

AT_ONCE = 400  # records in one question to the database
CROWD = 60  # so many records that begin alike are a series, and to begin alike says nothing


class _Row(NamedTuple):
    pk: int
    title: str
    published: str
    title_head: str
    title_tail: str


class LikenessQuerySet(models.QuerySet["Likeness"]):
    def unanswered(self) -> "LikenessQuerySet":
        """Pairs of which nobody has said yet that they are two works, both still records of their own."""
        return self.filter(answered_at=None, one__merged_into=None, other__merged_into=None)

    def of(self, source: Any) -> "LikenessQuerySet":
        return self.filter(models.Q(one=source) | models.Q(other=source))


class Likeness(models.Model):
    """Found by title and year. `one` is the older record. An answer stays, whatever is found again."""

    one = models.ForeignKey("references.Source", models.CASCADE, related_name="likenesses")
    other = models.ForeignKey("references.Source", models.CASCADE, related_name="likenesses_of_newer")
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = LikenessQuerySet.as_manager()

    class Meta:
        verbose_name = _("likeness")
        verbose_name_plural = _("likenesses")
        constraints: ClassVar = [models.UniqueConstraint(fields=["one", "other"], name="likeness_once")]

    def __str__(self) -> str:
        return f"{self.one} ~ {self.other}"

    @classmethod
    def look(cls, sources: Iterable[Any]) -> None:
        """Find records like these, and keep the pairs. Pairs that are no longer alike and unanswered are dropped."""
        fresh = list(sources)
        for start in range(0, len(fresh), AT_ONCE):
            chunk = fresh[start : start + AT_ONCE]
            found = pairs(chunk, type(chunk[0]).objects.unmerged())
            if len(chunk) == 1:
                cls.objects.of(chunk[0]).filter(answered_at=None).exclude(
                    models.Q(one__in=[one for one, _other in found], other__in=[other for _one, other in found])
                ).delete()
            Likeness.objects.bulk_create(
                (Likeness(one_id=one, other_id=other) for one, other in found), ignore_conflicts=True
            )


def pairs(sources: Sequence[Any], library: models.QuerySet[Any]) -> set[tuple[int, int]]:
    """Keys of these and of the records of `library` that look like one of them."""
    return {(min(source.pk, pk), max(source.pk, pk)) for source, pk in resembling(sources, library)}


def resembling(sources: Sequence[Any], library: models.QuerySet[Any]) -> Iterator[tuple[Any, int]]:
    """Each of these, saved or not, with the key of each record of `library` that looks like it: among those that
    share an end of their title. One query."""
    ends = {source.title: titles.ends(source.title) for source in sources}
    heads, tails = ({both[side] for both in ends.values()} for side in (0, 1))
    sharing = models.Q(title_head__in=heads) | models.Q(title_tail__in=tails)
    groups: dict[tuple[str, str], list[_Row]] = {}
    for row in map(_Row._make, library.filter(sharing).values_list(*_Row._fields)):
        for group in (("whole", titles.key(row.title)), ("head", row.title_head), ("tail", row.title_tail)):
            groups.setdefault(group, []).append(row)
    yield from (
        (source, row.pk)
        for source in sources
        for group in (("whole", titles.key(source.title)), *zip(("head", "tail"), ends[source.title], strict=True))
        for row in groups.get(group, ())[:CROWD]
        if row.pk != source.pk
        and (group[0] == "whole" or len(groups[group]) < CROWD)
        and titles.same_year(source.published, row.published)
        and titles.alike(source.title, row.title)
    )
