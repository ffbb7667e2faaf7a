"""Which values of facts an article prints: in its draft, and on the page that readers see. Derived from the words, in
the deeds that change either."""

from articles.content import Content
from articles.models import Article, Edition, FactMention, FactValue


def account(article: Article, words: Content) -> None:
    """Bring the rows of the draft in line with its words."""
    _write(article, _of(article, words))


def post(article: Article) -> None:
    """Bring the rows of the page in line with its open edition."""
    edition = article.editions.open().first()
    _write(article, _of(article, edition.words(), edition) if edition and _prints(edition) else [], online=True)


def drifted(article: Article, *, online: bool) -> bool:
    """Whether the rows of the page, else of the draft, say anything else than its words."""
    edition = article.editions.open().first() if online else None
    if online:
        told = _of(article, edition.words(), edition) if edition and _prints(edition) else []
    else:
        told = _of(article, article.content())
    return _seen(_known(article, online=online)) != _seen(told)


def _prints(edition: Edition) -> bool:
    return "<data value=" in edition.content  # most pages print no fact, and their words need not be read


def _of(article: Article, words: Content, edition: Edition | None = None) -> list[FactMention]:
    """The rows that follow from these words, not saved; one for each value that is on record."""
    values = FactValue.objects.by_ref(fact.ref for fact in words.facts())
    return [FactMention(article=article, edition=edition, value=value) for value in values.values()]


def _write(article: Article, rows: list[FactMention], *, online: bool = False) -> None:
    known = _known(article, online=online)
    if _seen(known) != _seen(rows):
        FactMention.objects.filter(pk__in=[row.pk for row in known]).delete()
        FactMention.objects.bulk_create(rows)


def _known(article: Article, *, online: bool) -> list[FactMention]:
    return list(FactMention.objects.filter(article=article, edition__isnull=not online))


def _seen(rows: list[FactMention]) -> set[tuple[int | None, int]]:
    return {(row.edition_id, row.value_id) for row in rows}
