"""What Crossref knows of a DOI and PubMed of a PMID. Nothing is stored: a person sees what would be filled in."""

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from references import background, fetching
from references.looking import Answer, Outcome
from references.reading import crossref, pubmed
from references.reading.crossref import Known
from references.reading.records import Record

MOST = 20  # works in one press of a button
PAUSE = 0.4  # seconds between two requests to one service; PubMed allows three in a second
PATIENCE = 10.0  # seconds that somebody waits for the turn of somebody else
CROSSREF, PUBMED = "Crossref", "PubMed"


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a service knows of one work, or None; and sentences for a person: why not, or what else is known."""

    service: str = ""
    record: Record | None = None
    said: tuple[str, ...] = ()


class _Turns:
    """One run at a time in this process, and none sooner than PAUSE after the one before."""

    def __init__(self) -> None:
        self._lock, self._free = threading.Lock(), 0.0

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Whether our turn came while we had patience."""
        if not self._lock.acquire(timeout=PATIENCE):
            yield False
            return
        try:
            time.sleep(max(0.0, self._free - time.monotonic()))
            yield True
        finally:
            self._free = time.monotonic() + PAUSE
            self._lock.release()


_turns = _Turns()


def is_on() -> bool:
    """Whether this site asks other services at all."""
    on: bool = settings.SOURCE_LOOKUPS
    return on


def look_up(works: Sequence[Record]) -> list[Lookup]:
    """One answer for each work, in order; of more than MOST works the last are not asked for."""
    if not is_on():
        return [Lookup(said=(_("Looking up is switched off on this site."),)) for _work in works]
    asked = works[:MOST]
    with _turns.taken() as ours:
        if not ours:
            return [Lookup(said=(_("Somebody else is looking works up. Try again in a moment."),)) for _work in works]
        by_doi = _crossref([work.doi for work in asked if work.doi])
        by_pmid = _pubmed([work.pmid for work in asked if work.pmid and not work.doi])
    more = Lookup(said=(_("Not looked up yet: %(most)d works at a time.") % {"most": MOST},))
    nothing = Lookup(said=(_("Only a DOI or a PMID can be looked up."),))
    found = [by_doi[one.doi] if one.doi else by_pmid[one.pmid] if one.pmid else nothing for one in asked]
    return found + [more] * (len(works) - len(asked))


def filled(work: Record, known: Record) -> tuple[Record, tuple[str, ...]]:
    """The work with its empty fields filled, and their names. What a person typed is never changed."""
    values: dict[str, Any] = {field.name: getattr(known, field.name) for field in fields(Record)}
    if work.authors or work.organization:  # one of the two is the author, whatever the service says
        values.pop("authors"), values.pop("organization")
    new = {name: value for name, value in values.items() if value and name != "kind" and not getattr(work, name)}
    kind = known.kind if work.is_bare else work.kind  # that of a work without a title was a guess
    return replace(work, **new, kind=kind), tuple(new)


def _crossref(dois: Sequence[str]) -> dict[str, Lookup]:
    query = "?" + urlencode({"mailto": settings.CONTACT_EMAIL}) if settings.CONTACT_EMAIL else ""
    base = settings.CROSSREF_API.rstrip("/")
    found: dict[str, Lookup] = {}
    for doi, answer in _answers({doi: f"{base}/works/{quote(doi, safe='')}{query}" for doi in dois}):
        found[doi] = _of_crossref(doi, answer)
        if answer.status not in {200, 404}:  # it would say the same of the others
            return {one: found.get(one, found[doi]) for one in dois}
    return found


def _of_crossref(doi: str, answer: Answer) -> Lookup:
    if answer.status == 404:
        said = _("Crossref does not know the DOI %(doi)s. Check it; data sets are often registered elsewhere.")
        return Lookup(CROSSREF, said=(said % {"doi": doi},))
    if trouble := _trouble(CROSSREF, answer):
        return Lookup(CROSSREF, said=(trouble,))
    try:
        return _known(CROSSREF, crossref.read(answer.body))
    except (ValueError, RecursionError):
        return Lookup(CROSSREF, said=(_unreadable(CROSSREF),))


def _pubmed(pmids: Sequence[str]) -> dict[str, Lookup]:
    """All of them in one question."""
    if not pmids:
        return {}
    who = {"tool": settings.EXAMINER_NAME.partition("/")[0], "email": settings.CONTACT_EMAIL}
    query = {"db": "pubmed", "retmode": "json", "version": "2.0", "id": ",".join(pmids), **who}
    address = f"{settings.PUBMED_API.rstrip('/')}/esummary.fcgi?{urlencode(query, safe=',')}"
    answer = dict(_answers({PUBMED: address})).get(PUBMED, Answer(Outcome.UNREACHABLE))
    if trouble := _trouble(PUBMED, answer):
        return dict.fromkeys(pmids, Lookup(PUBMED, said=(trouble,)))
    try:
        known = pubmed.read(answer.body)
    except (ValueError, RecursionError):
        return dict.fromkeys(pmids, Lookup(PUBMED, said=(_unreadable(PUBMED),)))
    unknown = _("PubMed does not know the PMID %(pmid)s. Check it.")
    return {
        one: _known(PUBMED, known[one]) if one in known else Lookup(PUBMED, said=(unknown % {"pmid": one},))
        for one in pmids
    }


def _answers(addresses: Mapping[str, str]) -> Iterator[tuple[str, Answer]]:
    manners = fetching.Manners(
        name=settings.EXAMINER_NAME, at_once=2, pause=PAUSE, connect=5, read=8, total=10, redirects=3
    )
    with closing(background.stream(fetching.answers(addresses, manners=manners, accept="application/json"))) as found:
        yield from found


def _known(service: str, known: Known) -> Lookup:
    said = [_UPDATES[kind]() % {"service": service} for kind in known.updates if kind in _UPDATES]
    if known.preprint_of:
        preprint = _("This is a preprint. The published article is doi:%(doi)s.")
        said.append(preprint % {"doi": known.preprint_of})
    return Lookup(service, known.record, tuple(said))


def _retracted() -> str:
    return _("%(service)s says that this work was retracted.")


_UPDATES = {
    **dict.fromkeys(("retraction", "withdrawal", "removal"), _retracted),
    "partial_retraction": lambda: _("%(service)s says that a part of this work was retracted."),
    "expression_of_concern": lambda: _("%(service)s has an expression of concern about this work."),
    **dict.fromkeys(("correction", "erratum"), lambda: _("%(service)s has a correction of this work.")),
}


def _trouble(service: str, answer: Answer) -> str:
    """Why there is no answer to read, "" if there is one."""
    names = {"service": service, "seconds": answer.retry_after, "status": answer.status}
    if answer.outcome == Outcome.TIMEOUT:
        return _("%(service)s did not answer in time. Fill in the fields by hand, or try again later.") % names
    if answer.outcome != Outcome.ANSWERED:
        return _("%(service)s could not be reached. Fill in the fields by hand, or try again later.") % names
    if answer.status == 429 and answer.retry_after:
        return _("%(service)s asks us to wait %(seconds)d seconds. Try again then.") % names
    if answer.status == 429:
        return _("%(service)s is asked too much. Try again in a few minutes.") % names
    if answer.status != 200:
        return _("%(service)s has a trouble of its own (status %(status)d). Try again later.") % names
    return ""


def _unreadable(service: str) -> str:
    return _("The answer of %(service)s could not be read. Fill in the fields by hand.") % {"service": service}
