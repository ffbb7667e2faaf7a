"""Take in a list of retractions, and flag those of our sources that it names."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from references import identifiers
from references.models import Retraction, Source, SourceChange

_AT_ONCE = 2000  # rows in one statement
_LONGEST = 200  # characters of a DOI that the table holds
# Names of columns: of the reduced list, and of the one that Crossref gives out.
_COLUMNS = (("doi", "OriginalPaperDOI"), ("notice_doi", "RetractionDOI"), ("nature", "RetractionNature"))
_NATURES = {
    "retraction": Retraction.Nature.RETRACTION.value,
    "concern": Retraction.Nature.CONCERN.value,
    "expression of concern": Retraction.Nature.CONCERN.value,
    "correction": Retraction.Nature.CORRECTION.value,
    "reinstatement": "",
}
# Of several rows about one DOI the heaviest counts; that it was reinstated ends them all.
_WEIGHTS = {"correction": 1, "concern": 2, "retraction": 3, "": 4}

Notice = tuple[str, str]  # nature, DOI of the notice


class NoList(Exception):
    """The file is no list of retractions; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a list held, what it changed, and how many of our sources stand otherwise than before."""

    named: int
    skipped: int
    changed: int
    removed: int
    flagged: int


def load(lines: Iterable[str], *, whole: bool = False) -> Loaded:
    """Take in a CSV file, line by line; taking it in again changes nothing. Raises NoList.

    `whole`: the file is the whole list, so what it does not name is retracted no longer.
    """
    named, skipped = _read(csv.DictReader(lines))
    with transaction.atomic():
        known = {doi: (nature, notice) for doi, nature, notice in _known()}
        changed = {doi: said for doi, said in named.items() if said[0] and known.get(doi) != said}
        gone = [doi for doi in known if (whole and doi not in named) or named.get(doi, ("?", ""))[0] == ""]
        _write(changed)
        for at in range(0, len(gone), _AT_ONCE // 4):
            Retraction.objects.filter(doi__in=gone[at : at + _AT_ONCE // 4]).delete()
        flagged = flag()
    return Loaded(len(named), skipped, len(changed), len(gone), flagged)


def flag(sources: QuerySet[Source] | None = None) -> int:
    """Bring sources, by default all, in line with the list; returns how many were not.

    A notice about the DOI of a record that was merged concerns the one that it is part of, too.
    """
    at = timezone.now()
    dois = Source.objects.of_work(OuterRef(OuterRef("pk"))).values("doi")
    said = Subquery(Retraction.objects.of(dois).values("nature")[:1])
    rows = Source.objects.all() if sources is None else sources
    wrong = rows.annotate(said=Coalesce(said, Value(""))).exclude(notice=F("said"))
    natures = dict(wrong.values_list("pk", "said"))
    with transaction.atomic():
        found = Source.objects.select_for_update().order_by("pk").in_bulk(list(natures))
        news = [(pk, *one) for pk, source in found.items() for one in source.heed(natures[pk], at=at)]
        for pk, source in found.items():  # as in examining.write: `bulk_update` takes far longer
            Source.objects.filter(pk=pk).update(**{name: getattr(source, name) for name in Source.STANDING})
        SourceChange.log(news, at=at)
    return len(found)


def _known() -> Iterable[tuple[str, str, str]]:
    return Retraction.objects.values_list("doi", "nature", "notice_doi").iterator(_AT_ONCE)


def _write(changed: Mapping[str, Notice]) -> None:
    rows = (Retraction(doi=doi, nature=nature, notice_doi=notice) for doi, (nature, notice) in changed.items())
    kept = {"update_conflicts": True, "unique_fields": ["doi"], "update_fields": ["nature", "notice_doi"]}
    Retraction.objects.bulk_create(rows, batch_size=_AT_ONCE, **kept)  # type: ignore[arg-type]


def _read(reader: "csv.DictReader[str]") -> tuple[dict[str, Notice], int]:
    """The heaviest notice of each DOI, and how many rows say nothing that we understand."""
    doi_column, notice_column, nature_column = _columns(reader.fieldnames or ())
    found: dict[str, Notice] = {}
    skipped = 0
    for row in reader:
        doi = identifiers.normalize_doi(row[doi_column] or "")
        nature = _NATURES.get((row[nature_column] or "").strip().lower())
        if nature is None or not doi or len(doi) > _LONGEST:
            skipped += 1
        elif doi not in found or _WEIGHTS[nature] > _WEIGHTS[found[doi][0]]:
            found[doi] = nature, identifiers.normalize_doi(row[notice_column] or "")[:_LONGEST]
    return found, skipped


def _columns(names: Iterable[str]) -> list[str]:
    there = list(names)
    columns = [next((name for name in either if name in there), "") for either in _COLUMNS]
    if "" in columns:
        missing = " / ".join(_COLUMNS[columns.index("")])
        raise NoList(_("This is no list of retractions: it has no column %(column)s.") % {"column": missing})
    return columns
