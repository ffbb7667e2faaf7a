"""Addresses of pages, with another slug each time: Django takes as long for the links of a page as for its rows."""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

_SLUG = re.compile(r"[-a-zA-Z0-9_]+")  # as Django's converter has it
_STAND_IN = "--the-slug-of-a-page--"


def to(name: str, args: Sequence[object]) -> str:
    """What `reverse` says of a view whose first argument is a slug, or that has none; "" where only it can tell."""
    slug = args[0] if args else ""
    if not isinstance(slug, str) or (args and not _SLUG.fullmatch(slug)):
        return ""
    # All that `reverse` depends on: no address of ours is another one in another language.
    place = (get_script_prefix(), get_urlconf(), settings.ROOT_URLCONF)
    around = _around(name, (_STAND_IN, *args[1:]) if args else (), place)
    return slug.join(around) if around else ""


@lru_cache(maxsize=1_000)
def _around(name: str, args: tuple[object, ...], _place: tuple[object, ...]) -> tuple[str, str] | None:
    try:
        found = reverse(name, args=args)
    except NoReverseMatch:  # no slug is what comes first there, or it leads nowhere
        return None
    before, _slug, after = found.partition(_STAND_IN)
    return before, after
