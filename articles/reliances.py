"""What an open edition leans on, recomputed from its words inside the deed that changed what readers see."""

from articles.content import Content
from articles.models import Article, Edition, Reliance
from references.models import Source


def post(article: Article) -> None:
    """Bring the article's rows in line with its open edition."""
    if drifted(article):
        Reliance.objects.filter(article=article).delete()
        Source.objects.hold(row.source_id for row in derived(article))
        Reliance.objects.bulk_create(derived(article))  # once more: a merge may have ended since


def drifted(article: Article) -> bool:
    """Whether the rows say anything else than what follows from the words that readers see."""
    known = Reliance.objects.filter(article=article)
    return {_seen(row) for row in known} != {_seen(row) for row in derived(article)}


def derived(article: Article) -> list[Reliance]:
    """The rows as they follow from the words that readers see, not saved."""
    edition = article.editions.open().first()
    return of_edition(edition, edition.words()) if edition else []


def of_edition(edition: Edition, words: Content) -> list[Reliance]:
    """One row for each source that these words cite, also by the key of a record that was merged into it."""
    printed = {source.key: source.url for source in words.sources}
    found = Source.objects.by_key(key for key in words.cited_keys() if key in printed)
    rows = dict[int, Reliance]()
    for key, source in sorted(found.items(), key=lambda pair: (pair[1].pk, pair[1].key != pair[0])):
        row = Reliance(article_id=edition.article_id, edition=edition, source_id=source.pk, url=printed[key])
        rows.setdefault(source.pk, row)
    return list(rows.values())


def _seen(row: Reliance) -> tuple[int, int, str]:
    return row.edition_id, row.source_id, row.url
