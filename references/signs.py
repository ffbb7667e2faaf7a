"""What one look says by itself: there, in trouble, gone, behind a wall. Pure. The rows are in docs/source-health.md."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from references import identifiers, phrases
from references.looking import Look, Outcome


class Sign(StrEnum):
    """FINE and PAY say that the page is there; TROUBLE, GONE and NO_HOST are strikes; the others say neither."""

    FINE = "fine"
    PAY = "pay"
    TROUBLE = "trouble"
    GONE = "gone"
    NO_HOST = "no-host"
    WALL = "wall"
    NONE = "none"


STRIKES = frozenset({Sign.TROUBLE, Sign.GONE, Sign.NO_HOST})

_FEW = 250  # words: an apology is short, and an article that quotes one is not
_DOOR = re.compile(r"/(?:log-?in|sign-?in|sso|idp|saml2?|oauth2?|openid|wayf)(?:[/.?]|$)", re.IGNORECASE)
_HOME = re.compile(r"/?(?:(?:index|home|default)(?:\.\w+)?|[a-z]{2}(?:-[a-z]{2})?)?/?", re.IGNORECASE)


def sign(look: Look) -> Sign:
    """What this look says."""
    if look.outcome == Outcome.REFUSED:
        # Refused at once, nothing was seen. Led to where we do not go, readers get no page either.
        return Sign.TROUBLE if look.hops else Sign.NONE
    if look.outcome == Outcome.NO_HOST:
        # Of a redirect, it is not the cited host that is gone.
        return Sign.TROUBLE if look.hops else Sign.NO_HOST
    if look.outcome != Outcome.ANSWERED:
        return Sign.TROUBLE
    if look.status in {401, 403, 407, 429, 451} or _is_wall(look):
        return Sign.WALL
    if look.status == 402:
        return Sign.PAY
    if look.status in {404, 410}:
        return Sign.GONE
    return _of_a_page(look) if 200 <= look.status < 300 else Sign.TROUBLE


def moved_to(look: Look) -> str:
    """Where the page has moved for good; "" if it has not. One temporary redirect, and nothing is promised."""
    permanent = look.hops and all(hop.status in {301, 308} for hop in look.hops)
    return look.final if permanent and _place(look.final) != _place(look.asked) else ""


def _of_a_page(look: Look) -> Sign:
    if _is_missing(look) or _leads_home(look):
        return Sign.TROUBLE
    asks = look.hops and _DOOR.search(urlsplit(look.final).path)
    if asks or not look.page.free or phrases.PAY_TEXT.search(look.page.opening):
        return Sign.PAY
    return Sign.FINE


def _is_wall(look: Look) -> bool:
    page = look.page
    named = phrases.ROBOTS_TITLE.search(page.title) or (page.words < _FEW and phrases.ROBOTS_TEXT.search(page.opening))
    return look.challenged or bool(named)


def _is_missing(look: Look) -> bool:
    page = look.page
    if phrases.MISSING_TITLE.search(page.title) or phrases.MISSING_TITLE.search(page.heading):
        return True
    return page.words < _FEW and phrases.MISSING_TEXT.search(page.opening) is not None


def _leads_home(look: Look) -> bool:
    """Sent on from a page of its own to the front door, of whatever host."""
    asked, final = urlsplit(look.asked), urlsplit(look.final)
    deep = not _HOME.fullmatch(asked.path) or bool(asked.query)
    return bool(look.hops) and deep and bool(_HOME.fullmatch(final.path)) and not final.query


def _place(url: str) -> tuple[str, str, str]:
    """An address without what a site changes about all of its addresses at once: https, www, the last slash."""
    parts = urlsplit(identifiers.normalize_url(url))
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
