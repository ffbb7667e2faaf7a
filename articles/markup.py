"""The allowed HTML: the one gate for rich text, and what can be read out of it. Pure."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlsplit

import nh3

KEY = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")
INLINE = frozenset({"strong", "em", "sub", "sup", "a", "cite"})
VOID = frozenset({"br"})
BLOCKS = frozenset({"p", "h3", "h4", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td"})
_PROSE = frozenset({"p", "h3", "h4"})
_ATTRIBUTES = {
    "a": {"href"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "cite": {"data-source", "data-locator"},
}
_SAME_AS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "dt": "p", "dd": "p", "div": "p"}
_OTHER_NAME = re.compile(r"(</?)(h[1256]|b|i|dt|dd|div)(?=[\s/>])", re.I)
_DEPTH_LIMIT = 100
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


class TooDeep(ValueError):
    """HTML nested deeper than any real text; refused before it can exhaust a parser."""


def _allowed_value(tag: str, attribute: str, value: str) -> str | None:
    if attribute in ("colspan", "rowspan"):
        return value if re.fullmatch(r"[1-9]\d?", value) else None
    if attribute == "scope":
        return value if value in ("row", "col", "rowgroup", "colgroup") else None
    if attribute == "data-source":
        return value if KEY.fullmatch(value) else None
    if attribute == "data-locator":
        return " ".join(value.split())[:80] or None
    if attribute == "href":
        return value.strip() if _is_safe_link(value.strip()) else None
    return None


def _is_safe_link(href: str) -> bool:
    # nh3 lets every relative address through; "//host" and "\\host" are other people's hosts in disguise.
    return not href.startswith(("//", "\\", "/\\")) and not re.search(r"[\x00-\x20\\]", href)


_cleaner = nh3.Cleaner(
    tags=set(BLOCKS | INLINE | VOID),
    attributes=_ATTRIBUTES,
    attribute_filter=_allowed_value,
    url_schemes={"https", "http", "mailto", "tel"},
    link_rel=None,
    strip_comments=True,
    clean_content_tags={"script", "style", "noscript", "template", "iframe", "svg", "math", "object", "title"},
)


def clean(source: str) -> str:
    """Return the allowed subset of `source` in one canonical spelling; clean(clean(x)) == clean(x).

    Raises TooDeep for HTML nested beyond 100 levels.
    """
    if _depth_exceeds(source, _DEPTH_LIMIT):
        raise TooDeep(f"HTML is nested more than {_DEPTH_LIMIT} levels deep")
    text = unicodedata.normalize("NFC", source).replace("\x00", "")
    text = _OTHER_NAME.sub(lambda m: m[1] + _SAME_AS[m[2].lower()], text)
    canonical = _Canonical()
    canonical.feed(_cleaner.clean(text))
    canonical.close()
    return canonical.result()


def _depth_exceeds(source: str, limit: int) -> bool:
    depth = 0
    for match in _TAG.finditer(source):
        if match[2].lower() in ("br", "hr", "img", "input", "meta", "link", "wbr", "col", "area", "source"):
            continue
        depth += -1 if match[1] else 1
        depth = max(depth, 0)
        # Unclosed <p> and <li> are ordinary in old HTML and do not nest, hence the generous margin.
        if depth > limit * 50:
            return True
    return False


class _Canonical(HTMLParser):
    """Second pass over nh3's well-formed output: one spelling for what a browser shows the same.

    Stray text at the top gets a paragraph, empty paragraphs go, white space beside block tags goes (it is never
    shown), and a <cite> carries no text of its own, for its number is made when the page is rendered.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[str] = []
        self.cite_text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "cite":
            self._open_cite(dict(attrs))
        elif tag in VOID:
            self._inline_context()
            self.out.append("<br>")
        elif tag in BLOCKS:
            self._open_block(tag, attrs)
        elif tag != "a" or dict(attrs).get("href"):
            self._inline_context()
            self.open.append(tag)
            self.out.append(_start(tag, attrs))

    def _open_block(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PROSE:
            self._close_prose()
        self.open.append(tag)
        self.out.append(_start(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "cite":
            self._close_cite()
        elif tag in self.open:
            while self.open:
                top = self.open.pop()
                self.out.append(f"</{top}>")
                if top == tag:
                    break

    def handle_data(self, data: str) -> None:
        if self.cite_text is not None:
            self.cite_text.append(data)
        elif data.strip():
            self._inline_context()
            self.out.append(html.escape(data, quote=False))
        elif self.open:
            self.out.append(data)

    def _open_cite(self, attrs: dict[str, str | None]) -> None:
        self._close_cite()
        self.cite_text = []
        if attrs.get("data-source"):
            self._inline_context()
            self.out.append(_start("cite", list(attrs.items())) + "</cite>")

    def _close_cite(self) -> None:
        if self.cite_text is None:
            return
        inner, self.cite_text = "".join(self.cite_text), None
        # The editor shows "[label]" inside the mark; anything typed beyond it is the writer's and is kept.
        rest = re.sub(r"^\s*\[[^\]]*\]", "", inner)
        if rest.strip():
            self.handle_data(rest)

    def _inline_context(self) -> None:
        if not any(tag in BLOCKS for tag in self.open):
            self.open.append("p")
            self.out.append("<p>")

    def _close_prose(self) -> None:
        while self.open and (self.open[-1] in INLINE or self.open[-1] in _PROSE):
            self.out.append(f"</{self.open.pop()}>")

    def result(self) -> str:
        self._close_cite()
        while self.open:
            self.out.append(f"</{self.open.pop()}>")
        return _tidy("".join(self.out))


_BESIDE_BLOCK = re.compile(rf"\s*(</?(?:{'|'.join(sorted(BLOCKS, key=len, reverse=True))})(?:\s[^>]*)?>)\s*")
_MAY_VANISH = "p|h3|h4|li|ul|ol|strong|em|sub|sup|a|caption|thead|tbody|tr|table"
_EMPTY = re.compile(rf"<({_MAY_VANISH})(?: [^>]*)?>\s*(?:<br>\s*)*</\1>")


def _tidy(source: str) -> str:
    previous = None
    while previous != source:
        previous = source
        source = _EMPTY.sub("", _BESIDE_BLOCK.sub(r"\1", source))
    return source.strip()


def _start(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    shown = "".join(f' {name}="{html.escape(value or "")}"' for name, value in sorted(attrs))
    return f"<{tag}{shown}>"


@dataclass(frozen=True, slots=True)
class Mark:
    """One citation mark in a text: the source's key and the optional place in it."""

    key: str
    locator: str = ""


_CITE = re.compile(r'<cite(?: data-locator="([^"]*)")? data-source="([^"]*)"></cite>')
_HREF = re.compile(r'(<a href=")([^"]*)(")')


def citations(cleaned: str) -> tuple[Mark, ...]:
    """Citation marks of cleaned HTML, in reading order, repeats included."""
    return tuple(Mark(key=m[2], locator=html.unescape(m[1] or "")) for m in _CITE.finditer(cleaned))


def recite(cleaned: str, keys: dict[str, str]) -> str:
    """Replace citation keys by `keys`; marks whose key is not in it stay as they are."""
    return _CITE.sub(lambda m: m[0].replace(f'"{m[2]}"></cite>', f'"{keys.get(m[2], m[2])}"></cite>'), cleaned)


def link_hosts(cleaned: str) -> str:
    """Cut external links of cleaned HTML down to their host; internal, tel: and mailto: links stay whole."""
    return _HREF.sub(lambda m: m[1] + _host_only(m[2]) + m[3], cleaned)


def _host_only(href: str) -> str:
    parts = urlsplit(html.unescape(href))
    return f"https://{parts.hostname or ''}" if parts.scheme in ("http", "https") else href


_SPOKEN_TAG = re.compile(r"</?(sup|sub)>")
_BREAK = re.compile(r"<br>|</?(?:p|h3|h4|ul|ol|li|table|caption|thead|tbody|tr|th|td)(?:\s[^>]*)?>")
_ANY_TAG = re.compile(r"<[^>]+>")


def text(cleaned: str) -> str:
    """The words of cleaned HTML, one line per block, tags gone."""
    lines = html.unescape(_ANY_TAG.sub("", _BREAK.sub("\n", cleaned))).split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


def words(cleaned: str) -> list[str]:
    """Words in reading order; <sup> and <sub> count as words, so that 10<sup>2</sup> is not 102."""
    marked = _SPOKEN_TAG.sub(lambda m: f" {m[0].replace('<', chr(0x2039)).replace('>', chr(0x203A))} ", cleaned)
    return text(marked).split()


_TABLE = re.compile(r"<table>.*?</table>", re.S)


def paragraphs(cleaned: str) -> tuple[tuple[str, str], ...]:
    """(tag, inline HTML) of every block that holds text, in reading order; a table is one block, its cells spaced."""
    found: list[tuple[str, str]] = []
    start = 0
    for table in (*_TABLE.finditer(cleaned), None):
        found += _plain_paragraphs(cleaned[start : table.start() if table else len(cleaned)])
        if table:
            found.append(("table", " ".join(inline for _tag, inline in _plain_paragraphs(table[0]))))
            start = table.end()
    return tuple(found)


def _plain_paragraphs(cleaned: str) -> list[tuple[str, str]]:
    found, tag = [], "p"
    for piece in re.split(rf"(</?(?:{'|'.join(sorted(BLOCKS))})(?: [^>]*)?>)", cleaned):
        opened = re.match(r"<([a-z0-9]+)", piece)
        if opened and opened[1] in BLOCKS:
            tag = opened[1]
        elif piece.strip() and not piece.startswith("</"):
            found.append((tag, piece.strip()))
    return found


_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“(‘']?[A-Z0-9])|\n+")
_ABBREVIATION = re.compile(
    r"\b(?:Dr|Mr|Mrs|Ms|Prof|vs|e\.g|i\.e|M\.D|Ph\.D|D\.O|U\.S|U\.K|No|Fig|St|Jr|Sr|al|approx)\.$"
)


def sentences(plain: str) -> Iterator[str]:
    """Split plain text into sentences; line ends part sentences, abbreviations do not."""
    held, start = "", 0
    ends = [(m.start(), m.end()) for m in _SENTENCE_END.finditer(plain)] + [(len(plain), len(plain))]
    for stop, following in ends:
        piece = (held + plain[start:following] if held else plain[start:following]).strip()
        start = following
        if stop < len(plain) and _ABBREVIATION.search(piece) and "\n" not in plain[stop:following]:
            held = piece + " "
            continue
        held = ""
        if piece:
            yield piece
