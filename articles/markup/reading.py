"""What can be read out of cleaned HTML: words, sentences, paragraphs, citations, links."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from articles.markup.canonical import BLOCKS


@dataclass(frozen=True, slots=True)
class Mark:
    """One citation mark in a text: the source's key, and, where given, the place in it and a sentence of it."""

    key: str
    locator: str = ""
    quote: str = ""


_CITE = re.compile(
    r'<cite(?: data-locator="(?P<locator>[^"]*)")?(?: data-quote="(?P<quote>[^"]*)")?'
    r' data-source="(?P<key>[^"]*)"></cite>'
)
_HREF = re.compile(r'(<a href=")([^"]*)(")')


@lru_cache(maxsize=64)  # every rule asks it of the same bodies
def citations(cleaned: str) -> tuple[Mark, ...]:
    """Citation marks of cleaned HTML, in reading order, repeats included."""
    return tuple(
        Mark(key=m["key"], locator=html.unescape(m["locator"] or ""), quote=html.unescape(m["quote"] or ""))
        for m in _CITE.finditer(cleaned)
    )


def recite(cleaned: str, keys: dict[str, str]) -> str:
    """Replace citation keys by `keys`; marks whose key is not in it stay as they are."""
    return _CITE.sub(lambda m: f'{m[0][: m.start("key") - m.start()]}{keys.get(m["key"], m["key"])}"></cite>', cleaned)


def link_hosts(cleaned: str) -> str:
    """Cut external links of cleaned HTML down to their host; internal, tel: and mailto: links stay whole."""
    return _HREF.sub(lambda m: m[1] + _host_only(m[2]) + m[3], cleaned)


def _host_only(href: str) -> str:
    try:
        parts = urlsplit(html.unescape(href))
    except ValueError:  # no release of ours lets such a link in; if one is there, all of it counts
        return href
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


@lru_cache(maxsize=64)  # as above
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


_SENTENCE_END = re.compile(r"(?<=[.!?…؟])[\"”’»)\]]*\s+(?=\S)|\n\s*")
_TITLES = re.compile(r"\b(?:Dr|Drs|Mr|Mrs|Ms|Prof|Rev|St|vs|e\.g|i\.e|cf)\.$")
_BEFORE_NUMBERS = re.compile(
    r"\b(?:No|Nos|Fig|Figs|Vol|vol|p|pp|approx|ca|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)
_MAY_BE_LAST = re.compile(r"(?:\b(?:U\.S|U\.K|U\.S\.A|M\.D|Ph\.D|D\.O|Jr|Sr|al|Inc)|(?<!\w)[A-Z])\.$")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,2}|[A-Za-z])\.")
_STARTERS = frozenset(
    "A About After All Also Although An And Another Any As At Because Before Both But By Children Doctors Each For "
    "From He Her His How However I If In It Its Many Most My Not On Once One Or Other Our Patients People She Since So "
    "Some Such Talk That The Their Then There These They This Those To Treatment Until We What When Where Which Who "
    "While With You Your El La Los Las Un Una En".split()
)


_NEAR = 40  # characters around a possible end that decide whether it is one


def sentences(plain: str) -> Iterator[str]:
    """Split plain text into sentences; line ends part sentences, abbreviations do not. No word is lost."""
    start = 0
    for end in _SENTENCE_END.finditer(plain):
        before = plain[max(start, end.start() - _NEAR) : end.start()]
        if "\n" in end[0] or _is_over(before, plain[end.end() : end.end() + _NEAR]):
            yield from _filled(plain[start : end.end()])
            start = end.end()
    yield from _filled(plain[start:])


def _filled(piece: str) -> Iterator[str]:
    if piece.strip():
        yield piece.strip()


def _is_over(before: str, after: str) -> bool:
    following = after.lstrip("\"“(‘'«¿¡[")[:1]
    if following.islower() or _TITLES.search(before) or _ENUMERATOR.fullmatch(before):
        return False
    if _BEFORE_NUMBERS.search(before):
        return not following.isdigit()
    if _MAY_BE_LAST.search(before):
        first = re.match(r"\W*(\w+)", after)
        return bool(first and first[1] in _STARTERS)
    return True
