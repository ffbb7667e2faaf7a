"""Who signs our pages: a list, and a page for each, made of what they signed."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles import profiles
from articles.reading import sheets
from articles.reading.serving import moved, public, shown, today
from leukemia_site.once import once

PAGES_SHOWN = 50


@public
def reviewers(request: HttpRequest) -> HttpResponse:
    """Everybody whose signature readers can see, and who asked to be shown."""
    return shown("articles/reviewers.html", {"people": profiles.listed(today(request))})


@public
def reviewer(request: HttpRequest, slug: str, sheet: int = 0) -> HttpResponse:
    """One of them: who they are, what they declare, which pages rest on their review."""
    if there := sheets.elsewhere(request, sheet):
        return moved(there)
    person, now, before = _signed(slug, today(request))
    shelf = sheets.sheet_of(now, sheet or 1, size=PAGES_SHOWN)
    return shown("articles/reviewer.html", {"person": person, "sheet": shelf, "once": before})


@once
def _signed(slug: str, day: date) -> tuple[profiles.Profile, list[profiles.Entry], list[profiles.Entry]]:
    found = get_object_or_404(profiles.with_page(), slug=slug)
    signed = profiles.reviews(found)
    return profiles.of(found, signed, today=day), *profiles.entries(signed)
