"""Which news asks something of pages: every kind in order of gravity, who judges it, and of sources what ends it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import Case, F, Q, TextChoices, When
from django.utils.translation import gettext_lazy as _

from articles.models.alert import Alert
from references.health import State
from references.models import SourceChange

Kind = SourceChange.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Asks:
    """`rivals`: later news of these kinds takes its place. `still`: what must be true of the source for it to stand.

    `clinical`: whether it leaves a page as it is, is a medical reviewer's to say. `ends_with_review`: a reviewer who
    signed the page's words since has seen it, for the reading screen shows it.
    """

    rivals: tuple[str, ...]
    still: Q
    clinical: bool = False
    ends_with_review: bool = True


def _health(*states: State) -> Q:
    # A successor or a retraction hides that the page is gone.
    return Q(source__health__in=[*states, State.SUPERSEDED, State.RETRACTED])


_PRESENCE = (Kind.DEAD, Kind.RETIRED, Kind.BACK)
# Until the record has the new address, and then until the page prints it.
_MOVED = Q(source__moved_to=F("after")) | Q(source__url=F("after")) & ~Q(url=F("source__url"))

ASKS: Mapping[str, Asks] = MappingProxyType(
    {
        Kind.RETRACTED: Asks(
            rivals=(Kind.RETRACTED,), still=Q(source__notice="retraction"), clinical=True, ends_with_review=False
        ),
        Kind.CONCERN: Asks(rivals=(Kind.CONCERN,), still=Q(source__notice="concern"), clinical=True),
        Kind.CORRECTION: Asks(rivals=(Kind.CORRECTION,), still=Q(source__notice="correction"), clinical=True),
        Kind.SUPERSEDED: Asks(rivals=(Kind.SUPERSEDED,), still=~Q(source__superseded_by=None), clinical=True),
        Kind.TEXT: Asks(rivals=(Kind.TEXT,), still=Q()),
        Kind.RETIRED: Asks(rivals=_PRESENCE, still=_health(State.RETIRED)),
        Kind.DEAD: Asks(rivals=_PRESENCE, still=_health(State.DEAD)),
        # Which changes of a record stand is a longer question (RelianceQuerySet).
        Kind.RECORD: Asks(rivals=(), still=Q(pk=None)),
        Kind.MOVED: Asks(rivals=(Kind.MOVED,), still=_MOVED, ends_with_review=False),
    }
)


class FactNews(TextChoices):
    """What happens to a fact that a page prints."""

    UPDATED = "updated", _("fact has a newer value")
    EXPIRED = "expired", _("fact out of date")


GRAVITY: tuple[str, ...] = (
    Kind.RETRACTED,
    Alert.Kind.SAFETY,
    Kind.CONCERN,
    Kind.CORRECTION,
    Alert.Kind.GUIDELINE,
    Kind.SUPERSEDED,
    Alert.Kind.EVIDENCE,
    Alert.Kind.READER,
    FactNews.UPDATED,
    FactNews.EXPIRED,
    Kind.TEXT,
    Kind.RETIRED,
    Kind.DEAD,
    Kind.RECORD,
    Alert.Kind.OTHER,
    Kind.MOVED,
)
# That these leave a page as it is, only a medical reviewer can say.
CLINICAL = frozenset(kind for kind, asks in ASKS.items() if asks.clinical) | {
    Alert.Kind.SAFETY,
    Alert.Kind.GUIDELINE,
    Alert.Kind.EVIDENCE,
}
# Of these a medical reviewer can say it, too.
READ_BY_REVIEWERS = CLINICAL | {Kind.TEXT, Kind.RECORD, Alert.Kind.READER, Alert.Kind.OTHER, *FactNews}
AT_ONCE = (Kind.RETRACTED, Alert.Kind.SAFETY)  # told by mail of their own


def label(kind: str) -> str:
    """In a person's words, to stand within a sentence."""
    if kind in ASKS:
        return str(Kind(kind).label)
    said = str((FactNews if kind in FactNews.values else Alert.Kind)(kind).label)
    return said[:1].lower() + said[1:]


def gravity(column: str, kinds: Collection[str] = GRAVITY) -> Case:
    """The place in the table of a kind, one of these, to sort by."""
    return Case(*(When(**{column: kind}, then=place) for place, kind in enumerate(GRAVITY) if kind in kinds))
