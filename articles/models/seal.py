"""Seal and Chain: every row that is kept for ever, sealed in the order in which it was written (design §5)."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles import seals
from articles.content import parts_hash
from references.models.frozen import FrozenModel, FrozenQuerySet
from references.models.many import insert_values


class Seal(FrozenModel):
    """One event: a row was made, or its one later change."""

    class Event(models.TextChoices):
        MADE = "made", _("made")
        FILLED = "filled", _("filled")

    number = models.PositiveBigIntegerField(unique=True)
    table = models.CharField(max_length=40)
    row = models.PositiveBigIntegerField()
    event = models.CharField(max_length=6, choices=Event)
    row_hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    objects = FrozenQuerySet["Seal"].as_manager()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "row", "event"], name="seal_event_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.table} {self.row} {self.event}"


class Chain(models.Model):
    """The head of the chain, one row: how many seals there are, the last of them, and the signature of both."""

    count = models.PositiveBigIntegerField(default=0)
    last = models.CharField(max_length=64, default=seals.GENESIS)
    signature = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("head of the chain")
        verbose_name_plural = _("heads of the chain")

    def __str__(self) -> str:
        return f"{self.count}: {self.last}"

    @classmethod
    def append(cls, events: Iterable[tuple[models.Model, str]]) -> None:
        """Seal these events of rows in their order. The head stays locked until the transaction ends."""
        head, made = cls._locked(), []
        parts = cache(parts_hash)  # of a row that is made together with its later change, the words are read once
        for row, event in events:
            head.count += 1
            sealed = hash_of(row, event=event, parts=parts)
            place = (row._meta.model_name or "", row.pk, event)
            head.last = seals.link(head.last, number=head.count, row=place, row_hash=sealed)
            made.append((head.count, *place, sealed, head.last))
        insert_values(Seal, made)
        head.signature = seals.sign(settings.SEAL_KEY, count=head.count, last=head.last)
        head.save()

    @classmethod
    def _locked(cls) -> "Chain":
        """The one row; of two hands that seal the very first row of a site, the second waits here."""
        locked = cls.objects.select_for_update()
        found = locked.filter(pk=1).first()
        if found is None:
            cls.objects.get_or_create(pk=1)
            found = locked.get(pk=1)
        return found


class SealedModel(FrozenModel):
    """Append-only, and sealed by whoever writes it."""

    class Meta:
        abstract = True

    @classmethod
    def written(cls, rows: Sequence[Any], event: str) -> None:
        """Seal them. A row that is made together with its later change was made, and changed."""
        events = [(row, event) for row in rows]
        if event == Seal.Event.MADE and cls.fill_once:
            changed = [row for row in rows if getattr(row, cls.fill_once[0])]
            events += [(row, Seal.Event.FILLED.value) for row in changed]
        Chain.append(events)


def hash_of(row: Any, *, event: str, parts: Callable[[str], str] = parts_hash) -> str:
    """The hash of a frozen row as it stands, or ("made") as it was before its later change.

    `parts` says what stored words hash to, for who asks it of the same words again."""
    values = {name: getattr(row, name) for name in _sealed(row.__class__, event)}
    return seals.row_hash(values, row.texts, parts=parts)


@cache
def _sealed(model: Any, event: str) -> tuple[str, ...]:
    left_out = {*model.thinned, *(model.fill_once if event == "made" else ())}
    return tuple(field.attname for field in model._meta.concrete_fields if field.name not in left_out)
