"""How a source stands: columns derived from its examinations, from the list of retractions, and from one field."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from references.health import NAMES, Standing, State
from references.models.change import SourceChange
from references.models.retraction import Retraction

Kind = SourceChange.Kind
News = tuple[Kind, str, str]
_ENTERED = {
    State.DEAD: Kind.DEAD,
    State.RETIRED: Kind.RETIRED,
    State.RETRACTED: Kind.RETRACTED,
    State.SUPERSEDED: Kind.SUPERSEDED,
}
_NOTICES = {"retraction": Kind.RETRACTED, "concern": Kind.CONCERN, "correction": Kind.CORRECTION, "": Kind.CLEARED}


class Examined(models.Model):
    """Written in the transaction of whatever they follow from: a look, a list, a saved record. Typed by nobody."""

    health = models.CharField(
        _("health"),
        max_length=10,
        choices=[(state.value, name) for state, name in NAMES.items()],
        default=State.UNKNOWN.value,
        editable=False,
    )
    health_since = models.DateTimeField(_("since"), null=True, editable=False)
    strikes = models.PositiveIntegerField(default=0, editable=False)
    struck_at = models.DateTimeField(null=True, editable=False)
    looked_at = models.DateTimeField(_("last look"), null=True, editable=False)
    next_look_due = models.DateTimeField(_("next look"), null=True, editable=False, db_index=True)  # none: at once
    moved_to = models.TextField(_("moved to"), blank=True, editable=False)
    fingerprint = models.CharField(max_length=25, blank=True, editable=False)
    notice = models.CharField(_("notice"), max_length=10, choices=Retraction.Nature, blank=True, editable=False)

    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("superseded by"),
        help_text=_("The source that took its place: a newer edition, a new guideline."),
    )

    superseded_by_id: int | None  # for mypy, which does not derive it in an abstract model
    STANDING: ClassVar = (
        *("health", "health_since", "strikes", "struck_at", "looked_at", "next_look_due", "moved_to"),
        *("fingerprint", "notice"),
    )

    class Meta:
        abstract = True

    def standing(self) -> Standing:
        return Standing(State(self.health), self.health_since, self.strikes, self.struck_at)

    def stand(self, standing: Standing) -> list[News]:
        """Take on this standing; returns what is news to whoever leans on the source."""
        was = State(self.health)
        self.health, self.health_since = standing.state.value, standing.since
        self.strikes, self.struck_at = standing.strikes, standing.struck_at
        if was == standing.state:
            return []
        if standing.state in _ENTERED:
            return [(_ENTERED[standing.state], was.value, standing.state.value)]
        seen = standing.state in {State.ALIVE, State.PAYWALLED}
        return [(Kind.BACK, was.value, standing.state.value)] if seen and was in _ENTERED else []

    def heed(self, nature: str, *, at: datetime) -> list[News]:
        """Take on what the list of retractions says, "" for nothing; returns what is news."""
        if nature == self.notice:
            return []
        before, self.notice = self.notice, nature
        if nature == Retraction.Nature.RETRACTION:
            self._enter(State.RETRACTED, at)
        elif self.health == State.RETRACTED:
            self._enter(State.UNKNOWN, at)
        return [(_NOTICES[nature], before, nature)]

    def make_way(self, *, at: datetime) -> list[News]:
        """Take on whether another source took its place; returns what is news. A retraction weighs more."""
        if self.superseded_by_id and self.health not in {State.RETRACTED, State.SUPERSEDED}:
            was = self.health
            self._enter(State.SUPERSEDED, at)
            return [(Kind.SUPERSEDED, was, str(self.superseded_by_id))]
        if not self.superseded_by_id and self.health == State.SUPERSEDED:
            self._enter(State.UNKNOWN, at)
        return []

    def _enter(self, state: State, at: datetime) -> None:
        self.health, self.health_since = state.value, at
        if state == State.UNKNOWN:  # until somebody has looked again
            self.next_look_due, self.strikes, self.struck_at = None, 0, None
