"""How public pages leave the house: read-only, without cookies, compressed, checked again before they are reused."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils.cache import set_response_etag
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

View = Callable[..., HttpResponse]
CHECKED = "public, max-age=0, must-revalidate"


def public(view: View) -> View:
    """GET and HEAD, gzip (these pages hold no secret that compression could betray), ETag and 304."""
    served: View = gzip_page(conditional_page(require_safe(view)))
    return served


def shown(template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """The page, rendered without the request: no session, token or name of a visitor can get into it."""
    headers = {"Cache-Control": CHECKED, "Vary": "Accept-Encoding"}
    response = HttpResponse(render_to_string(template, context), status=status, headers=headers)
    set_response_etag(response)  # here, so that HEAD has it, too
    return response


def attached(text: str, *, name: str, content_type: str) -> HttpResponse:
    """A file to keep, checked again before it is reused like a page; search engines are to list the page instead."""
    headers = {
        "Content-Type": f"{content_type}; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": CHECKED,
        "Vary": "Accept-Encoding",
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(text, headers=headers)
    set_response_etag(response)
    return response


def moved(address: str) -> HttpResponse:
    """The page stands at another address now."""
    # A page may move back, and a remembered redirect would go in a circle.
    return HttpResponsePermanentRedirect(address, headers={"Cache-Control": CHECKED})
