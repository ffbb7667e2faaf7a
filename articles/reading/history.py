"""What a page said before: its editions, each as it was published, and what changed between any two."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from articles import page
from articles.models import Edition, Published
from articles.reading import changes as redlined
from articles.reading import facts
from articles.reading.serving import CHECKED, View, moved, public, shown

Known = tuple[int, datetime]  # an edition's number, and when it was published

EDITIONS_SHOWN = 50
NUMBER = "[1-9][0-9]{0,8}"  # an edition's in an address: each has one spelling, and fits into a database's integer
# No words: a page may have hundreds of editions.
_LISTED = (
    *"number change_class change_note published_at closed_how closed_at closed_reason".split(),
    *(f"review__{name}" for name in facts.SIGNED),
)


def of_page(view: Callable[..., HttpResponse]) -> View:
    """A public view that takes a page's row: not found where nothing was published, sent on where the page moved."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        row = get_object_or_404(Published, slug=slug)
        if row.moved_to_id and request.resolver_match:
            there = {"slug": row.moved_to_id, **rest}
            return moved(reverse(request.resolver_match.view_name, kwargs=there))
        return view(request, row, **rest)

    return public(found)


@of_page
def history(request: HttpRequest, row: Published) -> HttpResponse:
    """Every edition of a page, newest first, and a form that leads to what changed between two of them."""
    editions = _editions(row)
    known = list(editions.values_list("number", "published_at"))
    sheet = _sheet(known, request.GET.get("page", "1"))
    numbers = [number for number, _published_at in sheet]
    listed = (
        editions.filter(number__range=(numbers[-1], numbers[0]))
        .select_related("review")
        .only(*_LISTED)
        .prefetch_related(facts.covers())
    )
    entries = [(edition, facts.reviewed(edition)) for edition in listed]
    return shown("articles/history.html", {"row": row, "entries": entries, "known": known, "sheet": sheet})


@of_page
def edition(request: HttpRequest, row: Published, number: int) -> HttpResponse:
    """The words of one edition, old or current, and what became of it."""
    editions = _editions(row).select_related("review").defer("review__content").prefetch_related(facts.covers())
    found = get_object_or_404(editions, number=number)
    said = facts.as_published(row, found, today=timezone.localdate())
    context = {"page": page.build(found.words(), said), "edition": found, "reviews": facts.reviewed(found)}
    return shown("articles/edition.html", {"row": row, **context})


@of_page
def changes(request: HttpRequest, row: Published, number: int, since: int) -> HttpResponse:
    """What edition `number` changed since an older one."""
    found = {edition.number: edition for edition in _editions(row).filter(number__in=[number, since])}
    if since > number or not found.keys() >= {number, since}:
        raise Http404
    older, newer = found[since], found[number]
    words = newer.words()
    context = {"older": older, "newer": newer, "language": words.language}
    return shown("articles/changes.html", {"row": row, "changes": redlined.between(older.words(), words), **context})


@public
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """From the form of the history to the address of what changed; the two may come in either order."""
    chosen = [request.GET.get(name, "") for name in ("since", "edition")]
    if not all(re.fullmatch(NUMBER, number) for number in chosen):
        raise Http404
    since, number = sorted(map(int, chosen))
    address = reverse("reading:changes", kwargs={"slug": slug, "number": number, "since": since})
    return HttpResponseRedirect(address, headers={"Cache-Control": CHECKED})


def _editions(row: Published) -> QuerySet[Edition]:
    # In an order of its own: the usual order of editions would ask for the article's title.
    return Edition.objects.filter(article_id=row.article_id).order_by("-number")


def _sheet(items: list[Known], number: str) -> Page[Known]:
    try:
        return Paginator(items, EDITIONS_SHOWN).page(number)
    except InvalidPage:
        raise Http404 from None
