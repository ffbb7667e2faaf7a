"""Who signs our pages: a list, and a page for each, made of what they signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles import profiles
from articles.reading.serving import public, sheet_of, shown, today

PAGES_SHOWN = 50


@public
def reviewers(request: HttpRequest) -> HttpResponse:
    """Everybody whose signature readers can see, and who asked to be shown."""
    return shown("articles/reviewers.html", {"people": profiles.listed(today(request))})


@public
def reviewer(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: who they are, what they declare, which pages rest on their review."""
    found = get_object_or_404(profiles.with_page(), slug=slug)
    signed = profiles.reviews(found)
    now, once = profiles.entries(signed)
    sheet = sheet_of(now, request.GET.get("page", "1"), size=PAGES_SHOWN)
    context = {"person": profiles.of(found, signed, today=today(request)), "sheet": sheet, "once": once}
    return shown("articles/reviewer.html", context)
