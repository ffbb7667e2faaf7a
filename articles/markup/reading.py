"""What can be read out of cleaned HTML: words, sentences, paragraphs, citations, links."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from articles.markup.canonical import BLOCKS


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
