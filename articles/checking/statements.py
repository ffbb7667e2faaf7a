"""The sentences of the medical text that no citation supports, for the rules that ask which of them need support.

A mark supports its own sentence and those before it in the same paragraph; in a table, the whole table; behind a line
that ends in a colon, the list below it. English only: in other languages the word lists below would guess, so there
are no statements, and the rules that ask here are silent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles import markup
from articles.checking.finding import Finding, Severity, short
from articles.content import MEDICAL, Content

LANGUAGE = "en"
FEW = 2  # words


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, or one table, without support. `where` is the section's anchor. `telephones` are not figures."""

    where: str
    sentence: str
    telephones: tuple[str, ...] = ()


_CITE = re.compile(r'<cite (?:[^">]|"[^"]*")*></cite>')  # the quote in one may hold any sign
_MARK = "\ue000"
_OVER = re.compile(r"[.!?…:;][\"”’»)\]]*\s*$")
_TELEPHONE_LINK = re.compile(r'<a href="tel:[^>]*>(.*?)</a>')


def speaks(content: Content) -> bool:
    """Whether the rules about statements can read this language."""
    return content.language.lower().partition("-")[0] == LANGUAGE


@lru_cache(maxsize=8)  # five rules ask the same of the same words
def unsupported(content: Content) -> tuple[Statement, ...]:
    """Every such sentence in reading order; none in another language than English."""
    return tuple(_of_page(content)) if speaks(content) else ()


def found(rule: str, severity: Severity, statement: Statement, message: str) -> Finding:
    """What a rule says of a statement; `message` has a place for its `sentence`."""
    said = message % {"sentence": short(statement.sentence)}
    return Finding(rule, severity, statement.where, said, quote=statement.sentence)


def _of_page(content: Content) -> Iterator[Statement]:
    bodies = [("", content.summary), *((s.anchor, s.body) for s in content.sections if s.kind == MEDICAL)]
    for where, body in bodies:
        covered = False  # by the mark in the line above a list
        for tag, inline in markup.paragraphs(body):
            marked = _CITE.sub(_MARK, inline)
            if tag != "li":
                covered = _MARK in marked and markup.text(marked.replace(_MARK, "")).endswith(":")
            if tag not in ("h3", "h4") and not (covered and tag == "li"):
                yield from _of_block(where, tag, marked)


def _of_block(where: str, tag: str, inline: str) -> Iterator[Statement]:
    text = markup.text(inline)
    telephones = tuple(markup.text(link) for link in _TELEPHONE_LINK.findall(inline))
    if tag == "table":
        if _MARK not in text:
            yield Statement(where, " ".join(text.split()), telephones)
        return
    before, mark, rest = text.rpartition(_MARK)
    sentences = list(markup.sentences(rest))
    if mark and not _OVER.search(before.replace(_MARK, "")):
        sentences = sentences[1:]  # the mark stands inside a sentence, or before its stop
    yield from (Statement(where, one, telephones) for one in sentences if _says_something(one))


def _says_something(sentence: str) -> bool:
    """A question states nothing, and two words are a label."""
    return not sentence.endswith("?") and len(sentence.split()) > FEW
