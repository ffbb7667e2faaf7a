"""News about a source as people read it, and what must be known of the sources of a page."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.desk import day
from articles.models import Article, Reliance
from references.health import State
from references.models import Retraction, Source, SourceChange

Kind = SourceChange.Kind
_SAID = {
    Kind.RETRACTED: gettext_lazy("The work has been retracted. Nothing new is published that leans on it."),
    Kind.CONCERN: gettext_lazy("The publisher has expressed concern about the work."),
    Kind.CORRECTION: gettext_lazy("The publisher has corrected the work."),
    Kind.SUPERSEDED: gettext_lazy("A newer source has taken its place."),
    Kind.TEXT: gettext_lazy("The text at this address is not the one that was there before."),
    Kind.RETIRED: gettext_lazy("The site was shut down: no host has this name any more."),
    Kind.DEAD: gettext_lazy("The page is gone: three looks over three days or more did not find it."),
    Kind.RECORD: gettext_lazy("The library says something else of this source than the page prints."),
    Kind.MOVED: gettext_lazy("The page has moved for good to another address."),
}
_BAD = (State.DEAD, State.RETIRED, State.SUPERSEDED, State.RETRACTED)


def said(kind: str) -> str:
    """What happened, in one sentence."""
    return str(_SAID[Kind(kind)])


def notice(kind: str, source: Source) -> str:
    """The DOI of the publisher's notice, where the news is one. At most one query."""
    if kind not in (Kind.RETRACTED, Kind.CONCERN, Kind.CORRECTION):
        return ""
    return Retraction.objects.of(source.dois()).values_list("notice_doi", flat=True).first() or ""


def differs(kind: str, source: Source, before: str, after: str) -> tuple[str, str]:
    """What was and what is, where a person can read it."""
    if kind not in (Kind.RECORD, Kind.MOVED):
        return ("", "")
    return (before or (source.url if kind == Kind.MOVED else ""), after)


def beside(article: Article, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What somebody who reads an article must know of its sources, by key, in sentences. Two queries."""
    rows = Source.objects.filter(key__in=list(keys)).select_related(
        "superseded_by__merged_into", "merged_into__superseded_by__merged_into"
    )
    sources = {row.key: row.kept() for row in rows}
    found = {key: list(_standing(source)) for key, source in sources.items()}
    waiting = Reliance.objects.filter(article=article).waiting().filter(kind__in=[Kind.TEXT, Kind.RECORD])
    for row in waiting:
        words = _("%(said)s Noticed on %(on)s, after the words online were last signed.")
        for key in (key for key, source in sources.items() if source.pk == row.source_id):
            found[key].append(words % {"said": _SAID[row.kind], "on": day(row.since)})
    return {key: tuple(lines) for key, lines in found.items() if lines}


def _standing(source: Source) -> Iterator[str]:
    facts = {"health": source.get_health_display(), "notice": source.get_notice_display()}
    if source.health in _BAD:
        facts["since"] = day(source.health_since) if source.health_since else "–"
        yield _("This source: %(health)s, since %(since)s.") % facts
    if source.notice and source.health != State.RETRACTED:
        yield _("The list of retractions says of this source: %(notice)s.") % facts
    if newer := source.successor():
        yield _("A newer source: %(title)s") % {"title": newer}
