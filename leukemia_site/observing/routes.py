"""What may be said of a request: how it was made, and by which pattern of addresses it was answered."""

from typing import Any

METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}
NOWHERE = "(none)"  # no pattern fits
STATIC = "(static)"
KEPT = "(kept)"  # answered before Django, from the store of rendered pages
HOME = "(home)"  # its pattern is empty


def method(name: str | None) -> str:
    """The method; whatever visitors make up themselves is one other."""
    return name if name in METHODS else "other"


def route(request: Any, static: str = "") -> str:
    """The pattern that answered, as `urls.py` has it: without the page's name, the row's number, or anybody's key."""
    if static and request.path_info.startswith(static):
        return STATIC
    match = getattr(request, "resolver_match", None)
    return NOWHERE if match is None else match.route or HOME


def said(request: Any) -> dict[str, str]:
    """Both, as a log line has them."""
    return {"method": method(request.method), "route": route(request)}
