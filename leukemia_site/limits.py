"""How much a visitor may send. A web server before us says the same; whoever comes past it meets this one."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _


class BodyLimitMiddleware:
    """A body that is too large is refused by the length that it says it has; without one, nothing of it is read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.BODY_MEGABYTES * 2**20:
            said = _("This is larger than %(most)d MB. Send a smaller file.") % {"most": settings.BODY_MEGABYTES}
            return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")
        return self.get_response(request)
