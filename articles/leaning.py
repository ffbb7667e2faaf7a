"""Which words lean on which source, for somebody who checks the one against the other. Pure."""

import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from articles import markup
from articles.content import Content
from articles.page import Html, Page
from references import formatting

_MARK = re.compile(r"<cite [^>]*></cite>")
# A mark usually stands behind the full stop of the sentence that it belongs to.
_BEHIND_STOP = re.compile(r"([.!?…]+[\"'”’)\]]*)[^\S\n]*(\ue000[^\ue001]*\ue001(?:[^\S\n]*\ue000[^\ue001]*\ue001)*)")
# A link can hold no link, so what stands in one is passed over.
_CITED = re.compile(r'<a [^>]*>.*?</a>|<cite data-source="([^"]*)">(.*?)</cite>', re.S)
_HELD = re.compile(r"\ue000([0-9]{1,6})\ue001")
_HELD_SPACED = re.compile(rf"\s*{_HELD.pattern}")
_RAISED = re.compile(r"<(sup|sub)>(.*?)</\1>", re.S)
# 10² must not read as 102 where there is no room for <sup>.
_SIGNS = {"sup": str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence, list item or table cell, and the heading it stands under; "" for the summary.

    `quote` is the sentence of the source that supports it, where the writer gave one.
    """

    heading: str
    sentence: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A reference as printed, and what leans on it. `key` is its source's, `news` what is to be known of that."""

    number: int
    entry: Html
    claims: tuple[Claim, ...]
    key: str = ""
    news: tuple[str, ...] = ()


def of(words: Content, page: Page, news: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> list[Leaning]:
    """Every reference of the page with its claims, in the order of the page, and what is said of its source."""
    printed = {source.key: formatting.ama(source) for source in words.sources}
    claims: dict[str, dict[Claim, None]] = {}
    for key, claim in _claims(words):
        claims.setdefault(printed.get(key, ""), {})[claim] = None
    keys: dict[str, list[str]] = {}  # of two records of one work, each reference takes one
    for key in dict.fromkeys(words.cited_keys()):
        keys.setdefault(printed.get(key, ""), []).append(key)
    taken = [(one, keys[one.entry].pop(0)) for one in page.references]
    return [
        Leaning(one.number, one.entry, tuple(claims.get(one.entry, ())), key, news.get(key, ())) for one, key in taken
    ]


def claims(words: Content, keys: Collection[str]) -> tuple[Claim, ...]:
    """What leans on the sources with these keys, in the order of the page."""
    return tuple(dict.fromkeys(claim for key, claim in _claims(words) if key in keys))


def linked(redlined: str, keys: Collection[str]) -> str:
    """A redline whose citations lead to their sources on the same screen, as far as those are there."""
    return _CITED.sub(lambda found: _link(found) if found[1] in keys else found[0], redlined)


def _link(found: re.Match[str]) -> str:
    return f'<a class="cited" href="#source-{found[1]}">{found[2]}</a>'


def _claims(words: Content) -> Iterator[tuple[str, Claim]]:
    for heading, body in (("", words.summary), *((section.heading, section.body) for section in words.sections)):
        cleaned, places = markup.clean(body), itertools.count()
        marks = markup.citations(cleaned)
        numbered = _MARK.sub(lambda _mark, places=places: f"\ue000{next(places)}\ue001", cleaned)  # type: ignore[misc]
        held = _RAISED.sub(_plain_sign, numbered)
        for sentence in markup.sentences(_BEHIND_STOP.sub(r"\2\1 ", markup.text(held))):
            claim = " ".join(_HELD_SPACED.sub("", sentence).split())
            for mark in (marks[int(place)] for place in _HELD.findall(sentence) if int(place) < len(marks)):
                yield mark.key, Claim(heading, claim, mark.quote)


def _plain_sign(raised: re.Match[str]) -> str:
    signs = _SIGNS[raised[1]]
    if "\ue000" in raised[2]:
        return raised[2]
    return raised[2].translate(signs) if all(ord(sign) in signs for sign in raised[2]) else f" {raised[2]} "
