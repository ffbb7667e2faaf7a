"""Readable names for citation marks while somebody edits: `[American Cancer Society 2024]`.

Stored marks are empty, for their numbers are made when the page is rendered; markup.clean drops these names again.
"""

import html
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from django import forms
from django.utils.text import Truncator

from articles import markup
from references.models import Source

_MARK = re.compile(r'(<cite [^>]*data-source="([^"]*)"[^>]*>)</cite>')


def of_source(source: Source) -> str:
    """The short name of a source: who and when."""
    who = Truncator(source.by_line() or source.title).chars(40)
    # A closing bracket would end the name early, and what follows it would be taken for the writer's words.
    return " ".join(re.sub(r"[\[\]<>]", " ", f"{who} {source.published[:4]}").split())


def of_keys(keys: Iterable[str]) -> dict[str, str]:
    """Names by key; one query, none without keys."""
    wanted = set(keys)
    return {key: of_source(source) for key, source in Source.objects.by_key(wanted).items()} if wanted else {}


def put(cleaned: str, names: Mapping[str, str]) -> str:
    """Cleaned HTML with a readable name in each mark; a mark without one shows its key."""
    return _MARK.sub(lambda m: f"{m[1]}[{html.escape(names.get(m[2], m[2]), quote=False)}]</cite>", cleaned)


def shown(source: str) -> str:
    """Rich text as it looks, cleaned and with readable marks: safe to print."""
    cleaned = markup.clean(source)
    return put(cleaned, of_keys(mark.key for mark in markup.citations(cleaned)))


class CitedTextarea(forms.Textarea):
    """A text box that shows marks by name. `names` may be filled beforehand, for many boxes at once."""

    names: Mapping[str, str] = MappingProxyType({})

    def format_value(self, value: object) -> str | None:
        if not value:
            return None
        try:
            cleaned = markup.clean(str(value))
        except markup.TooDeep:
            return self.refused(str(value))
        missing = {mark.key for mark in markup.citations(cleaned)} - self.names.keys()
        return put(cleaned, {**self.names, **of_keys(missing)})

    def refused(self, value: str) -> str:
        """What is shown of a text that the gate refused: as it was typed."""
        return value
