"""What a page said before: its editions, each as it was published, and what changed between any two."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles import page, telling
from articles.models import Published
from articles.reading import changes as redlined
from articles.reading import current, editions, facts, sheets
from articles.reading.lasting import on_words
from articles.reading.serving import CHECKED, View, kept, moved, public, shown, today

EDITIONS_SHOWN = 50
NUMBER = "[1-9][0-9]{0,8}"  # an edition's in an address: each has one spelling, and fits into a database's integer


def of_page(view: Callable[..., HttpResponse]) -> View:
    """A public view that takes a page's row: not found where nothing was published, sent on where the page moved."""

    @wraps(view)
    def found(request: HttpRequest, slug: str, **rest: Any) -> HttpResponse:
        row = current.address(slug)
        if row.moved_to_id and request.resolver_match:
            there = {"slug": row.moved_to_id, **rest}
            return moved(reverse(request.resolver_match.view_name, kwargs=there))
        return view(request, row, **rest)

    return public(found)


@of_page
def history(request: HttpRequest, row: Published, sheet: int = 0) -> HttpResponse:
    """Every edition of a page, newest first, and a form that leads to what changed between two of them."""
    if there := sheets.elsewhere(request, sheet):
        return moved(there)
    known = editions.known(row.article_id)
    shelf = sheets.sheet_of(known, sheet or 1, size=EDITIONS_SHOWN)
    numbers = [number for number, _published_at in shelf]
    entries = editions.listed(row.article_id, numbers[-1], numbers[0])
    context = {"row": row, "entries": entries, "known": known, "sheet": shelf}
    return kept(shown("articles/history.html", context), on_words(row))


@of_page
def edition(request: HttpRequest, row: Published, number: int) -> HttpResponse:
    """The words of one edition, old or current, and what became of it."""
    found, day = editions.one(row.article_id, number), today(request)
    words = current.words(found)
    looked = current.look(words.cited_keys())
    said = facts.as_published(row, found, today=day, standings=looked.told)
    built = page.build(words, replace(said, stories=telling.of(words, today=day)))
    context = {"page": built, "edition": found, "reviews": facts.reviewed(found)}
    lasting = on_words(row, words, keys=looked.keys, last=built.valid_until)
    return kept(shown("articles/edition.html", {"row": row, **context}, status=_status(row)), lasting)


@of_page
def changes(request: HttpRequest, row: Published, number: int, since: int) -> HttpResponse:
    """What edition `number` changed since an older one."""
    found = {edition.number: edition for edition in editions.of(row.article_id).filter(number__in=[number, since])}
    if since > number or not found.keys() >= {number, since}:
        raise Http404
    older, newer = found[since], found[number]
    before, after = words = current.words(older), current.words(newer)
    stories = telling.of(before, after, today=today(request))
    before, after = (page.told(words, stories, gap=page.gap()) for words in (before, after))
    context = {"older": older, "newer": newer, "language": after.language, "changes": redlined.between(before, after)}
    last = min((story.until for story in stories.values()), default=None)
    page_of_them = shown("articles/changes.html", {"row": row, **context}, status=_status(row))
    return kept(page_of_them, on_words(row, *words, last=last))


@public
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """From the form of the history to the address of what changed; the two may come in either order. Who comes without
    the form (no server fills it in for files of the mirror) finds what each edition changed."""
    if not request.GET:
        return _steps(current.address(slug))
    chosen = [request.GET.get(name, "") for name in ("since", "edition")]
    if not all(re.fullmatch(NUMBER, number) for number in chosen):
        raise Http404
    since, number = sorted(map(int, chosen))
    address = reverse("reading:changes", kwargs={"slug": slug, "number": number, "since": since})
    return HttpResponseRedirect(address, headers={"Cache-Control": CHECKED})


def _steps(row: Published) -> HttpResponse:
    if row.moved_to_id:
        return moved(reverse("reading:compare", args=[row.moved_to_id]))
    later = [(number, at) for number, at in editions.known(row.article_id) if number > 1]
    if not later:
        raise Http404
    return kept(shown("articles/steps.html", {"row": row, "later": later}, status=_status(row)), on_words(row))


def _status(row: Published) -> int:
    """Words of a page that was taken down stay readable, and programs hear that they are gone."""
    return 200 if row.edition_id else 410
