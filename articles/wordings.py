"""What a reminder of review dates says: one line of the digest about all the pages of one person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import ladder
from articles.due import Why

ARTICLES = "/admin/articles/article/"
LIST = ARTICLES + "due/"
SHOWN = 20  # pages named in one mail; the list has the rest


@dataclass(frozen=True, slots=True)
class Page:
    """A page that is due, or will be. `assigned` and `signed` are numbers of reviewers."""

    article: int
    title: str
    due: date
    why: str
    tier: str
    withdrawn_on: date | None
    assigned: int | None
    signed: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """What one person hears of one page, and, if it is not theirs, why they do."""

    page: Page
    rungs: tuple[str, ...]
    instead: str = ""


def subject(lines: Sequence[Line], on: date) -> str:
    """Like "Review dates: 12 pages, 3 of them overdue"."""
    if len(lines) == 1:
        return f"{_('Review dates')}: {_standing(lines[0].page, on)}"
    late = sum(line.page.due < on for line in lines)
    facts = {"count": len(lines), "late": late}
    if not late:
        return _("Review dates: %(count)d pages") % facts
    return (
        ngettext(
            "Review dates: %(count)d pages, %(late)d of them overdue",
            "Review dates: %(count)d pages, %(late)d of them overdue",
            late,
        )
        % facts
    )


def body(lines: Sequence[Line], on: date) -> str:
    """The pages, the longest due first, under the reasons for which one hears of them."""
    ordered = sorted(lines, key=lambda line: (line.instead, line.page.due, line.page.title))
    shown, parts, reason = ordered[:SHOWN], [], ""
    for line in shown:
        if line.instead != reason:
            reason = line.instead
            parts.append(reason)
        parts.append(_of(line, on))
    if len(ordered) > SHOWN:
        rest = len(ordered) - SHOWN
        said = ngettext("And %(count)d more page: see the list.", "And %(count)d more pages: see the list.", rest)
        parts.append(said % {"count": rest})
    return "\n\n".join(parts)


def path(lines: Sequence[Line]) -> str:
    """Where one acts: on the page; or in the list of due dates, where all of these pages are, and where as
    few others are as its filters can tell apart."""
    if len(lines) == 1:
        return _place(lines[0])
    assigned = {line.page.assigned for line in lines}
    asked = {"due_to": str(max(line.page.due for line in lines))}
    if len(assigned) == 1:  # by name and not as “me”: whoever mends what was not delivered follows the same link
        asked["reviewer"] = str(next(iter(assigned)) or "none")
    return f"{LIST}?{urlencode(asked)}"


def said(rung: str) -> str:
    """The name of a rung in words: "7 days before"."""
    kind, _minus, days = rung.partition("-")
    count, _colon, day = days.partition(":")
    number = int(count) if count.isdecimal() else 0
    words = {
        "before": ngettext("%(count)d day before it was due", "%(count)d days before it was due", number),
        "after": ngettext("%(count)d day after it was due", "%(count)d days after it was due", number),
        "down": _("warning: taken down on %(day)s"),
    }
    known = {"count": number, "day": date_format(date.fromisoformat(day)) if day else ""}
    return words[kind] % known if kind in words else _("on the day it was due")


def _of(line: Line, on: date) -> str:
    page = line.page
    parts = [_standing(page, on) + ".", _why(page)]
    if page.withdrawn_on and any(rung.startswith("down-") for rung in line.rungs):
        day = date_format(ladder.goes_on(page.withdrawn_on, on))
        parts.append(_("It will be taken down on %(day)s unless it has been reviewed by then.") % {"day": day})
    return " ".join(filter(None, parts)) + "\n" + settings.SITE_URL.rstrip("/") + _place(line)


def _standing(page: Page, on: date) -> str:
    days = (on - page.due).days
    facts = {"title": page.title, "day": date_format(page.due), "days": days}
    if days > 0:
        words = ngettext(
            "“%(title)s” was due on %(day)s, %(days)d day ago",
            "“%(title)s” was due on %(day)s, %(days)d days ago",
            days,
        )
        return words % facts
    return (_("“%(title)s” is due today") if days == 0 else _("“%(title)s” is due on %(day)s")) % facts


def _why(page: Page) -> str:
    words = {
        Why.TIER: _("That follows from its risk tier."),
        Why.OVERRIDE: _("That follows from its own review cadence."),
        Why.DEFERRAL: _("Staff set that date."),
        Why.EVENT: _("News asks something of it, which is why it is due so soon."),
    }
    return words.get(Why(page.why), "")


def _place(line: Line) -> str:
    """Whoever reads the page can sign it there as it stands; whoever hears of it instead sees to its dates."""
    return f"{ARTICLES}{line.page.article}/{'dates' if line.instead else 'confirm'}/"
