"""A page that says itself how old it is, when nobody could look for a day whether it still stands."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from leukemia_site.front import encoding
from leukemia_site.front.entries import Entry, ready

AFTER = 24 * 3600  # seconds
_REMEMBERED = 500


@dataclass(slots=True)
class Aging:
    """`said` gives the HTML for the time (seconds since 1970) at which the database last answered; it is put behind
    `marker`, which stands in every page once. An answer without it stays as it is."""

    marker: bytes
    said: Callable[[float], str]
    _made: dict[int, tuple[Entry, float, Entry]] = field(default_factory=dict)

    def shown(self, entry: Entry, *, heard_at: float, at: float) -> Entry:
        """The entry as it is shown at a time."""
        if at - heard_at <= AFTER:
            return entry
        known = self._made.get(id(entry))
        if known and known[0] is entry and known[1] == heard_at:
            return known[2]
        aged = self._aged(entry, heard_at)
        if len(self._made) >= _REMEMBERED:
            self._made.clear()
        self._made[id(entry)] = (entry, heard_at, aged)
        return aged

    def _aged(self, entry: Entry, heard_at: float) -> Entry:
        before, marker, after = entry.body.partition(self.marker)
        if not marker:
            return entry
        forms = encoding.forms(b"".join((before, marker, self.said(heard_at).encode(), after)))
        return replace(entry, ready=ready(entry.status, entry.headers, forms))
