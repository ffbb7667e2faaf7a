"""How cited sources stand, for readers: retracted, doubted, corrected, or out of reach with a copy kept elsewhere.
Read when a page is shown, beside its words, so that no edition is touched. It is all that the public side asks of the
library."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from articles.page import Standing
from references.health import State
from references.models import Retraction, Source

OUT_OF_REACH = (State.DEAD, State.RETIRED)


@dataclass(frozen=True, slots=True)
class Looked:
    """What readers must know, by key; and the keys of all records that were looked at to know it."""

    told: dict[str, Standing]
    keys: frozenset[str]


def of(keys: Iterable[str]) -> dict[str, Standing]:
    """By key, of those sources about which a reader must know something; a record that was merged stands as the one
    that it is part of. One query, none without keys."""
    return look(keys).told


def look(keys: Iterable[str]) -> Looked:
    """The same, and where it was found."""
    wanted = tuple(keys)
    return looks([wanted])[wanted]


def looks(many: Collection[tuple[str, ...]]) -> dict[tuple[str, ...], Looked]:
    """The same for the keys of many pages. One query, none without keys."""
    told, into = _found(sorted({key for keys in many for key in keys}))
    return {
        keys: Looked(
            {key: told[key] for key in keys if key in told},
            frozenset([*keys, *(into[key] for key in keys if key in into)]),
        )
        for keys in many
    }


def _found(wanted: list[str]) -> tuple[dict[str, Standing], dict[str, str]]:
    """How sources stand that stand in any way, and the keys of the records that others are part of."""
    if not wanted:
        return {}, {}
    dois = Source.objects.of_work(OuterRef(OuterRef("now"))).values("doi")
    notice = Retraction.objects.of(dois).values("notice_doi")
    rows: Any = Source.objects.order_by().filter(key__in=wanted)  # mypy knows no column of two `annotate`
    rows = rows.annotate(now=Coalesce("merged_into", "pk"), now_health=_now("health"), now_notice=_now("notice"))
    rows = rows.annotate(now_archived=_now("archived"), notice_doi=Subquery(notice[:1]))
    found = list(rows.values_list("key", "now_health", "now_notice", "notice_doi", "now_archived", "merged_into__key"))
    told = {key: _standing(health, notice, doi or "", copy) for key, health, notice, doi, copy, _into in found}
    told = {key: standing for key, standing in told.items() if standing != Standing()}
    return told, {row[0]: row[-1] for row in found if row[-1]}


def _now(name: str) -> Coalesce:
    return Coalesce(F(f"merged_into__{name}"), F(name))


def _standing(health: str, notice: str, notice_doi: str, copy: str) -> Standing:
    out_of_reach = health in OUT_OF_REACH
    return Standing(notice=notice, notice_doi=notice_doi if notice else "", copy=copy if out_of_reach else "")
