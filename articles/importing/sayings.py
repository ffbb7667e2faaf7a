"""What a document says about itself, taken out of its lines: bylines, dates, and the chrome of a web page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from articles.importing import bylines, chrome, dates, people
from articles.importing.dates import Found
from articles.importing.labels import NEXT, REVIEW_DATE, REVIEWED, UNLABELLED, WRITTEN
from articles.importing.lines import Line, is_closed
from articles.importing.manuscript import Leftover, PrintedDate, ReviewStatement

_BY = re.compile(r"(?:[Bb]y|BY|[Pp]or):?\s+(?=[A-ZÀ-Þ])")
_EMPHASIS = re.compile(r"\*\*|__")
_LONGEST_NAME = 6
_SENTENCE = re.compile(r"[a-z]{3,}[.!?]$")
_READING_TIME = re.compile(r"[\s|•·–—-]*\d+[- ]min(?:ute)?s?(?: read)?\.?$", re.I)


@dataclass
class Sayings:
    """Gathered while the lines are walked."""

    today: date
    review: ReviewStatement | None = None
    dates: list[PrintedDate] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def taken(self, line: Line, segments: Sequence[bylines.Segment]) -> None:
        """Keep what a byline says."""
        named = any(segment.people for segment in segments)
        for segment in segments:
            kind = REVIEWED if segment.people or (segment.kind == REVIEW_DATE and named) else segment.kind
            for found in segment.dates:
                self.dated(line, found, kind)
            if kind == REVIEWED:
                self._reviewed(line, segment)
        if all(segment.kind == WRITTEN for segment in segments):
            self.leftovers.append(Leftover(line.number, line.text))

    def dated(self, line: Line, found: Found, label: str) -> None:
        """Keep a printed date and say what is odd about it."""
        printed = PrintedDate(found.value, found.as_printed, line.number, label, line.text)
        self.dates.append(printed)
        place = {"date": found.as_printed, "line": line.number}
        if not found.value:
            self.notes.append(_("“%(date)s” (line %(line)d) is not a day of the calendar; it was not taken.") % place)
        elif dates.lies_after(found.value, self.today) and label not in (NEXT, REVIEW_DATE):
            self.notes.append(_("“%(date)s” (line %(line)d) is a date in the future; check it.") % place)
        elif label == REVIEW_DATE:
            self.notes.append(
                _("“%(date)s” (line %(line)d) may be the last review or the next; it was not taken.") % place
            )
        elif not label:
            self.notes.append(
                _("“%(date)s” (line %(line)d) has no label. Say whether it is a publication, update or review.") % place
            )

    def _reviewed(self, line: Line, segment: bylines.Segment) -> None:
        on = next((found.value for found in segment.dates), "")
        on = "" if dates.lies_after(on, self.today) else on
        before = self.review
        if before is None:
            self.review = ReviewStatement(
                statement=line.text, line=line.number, reviewers=segment.people, reviewed_on=on, policy=segment.policy
            )
            return
        new = tuple(person for person in segment.people if person not in before.reviewers)
        statement = before.statement if line.number == before.line else f"{before.statement}\n{line.text}"
        self.review = replace(
            before,
            statement=statement,
            reviewers=(*before.reviewers, *new),
            reviewed_on=before.reviewed_on or on,
            policy=before.policy or segment.policy,
        )

    def settled(self) -> "Sayings":
        """Say so where the document contradicts itself."""
        named = self.review.reviewers if self.review else ()
        if len(named) > 1:
            names = "; ".join(person.name for person in named)
            self.notes.append(
                _("%(count)d reviewers are named (%(names)s). Say who reviewed this page.")
                % {"count": len(named), "names": names}
            )
        reviewed = {d.value for d in self.dates if d.label == REVIEWED and d.value}
        if len(reviewed) > 1:
            self.notes.append(_("Several review dates are printed: %s.") % ", ".join(sorted(reviewed)))
        return self


def collect(lines: Sequence[Line], *, today: date, apart: bool = False) -> tuple[Sayings, list[int]]:
    """Sayings, and the places of the lines that are left. The front matter ends where the page's own text begins.

    `apart`: every line is a paragraph of its own, as in HTML.
    """
    said = Sayings(today)
    left: list[int] = []
    front, alone, place = True, True, 0
    while place < len(lines):
        line, used = _with_its_name(lines, place)
        segments = bylines.read(_EMPHASIS.sub("", line.text))
        foot = not any(other.text for other in lines[place + used : place + used + 6])
        if segments and (front or alone or foot or _names_people(segments)):
            said.taken(line, segments)
        elif line.text and front and _front_matter(said, line):
            pass
        elif chrome.is_chrome(line.text) or _is_button(lines, place):
            said.leftovers.append(Leftover(line.number, line.text))
        else:
            left += range(place, place + used)
            front = front and not line.text
            alone = apart or not line.text
        place += used
    return said.settled(), left


def _is_button(lines: Sequence[Line], place: int) -> bool:
    if not chrome.is_call(lines[place].text):
        return False
    follows = next((line.text for line in lines[place + 1 :] if line.text), "")
    return not is_closed(follows)


def _names_people(segments: Sequence[bylines.Segment]) -> bool:
    return any(segment.people for segment in segments)


def _with_its_name(lines: Sequence[Line], place: int) -> tuple[Line, int]:
    """A label at the end of a line belongs to the line after it."""
    line = lines[place]
    if not line.text or not bylines.is_unfinished(line.text):
        return line, 1
    for ahead in range(place + 1, min(place + 3, len(lines))):
        if lines[ahead].text:
            both = f"{line.text} {lines[ahead].text}"
            if bylines.read(both) or line.text.lower() == "by":
                return replace(line, text=both, raw=f"{line.raw}\n{lines[ahead].raw}"), ahead - place + 1
            break
    return line, 1


def _front_matter(said: Sayings, line: Line) -> bool:
    """A bare date, or a name without a label, between the title and the text."""
    found = dates.only_date(_READING_TIME.sub("", line.text))
    if found:
        said.dated(line, found, UNLABELLED)
        return True
    name = _BY.sub("", line.text, count=1)
    if len(name) > 200 or _SENTENCE.search(name):
        return False
    named = people.read(name)
    says_by = bool(_BY.match(line.text)) and len(name.split()) <= _LONGEST_NAME
    if not named or not (says_by or (named[0].family_name and named[0].credentials)):
        return False
    said.leftovers.append(Leftover(line.number, line.text))
    said.notes.append(_("Line %d names a person without saying what for: “%s”.") % (line.number, line.text))
    return True
