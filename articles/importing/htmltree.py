"""HTML text to a tree, refused where it is nested deeper than any real page; and what in it is site furniture."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from articles.importing.manuscript import Refused

Element = etree._Element
_DEEPEST, _MOST_TAGS = 400, 50_000
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
# Void elements, and those whose end tag may be left out: they do not nest by being left open.
_NOT_NESTING = frozenset(
    "area base br col embed hr img input link meta param source track wbr"
    " p li td th tr dt dd option thead tbody tfoot colgroup".split()
)
UNSEEN = frozenset("script style noscript template iframe svg math object head title canvas audio video map".split())
_FURNITURE = frozenset("nav footer aside form select textarea dialog menu".split())
_ROLES = frozenset("navigation banner contentinfo search complementary menu dialog form".split())
_FURNITURE_NAME = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|skip(?:-?(?:link|nav|to-?content|to-?main))|social(?:-?(?:share|links"
    r"|media))?|share|sharing"
    r"|nav|navigation|left-?nav|sub-?nav|menu|related-?(?:links|content|articles|pages)"
    r"|sidebar|site-?(?:header|footer|nav)|navbar|nav-?(?:menu|bar|main)|main-?nav|pagination|newsletter"
    r"|advert(?:isement)?"
    r"|screen-reader-only-skip|page-?tools|print-?button)(?:$|[\s_-])",
    re.I,
)
_REFERENCES_NAME = re.compile(
    r"(?:^|[\s_-])(?:references?|reflist|citations?|footnotes?|bibliography|works-cited)(?:$|[\s_-])", re.I
)
_MOST_FURNITURE = 3000


def parse(text: str, name: str) -> Element:
    """The root element. Raises Refused for HTML nested too deep or without any element."""
    _refuse_depth(text, name)
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    if root is None:
        raise Refused(_("%s: no HTML element in the file (line 1). Save the page again as HTML.") % name)
    return root


def _refuse_depth(text: str, name: str) -> None:
    for count, (depth, at) in enumerate(_depths(text)):
        if depth <= _DEEPEST and count <= _MOST_TAGS:
            continue
        place = {"name": name, "line": text.count("\n", 0, at) + 1}
        if depth > _DEEPEST:
            message = _("%(name)s: HTML nested more than %(most)d levels deep (line %(line)d). Save it as plain text.")
            raise Refused(message % {**place, "most": _DEEPEST})
        message = _("%(name)s: more than %(most)d HTML tags (line %(line)d on). Split it and import the parts.")
        raise Refused(message % {**place, "most": _MOST_TAGS})


def _depths(text: str) -> Iterator[tuple[int, int]]:
    """How deep each tag leaves us, and where it stands; tags inside scripts are no tags."""
    depth = 0
    script = ""
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if script:
            script = "" if match[1] and name == script else script
            continue
        if name in ("script", "style"):
            script = "" if match[1] else name
        elif name not in _NOT_NESTING:
            depth = max(0, depth - 1) if match[1] else depth + 1
        yield depth, match.start()


def tag(element: Element) -> str:
    """Lower-case name; "" for comments and entities."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def line_of(element: Element) -> int:
    """The line of the file in which the element begins; 0 if it is not known."""
    line: Any = element.sourceline  # the stubs leave its type open
    return line or 0


def words(element: Element) -> str:
    """The visible words of an element on one line."""
    pieces: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, at in walk:
        if event == "start" and (tag(at) in UNSEEN or not tag(at)):
            walk.skip_subtree()
        elif event == "start":
            pieces.append(f"{' ' if tag(at) not in _INLINE else ''}{at.text or ''}")
        if event == "end" and at is not element:
            pieces.append(f"{'' if tag(at) in _INLINE else ' '}{at.tail or ''}")
    return " ".join("".join(pieces).split())


_INLINE = frozenset(
    "a abbr b bdi bdo big cite code dfn em font i ins kbd mark q s samp small span strong sub sup u var".split()
)


def is_furniture(element: Element) -> bool:
    """Navigation, search, share buttons, footers: of the site, not of the page."""
    name = tag(element)
    if name in ("body", "html", "main", "article"):
        return False
    role = (element.get("role") or "").lower()
    if name == "form" or role == "form":
        # Some sites put the whole page into one form.
        return _is_short(element) and next(element.iter("h1", "h2"), None) is None
    furnished = name in _FURNITURE or role in _ROLES or (name == "header" and not _inside_article(element))
    if not furnished and _named(element, _FURNITURE_NAME):
        furnished = next(element.iter("h2", "h1"), None) is None and _is_short(element)
    if name == "footer" and _inside_article(element):
        return False
    return furnished and next(element.iter("h1"), None) is None


def _is_short(element: Element) -> bool:
    """Furniture is short: an article's own container must not go because of its class name."""
    length = 0
    for text in element.itertext():
        length += len(text.strip())
        if length > _MOST_FURNITURE:
            return False
    return True


def _inside_article(element: Element) -> bool:
    return any(tag(above) in ("main", "article") for above in element.iterancestors())


def _named(element: Element, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(element.get("class") or "") or pattern.search(element.get("id") or ""))


def lists_references(element: Element) -> bool:
    """Whether the element, or what directly holds it, is named as the reference list."""
    above = element.getparent()
    return _named(element, _REFERENCES_NAME) or (above is not None and _named(above, _REFERENCES_NAME))


def scope(root: Element) -> Element:
    """The element that holds the page: a single main or article with most of the words, else the whole."""
    body = next(root.iter("body"), root)
    total = len(words(body))
    for found in (list(body.iter("main")), list(body.iter("article")), body.findall(".//*[@role='main']")):
        if len(found) == 1 and len(words(found[0])) * 2 >= total:
            return found[0]
    return body
