"""Proving once more who one is, before signing. The one seam: another way (single sign-on) is another Method.

The time of the last proof stands in the session, so that signing in elsewhere makes no forgotten screen fresh.
"""

from copy import copy
from typing import Any, Protocol

from axes.handlers.proxy import AxesProxyHandler
from axes.utils import reset
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import authenticate
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from articles.refusals import Refused
from leukemia_site import visitor

KEY = "proved_at"  # in the session: seconds since 1970
WRONG = "articles.again.wrong"  # in the request, for its page: what was wrong


class NotProven(Refused):
    """The session is older than it may be for this, and the proof is missing or wrong."""


class Method(Protocol):
    """A way to prove who one is, in the very form that is being sent."""

    template: str  # its fields, for admin/again.html

    def wrong(self, request: HttpRequest) -> str:
        """What is wrong with the proof in this form, for the person who sent it; "" when nothing is."""
        ...


class Password:
    """The account's password. Wrong ones count as wrong ones on the login page do."""

    template = "admin/_again_password.html"

    @sensitive_variables("typed")
    def wrong(self, request: HttpRequest) -> str:
        typed, name = request.POST.get("password", ""), request.user.get_username()
        if not typed:
            return _("You signed in more than %(minutes)s minutes ago. To sign, type your password.") % {
                "minutes": settings.REAUTHENTICATION_MINUTES
            }
        # A copy: the counters note what a request carried, and answer a lockout instead of the page with its texts.
        probe = copy(request)
        probe.POST = QueryDict()
        if authenticate(probe, username=name, password=typed) == request.user:
            reset(ip=visitor.address(request), username=name)
            return ""
        if AxesProxyHandler.is_allowed(probe, {"username": name}):
            return _("This is not the password of %(name)s. Nothing is signed, and nothing is lost.") % {"name": name}
        return _("Too many wrong passwords. Wait %(minutes)s minutes; what you wrote stays on this screen.") % {
            "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
        }


class SignInForm(AdminAuthenticationForm):
    """The admin's own, which notes the time."""

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean()
        if self.user_cache is not None and self.request is not None:
            remember(self.request)
        return found


def method() -> Method:
    """The configured way."""
    found: Method = import_string(settings.REAUTHENTICATION)()
    return found


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session's person proved who they are within REAUTHENTICATION_MINUTES."""
    age = timezone.now().timestamp() - float(request.session.get(KEY, 0))
    return 0 <= age < 60 * settings.REAUTHENTICATION_MINUTES


def remember(request: HttpRequest) -> None:
    """This session's person has just proved who they are."""
    request.session[KEY] = timezone.now().timestamp()


def prove(request: HttpRequest) -> bool:
    """Whether this form proves it; if so, the session is fresh again. What is wrong stands in `error(request)`."""
    wrong = method().wrong(request)
    request.META[WRONG] = wrong
    if not wrong:
        remember(request)
    return not wrong


def error(request: HttpRequest) -> str:
    """What was wrong with the proof in this form."""
    return str(request.META.get(WRONG, ""))


def require(request: HttpRequest) -> None:
    """For a deed that is a signature. Raises NotProven."""
    if not is_fresh(request) and not prove(request):
        raise NotProven(error(request))
