"""How public pages leave the house: read-only, without cookies, compressed, checked again before they are reused.

Who stands before Django and keeps pages (leukemia_site/front) puts an Offer into the environment; it is filled here.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.reading import log
from articles.reading.lasting import Lasting, on_day
from leukemia_site import csp, replicas
from leukemia_site.front import encoding
from leukemia_site.front.offer import ENVIRON, Offer

View = Callable[..., HttpResponse]
CHECKED = "public, max-age=0, must-revalidate"
KEPT = "public, max-age=31536000, immutable"  # a year: for what never changes under its address


def public(view: View) -> View:
    """GET and HEAD, packed (these pages hold no secret that compression could betray), ETag and 304. Or whole, for
    whoever offers to keep it."""
    safe = require_safe(replicas.reading(view, number_at=log.number_at))

    @csrf_exempt  # what takes no form says so (405), and not that a form was open for too long
    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = safe(request, *args, **kwargs)
        offer: Offer | None = request.META.get(ENVIRON)
        if offer and may_be_kept(response):
            _fill(offer, getattr(response, "_lasting", None) or on_day(today(request)))
            return response
        return packed(request, response)

    return served


def may_be_kept(response: HttpResponse) -> bool:
    """A page, or that it moved or was withdrawn; nothing that is different for the next who asks."""
    return response.status_code in (200, 301, 410) and response.get("Cache-Control") == CHECKED


def packed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response in the encoding that the visitor likes best, or word that they have it already."""
    if not response.content:
        return response
    best = encoding.best(response.content, request.headers.get("Accept-Encoding", ""))
    response.content = best.body
    if best.coding:
        response["Content-Encoding"] = best.coding
    if response.get("Cache-Control") != "no-store":
        response["ETag"] = best.etag
    return get_conditional_response(request, etag=response.get("ETag"), response=response) or response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no page at this address now, and whoever asks again is told again: there may be one then."""
    return packed(request, shown("404.html", status=404))


def _fill(offer: Offer, lasting: Lasting) -> None:
    offer.leans_on = lasting.leans_on
    offer.valid_until = lasting.until.timestamp() if lasting.until else None
    offer.wrong_from = lasting.wrong_from.timestamp() if lasting.wrong_from else None


def kept(response: HttpResponse, lasting: Lasting) -> HttpResponse:
    """The response, which says how long it is right; without that it leans on everything, and is made anew daily."""
    response._lasting = lasting  # type: ignore[attr-defined]
    return response


def today(request: HttpRequest) -> date:
    """The day, of the site's time zone, as of which the page is asked for."""
    offer: Offer | None = request.META.get(ENVIRON)
    if offer and offer.at is not None:
        return timezone.localdate(datetime.fromtimestamp(offer.at, UTC))
    return timezone.localdate()


def shown(template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """The page, rendered without the request: no session, token or name of a visitor can get into it."""
    page = trimmed(render_to_string(template, context))
    headers = {"Cache-Control": CHECKED, "Vary": "Accept-Encoding", "Content-Security-Policy": csp.styled(page)}
    return HttpResponse(page, status=status, headers=headers)


def written(text: str, *, content_type: str) -> HttpResponse:
    """What machines read, checked again before it is reused like a page."""
    headers = {"Content-Type": f"{content_type}; charset=utf-8", "Cache-Control": CHECKED, "Vary": "Accept-Encoding"}
    return HttpResponse(text, headers=headers)


def trimmed(page: str) -> str:
    """Without the indentation and the blank lines of templates: no browser shows them (we have no <pre>), and of a
    compressed page they are a thirtieth."""
    first, *rest = page.split("\n")
    if not rest:
        return page
    *middle, last = rest
    lines = (line.lstrip(" \t\r").rstrip(" \t") for line in middle)
    return "\n".join([first.rstrip(" \t"), *filter(None, lines), last.lstrip(" \t\r")])


def attached(text: str, *, name: str, content_type: str) -> HttpResponse:
    """A file to keep, checked again before it is reused like a page; search engines are to list the page instead."""
    response = written(text, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response


def moved(address: str) -> HttpResponse:
    """The page stands at another address now."""
    # A page may move back, and a remembered redirect would go in a circle.
    return HttpResponsePermanentRedirect(address, headers={"Cache-Control": CHECKED})
