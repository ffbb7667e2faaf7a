"""Facts in a text: which value of a fact stands where, and another value put in its place with its citation."""

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from articles.markup.reading import Mark, citations, sentences, text


@dataclass(frozen=True, slots=True)
class FactMark:
    """A fact in a text: which value of which fact ("k7m2.3"), and the words that stand for it there."""

    ref: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value as texts print it. `sources` are the keys under which its source is known, the one to cite first."""

    ref: str
    words: str
    figure: str
    sources: tuple[str, ...]
    locator: str = ""


_FACT = re.compile(r'<data value="([^"]*)">(.*?)</data>', re.S)
# With the citations that follow, though a stop stands between.
_PLACE = re.compile(rf"{_FACT.pattern}(?P<stop>[\s.,;:!?)”]*)(?P<cites>(?:<cite [^>]*></cite>\s*)*)", re.S)
_CITE = re.compile(r"<cite [^>]*></cite>")
_HELD = re.compile("\ue000.*?\ue001", re.S)


def facts(cleaned: str) -> tuple[FactMark, ...]:
    """Facts of cleaned HTML, in reading order, repeats included."""
    return tuple(FactMark(ref=m[1], words=_plain(m[2])) for m in _FACT.finditer(cleaned))


def unmarked(cleaned: str) -> str:
    """Cleaned HTML with facts as plain words, as readers get them."""
    return _FACT.sub(r"\2", cleaned)


def printing(cleaned: str, refs: Collection[str]) -> Iterator[str]:
    """The sentences of cleaned HTML that print one of these values."""
    held = _FACT.sub(lambda m: f"\ue000{m[2]}\ue001" if m[1] in refs else m[2], cleaned)
    for sentence in sentences(text(_CITE.sub("", held))):
        if _HELD.search(sentence):
            yield " ".join(re.sub("[\ue000\ue001]", "", sentence).split())


def renewed(cleaned: str, old: Mapping[str, Value], new: Value) -> str:
    """Cleaned HTML with `new` where one of the `old` values stands, by ref. Nothing else changes but the citation
    behind it, where the source or the place in it is another."""

    def put(place: re.Match[str]) -> str:
        before = old.get(place[1])
        if before is None:
            return place[0]
        fact = f'<data value="{new.ref}">{html.escape(new.words, quote=False)}</data>'
        cites = place["cites"]
        cited = {mark.key for mark in citations(cites)}
        if not cited & {*before.sources, *new.sources}:
            return f"{fact}{_cite(_mark(new))}{place['stop']}{cites}"  # nothing supported it, and now something does
        return fact + place["stop"] + _CITE.sub(lambda cite: _recited(cite[0], before, new), cites)

    return _PLACE.sub(put, cleaned)


def _recited(cite: str, before: Value, new: Value) -> str:
    (mark,) = citations(cite)
    if mark.key not in before.sources:
        return cite
    if mark.key not in new.sources:
        return _cite(_mark(new))
    # A sentence of the source that says the old figure supports the new one no longer.
    quote = "" if before.figure in mark.quote and before.figure != new.figure else mark.quote
    locator = new.locator if mark.locator == before.locator else mark.locator
    return _cite(Mark(key=mark.key, locator=locator, quote=quote))


def _mark(value: Value) -> Mark:
    return Mark(key=value.sources[0], locator=value.locator)


def _cite(mark: Mark) -> str:
    said = (("data-locator", mark.locator), ("data-quote", mark.quote), ("data-source", mark.key))
    return "<cite" + "".join(f' {name}="{html.escape(one)}"' for name, one in said if one) + "></cite>"


def _plain(inner: str) -> str:
    return " ".join(text(inner).split())
