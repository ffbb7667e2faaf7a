"""How cited sources stand, for readers: retracted, doubted, corrected, or out of reach with a copy kept elsewhere.
Read when a page is shown, beside its words, so that no edition is touched. It is all that the public side asks of the
library."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

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
    that it is part of. One query, two where there is a notice, none without keys."""
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
    columns = ("pk", "key", "health", "notice", "archived")
    rows = Source.objects.order_by().filter(key__in=wanted)
    found = list(rows.values_list(*columns, *(f"merged_into__{name}" for name in columns)))
    # By key, the record that stands for it now: its number, its key, and how it stands.
    now: dict[str, Any] = {row[1]: row[5:] if row[5] else row[:5] for row in found}
    notices = _notices(number for number, _key, _health, notice, _copy in now.values() if notice)
    told = {
        key: _standing(health, notice, notices.get(number, ""), copy)
        for key, (number, _key, health, notice, copy) in now.items()
    }
    told = {key: standing for key, standing in told.items() if standing != Standing()}
    return told, {key: into for key, (_number, into, *_rest) in now.items() if into != key}


def _notices(numbers: Iterable[int]) -> dict[int, str]:
    """The DOI of the gravest notice about each of these records. One query, none without records: few pages lean on a
    work with a notice, and what asks for it takes longer to write than all the rest."""
    noticed = set(numbers)
    if not noticed:
        return {}
    dois = Source.objects.of_work(OuterRef(OuterRef("pk"))).values("doi")
    gravest = Subquery(Retraction.objects.of(dois).values("notice_doi")[:1])
    rows = Source.objects.order_by().filter(pk__in=noticed).annotate(notice_doi=gravest)
    return {number: doi or "" for number, doi in rows.values_list("pk", "notice_doi")}


def _standing(health: str, notice: str, notice_doi: str, copy: str) -> Standing:
    out_of_reach = health in OUT_OF_REACH
    return Standing(notice=notice, notice_doi=notice_doi if notice else "", copy=copy if out_of_reach else "")
