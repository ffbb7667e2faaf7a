"""What has changed for readers since a number, as addresses and sources."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.models import Q
from django.db.models.functions import Coalesce

from articles.models import Edition, Published, ReaderChange, ReaderCounter
from articles.outdated.watched import Kind
from leukemia_site.front.changes import ANY, Answer, Change
from references.models import Source

MOST = 1_000  # changes that are told one by one; whoever has missed more begins anew

Found = dict[str, set[str]]  # by the key that was written down: keys of pages, or of sources
PAGE, SOURCE = "page", "source"


def since(number: int) -> Answer:
    """All changes after this number; or everything, where the log cannot tell: it has forgotten, or it never knew.

    Two queries, and a few more where something has changed.
    """
    # What there is before how far it goes: whatever is committed in between is asked for the next time.
    found = list(ReaderChange.objects.filter(number__gt=number).order_by("number", "pk")[: MOST + 1])
    counter = ReaderCounter.objects.filter(pk=1).first()
    if counter is None:
        return Answer(0, ((0, ANY),))
    if len(found) > MOST or not counter.floor <= number <= counter.number:
        return Answer(counter.number, ((counter.number, ANY),))
    changes = tuple(dict.fromkeys(_changes(found)))
    return Answer(found[-1].number or number if found else number, changes, gone=_gone(changes))


def _changes(rows: Sequence[ReaderChange]) -> Iterator[Change]:
    keys: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        keys[row.kind].add(row.key)
    found = {kind: (what, look(keys[kind])) for kind, (what, look) in _LOOKS.items() if kind in keys}
    for row in rows:
        what, named = found.get(row.kind, ("", {}))
        if row.kind == Kind.ALL:
            yield row.number or 0, ANY
        elif named.get(row.key):
            yield from ((row.number or 0, f"{what}:{key}") for key in sorted(named[row.key]))
        else:  # nothing that stands for itself; what leans on everything is outdated all the same
            yield row.number or 0, f"{row.kind}:{row.key}"


def _gone(changes: Iterable[Change]) -> frozenset[str]:
    """Those that name an address at which no page stands any more, and which leads to none."""
    named = frozenset(tag.removeprefix(f"{PAGE}:") for _number, tag in changes if tag.startswith(f"{PAGE}:"))
    return frozenset(f"{PAGE}:{slug}" for slug in withdrawn(named))


def withdrawn(slugs: frozenset[str]) -> frozenset[str]:
    """Which of these addresses have no page any more, and lead to none. One query."""
    there = Published.objects.filter(Q(edition__isnull=False) | Q(moved_to__isnull=False), pk__in=slugs)
    return slugs.difference(there.values_list("pk", flat=True)) if slugs else slugs


def _itself(keys: set[str]) -> Found:
    return {key: {key} for key in keys}


def _of_articles(keys: set[str]) -> Found:
    """Every address of these articles."""
    found: Found = defaultdict(set)
    numbers = [int(key) for key in keys]
    for slug, article in Published.objects.filter(article__in=numbers).values_list("slug", "article_id"):
        found[str(article)].add(slug)
    return found


def _of_editions(keys: set[str]) -> Found:
    pairs = list(Edition.objects.filter(pk__in=keys).order_by().values_list("pk", "article_id"))
    slugs = _of_articles({str(article) for _pk, article in pairs})
    return {str(pk): slugs.get(str(article), set()) for pk, article in pairs}


def _of_sources(keys: set[str]) -> Found:
    """Every key of the works that these records are part of: they stand together."""
    works = _works(Q(pk__in=keys))
    return _keyed(works, lambda pk, _doi: str(pk), keys)


def _of_dois(keys: set[str]) -> Found:
    return _keyed(_works(Q(doi__in=keys)), lambda _pk, doi: doi, keys)


Row = tuple[int, int, str, str]  # of a record: its number, that of its work, its key and its DOI


def _works(records: Q) -> list[Row]:
    """All records of the works that one of these is part of. Two queries."""
    rows = Source.objects.order_by().annotate(work=Coalesce("merged_into", "pk"))
    works = set(rows.filter(records).values_list("work", flat=True))
    whole = Q(pk__in=works) | Q(merged_into__in=works)  # not the work itself, which has no index
    return list(rows.filter(whole).values_list("pk", "work", "key", "doi"))


def _keyed(rows: Sequence[Row], by: Callable[[int, str], str], wanted: set[str]) -> Found:
    of_work: dict[int, set[str]] = defaultdict(set)
    for _pk, work, key, _doi in rows:
        of_work[work].add(key)
    found: Found = defaultdict(set)
    for pk, work, _key, doi in rows:
        if (name := by(pk, doi)) in wanted:
            found[name] |= of_work[work]
    return found


_LOOKS: dict[str, tuple[str, Callable[[set[str]], Found]]] = {
    Kind.PAGE: (PAGE, _itself),
    Kind.ARTICLE: (PAGE, _of_articles),
    Kind.EDITION: (PAGE, _of_editions),
    Kind.SOURCE: (SOURCE, _of_sources),
    Kind.SOURCE_KEY: (SOURCE, _itself),
    Kind.DOI: (SOURCE, _of_dois),
}
