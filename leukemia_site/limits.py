"""How much a visitor may send, and how. A web server before us says the same; whoever comes past it meets this one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.template.loader import render_to_string

Answer = Callable[[HttpRequest], HttpResponseBase]


class BodyLimitMiddleware:
    """A body that is too large is refused by the length that it says it has; without one, nothing of it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.BODY_MEGABYTES * 2**20:
            return _page(413, most=settings.BODY_MEGABYTES)
        return self.get_response(request)


class MethodMiddleware:
    """Who opens what only takes forms, or sends a form to a page, reads what to do, where Django leaves a blank page.
    People who work here meet it when they sign in again in the middle of a step."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = _page(405)
            page["Allow"] = response["Allow"]
            return page
        return response


def _page(status: int, **more: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"{status}.html", more), status=status, headers={"Cache-Control": "no-store"})
