"""While the database is away, whatever needs it answers calmly that it will be back."""

import logging
import sys
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views import defaults

from leukemia_site.front.offer import ENVIRON
from leukemia_site.gone import Gone
from leukemia_site.observing import failures

log = logging.getLogger(__name__)
RETRY = 30  # seconds
AWAY = (OperationalError, InterfaceError)


class OutageMiddleware:
    """What a view could not ask of the database is no error of the view's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The calm page, for these errors alone."""
        return unavailable(request, error) if isinstance(error, AWAY) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for what went wrong anywhere, also outside of a view, as where a session is looked up."""
    error = sys.exc_info()[1]
    if isinstance(error, AWAY):
        return unavailable(request, error)
    return defaults.server_error(request)


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """503, and when to come back; 410 where it is known that the page is withdrawn: on 503 whoever stands before us
    looks for its words in a mirror. Whoever keeps pages hears that the database is away.

    The log names the pattern of the address, which itself may be the secret of a calendar, or name an illness."""
    log.error("the database could not be asked: %s", failures.named(error), extra={"request": request})
    if offer := request.META.get(ENVIRON):
        offer.away = True
    headers = {"Retry-After": str(RETRY), "Cache-Control": "no-store"}
    status, template = (410, "gone.html") if Gone(settings.GONE_ROOT).holds(request.path_info) else (503, "503.html")
    response = HttpResponse(render_to_string(template), status=status, headers=headers)
    response._has_been_logged = True  # type: ignore[attr-defined]  # the line above says more than Django's would
    return response
