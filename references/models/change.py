"""SourceChange: news about a source, for whoever leans on it. The library itself knows nobody who does."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from references.models.frozen import FrozenModel, FrozenQuerySet

# Who wants to hear of news once it is committed, as numbers of sources: the library knows nobody by name.
FOLLOWERS: list[Callable[[frozenset[int]], object]] = []


class ChangeCounter(models.Model):
    """How many changes there are, one row. Locked until commit, so that numbers appear in order and none is missing."""

    count = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("counter of changes")
        verbose_name_plural = _("counters of changes")

    def __str__(self) -> str:
        return str(self.count)

    @classmethod
    def locked(cls) -> "ChangeCounter":
        """The one row; of two hands that write the very first change, the second waits here."""
        rows = cls.objects.select_for_update()
        found = rows.filter(pk=1).first()
        if found is None:
            cls.objects.get_or_create(pk=1)
            found = rows.get(pk=1)
        return found


class SourceChange(FrozenModel):
    """Written in the transaction that changes the source."""

    class Kind(models.TextChoices):
        DEAD = "dead", _("dead")
        RETIRED = "retired", _("host shut down")
        RETRACTED = "retracted", _("retracted")
        CONCERN = "concern", _("expression of concern")
        CORRECTION = "correction", _("corrected by its publisher")
        CLEARED = "cleared", _("no longer retracted, corrected or doubted")
        SUPERSEDED = "superseded", _("superseded")
        MOVED = "moved", _("moved")
        TEXT = "text changed", _("its text changed")
        RECORD = "record", _("our record of it changed")
        BACK = "back again", _("there again")
        MERGED = "merged", _("merged into another record")
        PARTED = "parted", _("a record of its own again")

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    source = models.ForeignKey("references.Source", models.PROTECT, related_name="changes")
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)

    objects = FrozenQuerySet["SourceChange"].as_manager()

    class Meta:
        verbose_name = _("change of a source")
        verbose_name_plural = _("changes of sources")
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind}"

    @classmethod
    def log(cls, news: Iterable[tuple[int, "SourceChange.Kind", str, str]], *, at: datetime) -> None:
        """Number and write news: key of the source, kind, before, after. Inside the transaction of what they report."""
        found = list(news)
        if not found:
            return
        counter = ChangeCounter.locked()
        rows: list[Any] = []
        for source, kind, before, after in found:
            counter.count += 1
            said = {"kind": kind, "before": before, "after": after}
            rows.append(cls(number=counter.count, source_id=source, at=at, **said))
        cls.objects.bulk_create(rows)
        counter.save()
        sources = frozenset(row.source_id for row in rows)
        for follower in FOLLOWERS:
            _tell_later(follower, sources)


def _tell_later(follower: Callable[[frozenset[int]], object], sources: frozenset[int]) -> None:
    # Not a partial: should it fail, Django names the function in its log, and a partial has no name.
    def told() -> None:
        follower(sources)

    transaction.on_commit(told, robust=True)
