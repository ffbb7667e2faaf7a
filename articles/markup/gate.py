"""The gate: what a browser would make of any HTML, cut down to what we allow, in one spelling."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from urllib.parse import urlsplit

import nh3

from articles.markup.canonical import ALIASES, BLOCKS, BOUNDARIES, INLINE, UNSEEN, VOID, Canonical, TooDeep

KEY = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")
FACT = re.compile(r"[a-z0-9]{4,12}\.[1-9]\d{0,5}", re.ASCII)  # a fact and the number of its value: "k7m2.3"
LOCATOR_LIMIT, QUOTE_LIMIT = 80, 300  # characters
_ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "cite": {"data-source", "data-locator", "data-quote"},
    "data": {"value"},
}
_DROPPED = "script style noscript template iframe svg math object embed applet audio video canvas title head".split()
_SCHEMES = {"https", "http", "mailto", "tel"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements that hold nothing, or that a parser closes by itself when the next of their kind begins.
_DOES_NOT_NEST = frozenset(
    "br hr img input meta link wbr col area source base param track embed p li dt dd tr td th thead tbody tfoot "
    "option optgroup colgroup caption a button nobr rp rt h1 h2 h3 h4 h5 h6 head body html".split()
)
_HALVES = re.compile("[\ud800-\udfff]")
_OPEN_LIMIT = 1_000
_SHORT = 8_000  # characters of what is remembered: one section
# Far beyond any page: the longest we know has 0.2 million characters and a few thousand tags.
_LENGTH_LIMIT, _TAG_LIMIT = 3_000_000, 200_000
# nh3 copies a text again for each "&" in it: a million of them in one text take minutes.
_AMPERSAND_LIMIT = 300_000_000_000


def clean(source: str) -> str:
    """Return the allowed subset of `source` in one canonical spelling; clean(clean(x)) == clean(x).

    Raises TooDeep for what no person writes and no parser should be given.
    """
    return _remembered(source) if len(source) <= _SHORT else _clean(source)


def _clean(source: str) -> str:
    _refuse_unreal(source)
    # Half a surrogate pair is no character and can be stored nowhere.
    text = _HALVES.sub("\ufffd", source)
    written = Canonical().write(_cleaner.clean(text))
    _refuse_unreal(written)  # it will have to pass again
    return written


_remembered = lru_cache(maxsize=256)(_clean)  # the same words stand on the page, in its history, and in what comes next


def _refuse_unreal(source: str) -> None:
    if len(source) > _LENGTH_LIMIT or source.count("<") > _TAG_LIMIT:
        raise TooDeep("HTML is too long to be one text")
    if source.count("&") * len(source) > _AMPERSAND_LIMIT or _opens_too_many(source):
        raise TooDeep("HTML is nested too deeply to be real text")


def _opens_too_many(source: str) -> bool:
    if source.count("<") <= _OPEN_LIMIT:
        return False
    opened: Counter[str] = Counter()
    total = 0
    for match in _TAG.finditer(source):
        tag = match[2].lower()
        if tag in _DOES_NOT_NEST:
            continue
        if not match[1]:
            opened[tag] += 1
            total += 1
        elif opened[tag]:
            opened[tag] -= 1
            total -= 1
        if total > _OPEN_LIMIT:
            return True
    return False


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("colspan", "rowspan"):
        return value if re.fullmatch(r"[2-9]|[1-9]\d", value) else None
    if attribute == "scope":
        return value if value in ("row", "col", "rowgroup", "colgroup") else None
    if attribute == "data-source":
        return value if KEY.fullmatch(value) else None
    if attribute == "value":
        return value if FACT.fullmatch(value) else None
    if attribute == "data-locator":
        return spaced(value)[:LOCATOR_LIMIT].strip() or None
    if attribute == "data-quote":
        return spaced(UNSEEN.sub("", value))[:QUOTE_LIMIT].strip() or None
    if attribute == "href":
        href = unicodedata.normalize("NFC", value.strip("\t\n\f\r "))
        return href if _is_safe_link(href) else None
    return None


def spaced(value: str) -> str:
    """Plain text on one line, in composed characters."""
    return " ".join(unicodedata.normalize("NFC", value).split())


def _is_safe_link(href: str) -> bool:
    """Whether a link leads where it seems to lead, in every browser and in the digest alike."""
    # nh3 lets every relative address through; "//host" and "\\host" are other people's hosts in disguise.
    if not href or href.startswith("//") or re.search(r"[\s\x00-\x20\x7f-\xa0\\]", href):
        return False
    try:
        parts = urlsplit(href)
        host = parts.hostname
    except ValueError:
        return False
    if not parts.scheme:
        return not re.match(r"[^/?#]*:", href)
    # Browsers read "https:host" and "https:///host", too, as addresses of that host; urlsplit does not.
    return parts.scheme in _SCHEMES and (bool(host) or parts.scheme in ("mailto", "tel"))


_cleaner = nh3.Cleaner(
    tags=set(BLOCKS | INLINE | VOID | BOUNDARIES | ALIASES.keys()),
    attributes=_ATTRIBUTES,
    attribute_filter=_allowed_value,
    url_schemes=_SCHEMES,
    link_rel=None,
    strip_comments=True,
    clean_content_tags=set(_DROPPED),
)
