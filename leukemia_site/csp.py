"""What a browser may load and do on our pages: nothing from elsewhere, nothing inline, no device.

A view whose page needs more sets `response._csp`; the only such page is the article form (EDITOR).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


def policy(**changes: str) -> str:
    """The strict policy, with some directives changed or added (`script_src_attr` is script-src-attr)."""
    strict = {
        "default_src": "'self'",
        "script_src": "'self'",
        "style_src": "'self'",
        "img_src": "'self' data:",
        "object_src": "'none'",
        "base_uri": "'none'",
        "frame_ancestors": "'none'",
        "form_action": "'self'",
    }
    return "; ".join(f"{name.replace('_', '-')} {sources}" for name, sources in (strict | changes).items())


BASE = policy()
# CKEditor 4 in divarea mode puts handlers into its toolbar's markup and styles on its elements. Script blocks stay
# forbidden, so that a script in the text itself does not run.
EDITOR = policy(script_src_attr="'unsafe-inline'", style_src="'self' 'unsafe-inline'")
PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"


class PolicyMiddleware:
    """Every response carries a content security policy and a permissions policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", getattr(response, "_csp", BASE))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response
