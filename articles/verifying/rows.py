"""Sealed rows against their seals: none changed, none gone, none that was never sealed."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from articles.models import Seal, hash_of
from articles.triggers import sealed_models
from articles.verifying.problem import Problem

MADE, FILLED = Seal.Event.MADE.value, Seal.Event.FILLED.value


def broken(*, tick: Callable[[], object]) -> Iterator[Problem]:
    """What is wrong with the rows of every sealed table."""
    known = {str(model._meta.model_name) for model in sealed_models()}
    for table in Seal.objects.exclude(table__in=known).order_by().values_list("table", flat=True).distinct():
        yield Problem(table, _("is a table of seals that this release does not know"))
    for model in sealed_models():
        yield from _table(model, tick)


def _table(model: Any, tick: Callable[[], object]) -> Iterator[Problem]:
    """Rows and seals are read side by side, both in the order of the rows, so that memory does not grow with them."""
    name = str(model._meta.model_name)
    sealed = Seal.objects.filter(table=name).order_by("row", "number").values_list("row", "event", "row_hash")
    groups = (
        (pk, {event: hashed for _pk, event, hashed in found}) for pk, found in groupby(sealed.iterator(2000), _pk)
    )
    waiting = next(groups, None)
    for row in model._base_manager.order_by("pk").iterator(200):
        tick()
        while waiting and waiting[0] < row.pk:
            yield Problem(f"{name} {waiting[0]}", _("was deleted"))
            waiting = next(groups, None)
        if waiting is None or waiting[0] != row.pk:
            yield Problem(f"{name} {row.pk}", _("was never sealed: it was not written by this site"))
            continue
        yield from _row(row, waiting[1])
        waiting = next(groups, None)
    for pk, _found in [*([waiting] if waiting else []), *groups]:
        yield Problem(f"{name} {pk}", _("was deleted"))


def _pk(sealed: tuple[int, str, str]) -> int:
    return sealed[0]


def _row(row: Any, events: dict[str, str]) -> Iterator[Problem]:
    name = f"{row._meta.model_name} {row.pk}"
    changed = bool(row.fill_once and getattr(row, row.fill_once[0]))
    if changed is not (FILLED in events):
        extra, lost = _("has a later change that was never sealed"), _("lost its sealed later change")
        yield Problem(name, extra if changed else lost)
        return
    if {event: hash_of(row, event=event) for event in events} != events or MADE not in events:
        yield Problem(name, _("is not as it was sealed"))
