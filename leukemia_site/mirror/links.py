"""Where a page, a style sheet or a list for machines leads within the site."""

import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

_ATTRIBUTE = re.compile(r"""\s(href|src|srcset|action|content)=(?:"([^"]*)"|'([^']*)')""")
_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
_PLACE = re.compile(r"<(?:loc|id|uri)>([^<]*)</")
_STYLE = re.compile(r"<style>[^<]*</style>")  # half of a page is its style, which is our own and names nothing
_PLAIN = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?(?:[?#].*)?")  # from the root, and no step up
_DATA = re.compile(r'"(?:url|image|contentUrl|logo)":"([^"]*)"')


def of(text: str, content_type: str, *, at: str, site: str) -> frozenset[str]:
    """The paths of this site that are named there, without query and fragment.

    `at` is the address of the text, and `site` the scheme and host that stand for this site in full addresses.
    """
    kind = content_type.partition(";")[0]
    found: Iterable[str]
    if kind == "text/html":
        found = _of_page(text)
    elif kind == "text/css":
        found = (one or other for one, other in _URL.findall(text))
    elif kind in ("application/xml", "application/atom+xml"):
        named = [*_PLACE.findall(text), *(one or other for _name, one, other in _ATTRIBUTE.findall(text))]
        found = map(html.unescape, named)
    else:
        return frozenset()
    paths = (_path(one, at, site) for one in {one.strip() for one in found})
    return frozenset(filter(None, paths))


def _of_page(text: str) -> Iterator[str]:
    text = _STYLE.sub("", text)
    for name, one, other in _ATTRIBUTE.findall(text):
        value = html.unescape(one or other)
        if name == "srcset":
            yield from (part.split()[0] for part in value.split(",") if part.strip())
        elif name != "content" or "://" in value:  # the picture of a page is named in full, for other sites
            yield value
    yield from _DATA.findall(text)


def _path(target: str, at: str, site: str) -> str:
    if not target or target.startswith(("#", "?")):
        return ""
    if _PLAIN.fullmatch(target):
        return target.partition("#")[0].partition("?")[0]  # as a rule, and sooner than by all rules of addresses
    full = urljoin(f"{site}{at}", target)
    if not full.startswith(f"{site}/"):
        return "/" if full == site else ""
    return urlsplit(full).path
