"""The front itself: a page that is kept, or Django."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial, reduce

from leukemia_site.front import encoding, making
from leukemia_site.front.aging import Aging
from leukemia_site.front.background import LAST, LATER, Background
from leukemia_site.front.changes import Answer
from leukemia_site.front.entries import OK, Entry
from leukemia_site.front.flights import Flights
from leukemia_site.front.inheriting import Inheritance
from leukemia_site.front.making import Application, StartResponse
from leukemia_site.front.rules import Environ, Rules
from leukemia_site.front.store import Store
from leukemia_site.front.watching import Watch

HIT = "leukemia_site; hit"
MADE = "leukemia_site; fwd=miss"
STORED = "; stored"
STALE = "; detail=stale"
STEPS = 4  # times at which a page reads differently though nobody writes, for which it is made in advance
RENEWED = 8  # pages of those outdated within a second that are made anew before anybody asks
SWEPT_EVERY = 300.0  # seconds
NOT_MODIFIED = "304 Not Modified"


class Front:
    """A WSGI application before another one. It answers for published pages, and is silent about everything else."""

    def __init__(
        self,
        application: Application,
        store: Store,
        watch: Watch,
        rules: Rules,
        *,
        aging: Aging,
        background: Background,
    ) -> None:
        self.application = application
        self.store = store
        self.watch = watch
        self.rules = rules
        self.aging = aging
        self.background = background
        self.now: Callable[[], float] = time.time
        self._flights = Flights()
        self._inheritance = Inheritance(store.disk)
        self._swept_at = self.now()
        self._unswept = True
        self._put_off: set[str] = set()  # pages of which nothing could be made in advance while the database was away
        watch.heard = self.renew

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.watch.start()
        self.background.asked = True
        address = self.rules.address(environ)
        if address is None:
            return self.application(environ, start_response)
        entry = self.store.get(address)
        if entry is not None and entry.is_right(self.now()):
            return self._send(entry, HIT, environ, start_response)
        if not self.rules.may_be_page(address):
            return self.application(environ, start_response)
        with self._flights.of(address) as first:
            if not first:
                entry = self._right(address)
                if entry is not None:
                    return self._send(entry, HIT, environ, start_response)
            return self._make(address, environ, start_response)

    def _make(self, address: str, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        alone = self.watch.is_away() or self.watch.is_early()
        kept = self._harmless(address) if alone else self._recalled(address)
        if kept is not None:
            return self._send(kept, HIT, environ, start_response)
        reply, entry = self._asked(environ)
        if entry is not None:
            stored = self.store.place(address, entry)
            if stored and not self.background.do(partial(self.keep, address, entry), LATER):
                self.keep(address, entry)
            how = f"{MADE}{STORED if stored else ''}"
            return self._send(entry, how, environ, start_response, fresh=not reply.offer.of_copy)
        kept = self._harmless(address) if reply.offer.away else None
        if kept is not None:
            making.close(reply.body)
            return self._send(kept, HIT, environ, start_response)
        start_response(*reply.said)
        return reply.body

    def _right(self, address: str) -> Entry | None:
        entry = self.store.get(address)
        return entry if entry is not None and entry.is_right(self.now()) else None

    def _recalled(self, address: str) -> Entry | None:
        """From disk, once this process has heard whether it still stands."""
        if not self.watch.answered or self.store.get(address) is not None:
            return None
        entry = self.store.recall(address)
        if entry is None or not entry.is_right(self.now()):
            return None
        if entry.wrong_from is not None and entry.later is None:  # whoever made it ended too soon
            self.background.do(partial(self.foresee, address), LAST)
        return entry

    def _harmless(self, address: str) -> Entry | None:
        """What may be shown while nothing can be made."""
        for look in (self.store.get, self.store.recall):  # what comes later may be on disk alone
            entry = look(address)
            shown = entry.harmless(self.now()) if entry is not None else None
            if shown is not None:
                return shown
        return None

    def _asked(self, environ: Environ, *, at: float | None = None) -> tuple[making.Reply, Entry | None]:
        # Before it is made: whatever changes from here on outdates it.
        number = self.store.known.number if self.store.known else 0
        reply = making.ask(self.application, environ, number=number, at=at)
        return reply, reply.entry() if reply.offer.kept else None

    def _send(
        self, entry: Entry, how: str, environ: Environ, start_response: StartResponse, *, fresh: bool = False
    ) -> Iterable[bytes]:
        # Asked last: whatever held this process up until here counts.
        if not fresh and self.watch.is_stale():
            entry, how = self._aged(entry), f"{how}{STALE}"
        accepted = encoding.wanted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        ready = next(entry.ready[coding] for coding in accepted if coding in entry.ready)
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and entry.status == OK and encoding.has_it(known, ready.etag):
            start_response(NOT_MODIFIED, [*ready.not_modified, ("Cache-Status", how)])
            return []
        start_response(entry.status, [*ready.headers, ("Cache-Status", how)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [ready.form.body]

    def _aged(self, entry: Entry) -> Entry:
        heard_at = self.watch.heard_at()
        return entry if heard_at is None else self.aging.shown(entry, heard_at=heard_at, at=self.now())

    # -- In the background ---------------------------------------------------------------------------------------

    def keep(self, address: str, entry: Entry) -> None:
        """What a reader got, also on disk; and some time as it will read."""
        self.store.save(address, entry)
        if entry.wrong_from is not None:
            self.background.do(partial(self.foresee, address), LAST)

    def foresee(self, address: str) -> None:
        """Make the page as it will read when it reads differently, for the case that nobody can make it then."""
        if self.watch.is_away():
            self._put_off.add(address)
            return
        entry = self.store.peek(address)
        if entry is None or entry.later is not None:
            return
        chain = [entry]
        while len(chain) <= STEPS and chain[-1].wrong_from is not None:
            reply, link = self._asked(self.rules.environ(address), at=chain[-1].wrong_from)
            if link is None:
                making.close(reply.body)
                if reply.offer.away:
                    self._put_off.add(address)
                break
            chain.append(link)
        if len(chain) > 1:
            later = reduce(lambda later, link: replace(link, later=later), reversed(chain[1:]))
            self.store.foresee(address, entry, later)

    def renew(self, addresses: list[str], answer: Answer) -> None:
        """What was kept and is outdated is made anew at once, the last used first: should the database go now, it is
        there. No more than a little of it; and the disk is rid of the rest, of withdrawn words soonest."""
        for address in addresses[:RENEWED]:
            self.background.do(partial(self._renew, address))
        for address in self._inheritance.some(self.background.do):
            self.background.do(partial(self._inherit, address))
        for _page in range(len(self._put_off)):
            self.background.do(partial(self.foresee, self._put_off.pop()), LAST)
        self._unswept |= bool(answer.changes)
        if self._unswept and (answer.gone or self.now() - self._swept_at > SWEPT_EVERY):
            self._swept_at, self._unswept = self.now(), False
            self.background.do(self.store.sweep)

    def _inherit(self, address: str) -> None:
        if not self.store.has(address):
            self._renew(address)

    def _renew(self, address: str) -> None:
        if not self.watch.is_away():
            body = self(self.rules.environ(address), _heard)
            making.close(body)
            if entry := self.store.peek(address):  # before the database or this process goes
                self.store.save(address, entry)


def _heard(*_said: object) -> None:
    """Nobody listens."""
