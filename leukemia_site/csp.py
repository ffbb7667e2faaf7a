"""What a browser may load and do on our pages: nothing from elsewhere, no script inline, no device.

The only styles inside a page are our own blocks (styles.py), allowed by their digests. A view whose page needs more
sets `response._csp`; the only such pages are the article form (EDITOR) and the words in the reviewer's frame.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from leukemia_site import styles


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


def styled(page: str, base: str = BASE) -> str:
    """The policy of a page that holds a style block of ours."""
    return base.replace("style-src 'self'", " ".join(["style-src 'self'", *styles.sources(page)]))


class PolicyMiddleware:
    """Every response carries a content security policy and a permissions policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # "Not modified" leaves the policy that came with the page; browsers would put this one in its place.
        if "Content-Security-Policy" not in response.headers and response.status_code != 304:
            response.headers["Content-Security-Policy"] = _policy(response)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


def _policy(response: HttpResponseBase) -> str:
    base: str = getattr(response, "_csp", BASE)
    if not isinstance(response, HttpResponse) or not response.headers.get("Content-Type", "").startswith("text/html"):
        return base
    # A page that was compressed on its way brought its policy along (articles/reading/serving.py).
    return base if response.has_header("Content-Encoding") else styled(response.content.decode(errors="replace"), base)
