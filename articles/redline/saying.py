"""What changed, in one line: “one change in Treatment: 5 mg → 6 mg”. Pure."""

import html
import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.content import Content
from articles.redline import stops
from articles.redline.pages import Row, redline_content

_LONG = 48  # characters of a quoted change
PAIRS = 3  # that are quoted of one sentence: a value has a year beside it
_UNSEEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')
_NOTE = re.compile(r'<span class="redline-note">\[(.*?)\]</span>')
_RAISED = re.compile(r"<(su[bp])>(.*?)</\1>", re.S)
# 10² must not read as 102 where there is no room for <sup>.
_SIGNS = {"sup": str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ"), "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")}
_WENT, _CAME = (rf"<{mark}>(?P<{{}}>(?:(?!</{mark}>).)*)</{mark}>" for mark in ("del", "ins"))
_CHANGE = re.compile(
    rf"(?P<before>[^\s<>]*){_WENT.format('old')}\s*{_CAME.format('new')}(?P<after>[^<]*)"
    rf"|{_CAME.format('came')}|{_WENT.format('went')}",
    re.S,
)


def between(old: Content, new: Content) -> str:
    """The line for two pages, quickly: texts in which nothing changed are not read."""
    return in_short(redline_content(old, new, whole=False))


def in_short(rows: Sequence[Row]) -> str:
    """One line of plain text about the changed rows; "" where nothing changed."""
    changed = [row for row in rows if row.changed]
    if not changed:
        return ""
    found = stops.count(changed)
    first = _quotes(changed[0], PAIRS if found == 1 else 1)
    words = ngettext("one change in %(places)s", "%(count)d changes in %(places)s", found)
    words = words % {"count": found, "places": _places(changed)}
    return f"{words}: {first}" if found == 1 else _("%(words)s; first: %(first)s") % {"words": words, "first": first}


def _places(rows: Sequence[Row]) -> str:
    """The names of the first two parts, and how many more there are."""
    names = [_plain(re.sub(r"<del>.*?</del>", "", row.heading)) or _plain(row.heading) for row in rows]
    if len(names) > 2:
        return _("%(names)s and %(more)d more") % {"names": ", ".join(names[:2]), "more": len(names) - 2}
    return " · ".join(names)


def _quotes(row: Row, most: int) -> str:
    if row.notes:
        return row.notes[0]
    shown = _UNSEEN.sub("", f"{row.heading} {row.html}")
    found = list(_CHANGE.finditer(shown))
    if not found:
        noted = _NOTE.search(shown)
        return _plain(noted[1]) if noted else ""
    return ", ".join([*map(_quote, found[:most]), *(["…"] if len(found) > most > 1 else [])])


def _quote(found: re.Match[str]) -> str:
    if found["old"] is not None:
        unit = _unit(found)
        return " → ".join(_quoted(found["before"] + found[side], unit) for side in ("old", "new"))
    if found["came"] is not None:
        return _("“%(words)s” added") % {"words": _quoted(found["came"])}
    return _("“%(words)s” removed") % {"words": _quoted(found["went"])}


def _unit(found: re.Match[str]) -> str:
    """The word behind a number or sign that changed: “5 mg → 6 mg” says more than “5 → 6”."""
    letters = all(any(sign.isalpha() for sign in _plain(found[side])) for side in ("old", "new"))
    word = None if letters else re.match(r"\s?[^\s.,;:()]+", html.unescape(found["after"]))
    return word[0] if word else ""


def _quoted(marked: str, unit: str = "") -> str:
    words = _plain(marked) + unit
    return words if len(words) <= _LONG else words[: _LONG - 1].rstrip() + "…"


def _plain(marked: str) -> str:
    raised = _RAISED.sub(_sign, _UNSEEN.sub("", marked))
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", raised)).split())


def _sign(raised: re.Match[str]) -> str:
    signs = _SIGNS[raised[1]]
    return raised[2].translate(signs) if all(ord(sign) in signs for sign in raised[2]) else f" {raised[2]} "
