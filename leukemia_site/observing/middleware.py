"""What is seen of each request that reaches Django: its id, how long it took, a line in the log, and the numbers."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from leukemia_site.observing import counting, request_ids, routes, slow, store

log = logging.getLogger(__name__)
OURS = store.OURS


class ObservingMiddleware:
    """The first of all: what others answer, and what they fail at, is seen too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        before = request_ids.KEY in request.META  # then whoever made it puts it into the answer, too
        request_id = request.META[request_ids.KEY] = request_ids.of(request.META, trusted=settings.BEHIND_PROXY)
        with request_ids.during(request_id), slow.watched(lambda: routes.route(request)):
            response = self.get_response(request)
            seen(request, response, time.perf_counter() - began)
        if not before:
            response.headers[request_ids.HEADER] = request_id
        return response


def seen(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    """Count it, and write its line. Nothing in either says who asked, or for which page."""
    if OURS in request.META:
        return
    route, method = routes.route(request, settings.STATIC_URL), routes.method(request.method)
    counting.request(route, method, response.status_code, seconds)
    if route == routes.STATIC and response.status_code < 400:
        return
    fields = {"method": method, "route": route, "status": response.status_code, "milliseconds": round(seconds * 1000)}
    log.info("request", extra={"fields": fields})
