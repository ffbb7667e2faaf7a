"""The references of a page by themselves: in four orders, each with the sentences that lean on it."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse

from articles import leaning
from articles.content import Content
from articles.models import Published
from articles.page import Page
from articles.reading import current, facts
from articles.reading.history import of_page
from articles.reading.lasting import on_words
from articles.reading.orders import ORDERS, Row, grouped
from articles.reading.serving import kept, shown, today
from leukemia_site.once import once


@dataclass(frozen=True, slots=True)
class Found:
    """The words of an edition, its page, the keys of the records that its sources lean on, and the references."""

    words: Content
    page: Page
    keys: frozenset[str]
    rows: list[Row]


@of_page
def references(request: HttpRequest, row: Published, order: str = "") -> HttpResponse:
    """The references of the page as it stands, in one of the orders."""
    if row.edition_id is None:
        return shown("410.html", {"row": row, "instead": facts.instead_of(row)}, status=410)
    found = _leaning(row, row.edition_id, today(request))
    groups = grouped(found.rows, ORDERS[order])
    orders = [(name, one.name) for name, one in ORDERS.items()]
    context = {"row": row, "page": found.page, "groups": groups, "orders": orders, "order": order}
    lasting = on_words(row, found.words, keys=found.keys, last=found.page.valid_until)
    return kept(shown("articles/references.html", context), lasting)


@once
def _leaning(row: Published, edition: int, day: date) -> Found:
    words, built = current.listed(row, edition, day)
    if not built.references:
        raise Http404
    looked = current.look(words.cited_keys())
    standing = (replace(one, standing=looked.told.get(one.source.key)) for one in built.references)
    rows = [Row(*pair) for pair in zip(standing, leaning.of(words, built), strict=True)]
    return Found(words, built, looked.keys, rows)
