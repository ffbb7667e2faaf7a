"""The allowed HTML: the one gate for rich text, and what can be read out of it. Pure."""

from articles.markup.canonical import BLOCKS, INLINE, VOID, TooDeep
from articles.markup.facts import FactMark, Value, facts, printing, renewed, unmarked
from articles.markup.gate import FACT, KEY, LOCATOR_LIMIT, QUOTE_LIMIT, clean
from articles.markup.reading import Mark, citations, link_hosts, paragraphs, recite, sentences, text, words

__all__ = [
    "BLOCKS",
    "FACT",
    "INLINE",
    "KEY",
    "LOCATOR_LIMIT",
    "QUOTE_LIMIT",
    "VOID",
    "FactMark",
    "Mark",
    "TooDeep",
    "Value",
    "citations",
    "clean",
    "facts",
    "link_hosts",
    "paragraphs",
    "printing",
    "recite",
    "renewed",
    "sentences",
    "text",
    "unmarked",
    "words",
]
