"""How public pages leave the house: read-only, without cookies, compressed, checked again before they are reused."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import render_to_string
from django.utils.cache import set_response_etag
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from leukemia_site import csp

View = Callable[..., HttpResponse]
Item = TypeVar("Item")
CHECKED = "public, max-age=0, must-revalidate"
KEPT = "public, max-age=31536000, immutable"  # a year: for what never changes under its address


def public(view: View) -> View:
    """GET and HEAD, gzip (these pages hold no secret that compression could betray), ETag and 304."""
    served: View = gzip_page(conditional_page(require_safe(view)))
    return served


def shown(template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """The page, rendered without the request: no session, token or name of a visitor can get into it."""
    page = trimmed(render_to_string(template, context))
    headers = {"Cache-Control": CHECKED, "Vary": "Accept-Encoding", "Content-Security-Policy": csp.styled(page)}
    response = HttpResponse(page, status=status, headers=headers)
    set_response_etag(response)  # here, so that HEAD has it, too
    return response


def written(text: str, *, content_type: str) -> HttpResponse:
    """What machines read, checked again before it is reused like a page."""
    headers = {"Content-Type": f"{content_type}; charset=utf-8", "Cache-Control": CHECKED, "Vary": "Accept-Encoding"}
    response = HttpResponse(text, headers=headers)
    set_response_etag(response)
    return response


def trimmed(page: str) -> str:
    """Without the indentation and the blank lines of templates: no browser shows them (we have no <pre>), and of a
    compressed page they are a thirtieth."""
    return re.sub(r"[ \t]*\n[ \t\r\n]*", "\n", page)


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


def sheet_of(items: list[Item], number: str, *, size: int) -> Page[Item]:
    """The sheet of a long list that a reader asked for. Not found where there is no such sheet."""
    try:
        return Paginator(items, size).page(number)
    except InvalidPage:
        raise Http404 from None
