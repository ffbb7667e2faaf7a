"""Which pictures readers may see: those of every edition of a page that is online, recomputed from their words inside
the deed that changed what readers see. So no draft's picture, and none of a page that was taken down, is served."""

from articles.content import Content
from articles.models import Article, Figure, Published, Showing


def post(article: Article, *, online: bool) -> None:
    """Bring the article's rows in line with its editions."""
    wanted, known = derived(article, online=online), _known(article)
    Showing.objects.filter(article=article, figure__in=known - wanted).delete()
    Showing.objects.bulk_create(Showing(article=article, figure_id=one) for one in sorted(wanted - known))


def drifted(article: Article) -> bool:
    """Whether the rows say anything else than what follows from the words that readers see."""
    online = Published.objects.live().filter(article=article).exists()
    return _known(article) != derived(article, online=online)


def derived(article: Article, *, online: bool) -> set[str]:
    """The pictures as they follow from the editions of a page that is online, those that were erased apart."""
    if not online:
        return set()
    # Most pages show none, and their words are not read for that.
    editions = article.editions.filter(content__contains='"figure":').order_by()
    shown = {one for edition in editions for one in pictures(edition.words())}
    return set(Figure.objects.filter(pk__in=shown, erased_at=None).values_list("pk", flat=True)) if shown else set()


def pictures(words: Content) -> set[str]:
    """The pictures that these words show."""
    return {section.figure for section in words.sections if section.figure and not section.figure_erased}


def _known(article: Article) -> set[str]:
    return set(Showing.objects.filter(article=article).values_list("figure", flat=True))
