"""Works that somebody pastes into the citation dialog: those that the library has, and records of the others."""

import re
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.models import cited_source
from references import adding, identifiers, lookups, pasting
from references.formatting import ama
from references.forms import SourceForm
from references.models import Source
from references.reading.records import Refused
from references.rows import NAMES, names_of, record_of

MOST = 10  # works of one paste; a longer list is for the library's own import
# What a search for words never holds: an identifier, an address, or a sentence with a year in it.
_NAMES_A_WORK = re.compile(
    r"10\.\d{4}|https?:|www\.|pmid|pubmed|pmc\d|^\s*\d{5,8}\s*$|.{25,}\b(?:1[89]|20)\d\d\b", re.IGNORECASE | re.DOTALL
)


def named(text: str) -> tuple[list[Source], list[Source]]:
    """Works that this text names: those that the library has, and records of the others, which are not saved."""
    if not _NAMES_A_WORK.search(text):
        return [], []
    try:
        reading = pasting.read(text)
    except Refused:
        return [], []
    planned = adding.plan(replace(reading, found=reading.found[:MOST]))
    new = []
    for found, source in planned.made:
        source.title = found.record.title  # an identifier is no title: the person gives it one
        new.append(source)
    known = {source.pk: source for _found, source in planned.known if source.pk}
    return list(known.values()), new


def offered(source: Source) -> dict[str, Any]:
    """A work that the library does not have: as it would be printed, and what its form is filled with."""
    fields = {name: str(getattr(source, name) or "") for name in SourceForm.Meta.fields}
    return {"reference": ama(cited_source(source), html=False), "fields": fields}


def looked_up(typed: QueryDict) -> tuple[QueryDict, str]:
    """What was typed, its empty fields filled by Crossref or PubMed, and what to say of it. Nothing is saved."""
    work = record_of({name: typed.get(name, "") for name in NAMES}, kinds=set(Source.Kind.values))
    doi, pmid = identifiers.normalize_doi(work.doi), identifiers.normalize_pmid(work.pmid)
    (known,) = lookups.look_up([replace(work, doi=doi, pmid=pmid)])
    if known.record is None:
        return typed, " ".join(known.said)
    record, names = lookups.filled(work, known.record)
    filled = typed.copy()
    for name in ("kind", *names):
        value = getattr(record, name)
        filled[name] = "\n".join(value) if name == "authors" else value
    said = _("Filled in from %(service)s: %(fields)s. Look it through.") if names else _("%(service)s knows no more.")
    return filled, " ".join((*known.said, said % {"service": known.service, "fields": names_of(names)}))
