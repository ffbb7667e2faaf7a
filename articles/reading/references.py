"""The references of a page by themselves: in four orders, each with the sentences that lean on it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles import leaning, page, standings
from articles.models import Edition, Published
from articles.reading import facts
from articles.reading.history import of_page
from articles.reading.lasting import on_words
from articles.reading.orders import ORDERS, Row, grouped
from articles.reading.serving import kept, shown, today


@of_page
def references(request: HttpRequest, row: Published, order: str = "") -> HttpResponse:
    """The references of the page as it stands, in one of the orders."""
    if row.edition_id is None:
        return shown("410.html", {"row": row, "instead": facts.instead_of(row)}, status=410)
    words = get_object_or_404(Edition.objects.only("content"), pk=row.edition_id).words()
    looked = standings.look(words.cited_keys())
    said = page.Facts(today=today(request), slug=row.slug, is_demo=row.is_demo, standings=looked.told)
    built = page.build(words, said)
    if not built.references:
        raise Http404
    rows = [Row(*pair) for pair in zip(built.references, leaning.of(words, built), strict=True)]
    groups = grouped(rows, ORDERS[order])
    orders = [(name, one.name) for name, one in ORDERS.items()]
    context = {"row": row, "page": built, "groups": groups, "orders": orders, "order": order}
    lasting = on_words(row, words, keys=looked.keys, day=built.valid_until)
    return kept(shown("articles/references.html", context), lasting)
