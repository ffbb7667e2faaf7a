"""BibTeX to entries: kinds, keys and raw values, with the line of each. One broken entry does not spoil the next."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_AT_LINE_START = re.compile(r"^[ \t]{0,99}@[ \t]{0,9}([A-Za-z]{1,30})\s{0,9}([{(])", re.MULTILINE)
_ANYWHERE = re.compile(r"@[ \t]{0,9}([A-Za-z]{1,30})\s{0,9}([{(])")
_KEY = re.compile(r"\s*(?:([^,\s{}\"=]*)\s*(?=[,})]))?")
_NAME = re.compile(r"[\s,]*([A-Za-z][\w:.+/-]{0,60})\s*=\s*")
_WORD = re.compile(r"[^\s,{}()\"#=]+")
_JOIN = re.compile(r"\s*#\s*")
_CLOSED = re.compile(r"[\s,]*([})])")
_BRACE = re.compile(r"[{}]|\\.", re.DOTALL)
_BRACE_OR_QUOTE = re.compile(r"[{}\"]|\\.", re.DOTALL)
_NO_WORK = {"comment", "preamble"}


@dataclass(slots=True)
class Entry:
    """`fields` by name in small letters; None where the entry is broken."""

    kind: str
    line: int
    fields: dict[str, str] | None = field(default_factory=dict)


class _Broken(ValueError):
    pass


def entries(text: str) -> Iterator[Entry]:
    """Works in order; @string is resolved, comments are left out."""
    starts = [match.start() for match in _AT_LINE_START.finditer(text)]
    strings: dict[str, str] = {}
    line, counted = 1, 0
    for start, limit in zip(starts, [*starts[1:], len(text)], strict=True):
        at = start
        while opened := _ANYWHERE.search(text, at, limit):
            kind, at = opened[1].lower(), opened.end()
            line += text.count("\n", counted, opened.start(1))
            counted = opened.start(1)
            try:
                fields, at = _fields(text, at, limit, {} if kind in _NO_WORK else strings)
            except _Broken:
                if kind not in _NO_WORK:
                    yield Entry(kind, line, None)
                break
            if kind == "string":
                strings.update(fields)
            elif kind not in _NO_WORK:
                yield Entry(kind, line, fields)


def _fields(text: str, at: int, limit: int, strings: dict[str, str]) -> tuple[dict[str, str], int]:
    fields: dict[str, str] = {}
    key = _KEY.match(text, at, limit)
    at = key.end() if key else at
    while name := _NAME.match(text, at, limit):
        value, at = _value(text, name.end(), limit, strings)
        fields.setdefault(name[1].lower(), value)
    closed = _CLOSED.match(text, at, limit)
    if closed is None:
        raise _Broken
    return fields, closed.end()


def _value(text: str, at: int, limit: int, strings: dict[str, str]) -> tuple[str, int]:
    pieces = []
    while True:
        opening = text[at : at + 1]
        if opening in {"{", '"'}:
            end = _end(text, at + 1, limit, opening)
            pieces.append(text[at + 1 : end])
            at = end + 1
        elif word := _WORD.match(text, at, limit):
            pieces.append(strings.get(word[0].lower(), word[0]))
            at = word.end()
        else:
            raise _Broken
        more = _JOIN.match(text, at, limit)
        if more is None:
            return "".join(pieces), at
        at = more.end()


def _end(text: str, at: int, limit: int, opening: str) -> int:
    """Where the value ends that begins here."""
    depth = 0
    for sign in (_BRACE if opening == "{" else _BRACE_OR_QUOTE).finditer(text, at, limit):
        if sign[0] == "{":
            depth += 1
        elif depth == 0 and sign[0] in {"}", '"'}:
            if (sign[0] == "}") != (opening == "{"):
                break  # a closing brace inside quotes that nothing opened
            return sign.start()
        elif sign[0] == "}":
            depth -= 1
    raise _Broken
