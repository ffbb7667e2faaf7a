"""The allowed HTML: the one gate for rich text, and what can be read out of it. Pure."""

from articles.markup.canonical import BLOCKS, INLINE, VOID, TooDeep
from articles.markup.gate import KEY, clean
from articles.markup.reading import Mark, citations, link_hosts, paragraphs, recite, sentences, text, words

__all__ = [
    "BLOCKS",
    "INLINE",
    "KEY",
    "VOID",
    "Mark",
    "TooDeep",
    "citations",
    "clean",
    "link_hosts",
    "paragraphs",
    "recite",
    "sentences",
    "text",
    "words",
]
