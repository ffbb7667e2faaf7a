"""The pages that a process keeps: what it used last in memory, all that has room on disk, and nothing outdated."""

import itertools
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from threading import Lock

from leukemia_site.front.changes import Answer
from leukemia_site.front.disk import Disk
from leukemia_site.front.entries import Entry
from leukemia_site.front.journal import Journal, Known

log = logging.getLogger(__name__)
_ROOM = 0.9  # of the limit, to which it is emptied when it is full


class _Slot:
    __slots__ = ("entry", "used")

    def __init__(self, entry: Entry, used: int) -> None:
        self.entry = entry
        self.used = used


class Store:
    """Entries by address, at most `bytes_limit` of them in memory. Looking one up takes no lock.

    What is written takes one, so that an entry which was made before a change and comes after it finds the change.
    """

    def __init__(self, bytes_limit: int, disk: Disk | None = None, journal: Journal | None = None) -> None:
        self.bytes_limit = bytes_limit
        self.disk = disk
        self.journal = journal
        self.known: Known | None = journal.read() if journal else None
        self.size = 0
        self._slots: dict[str, _Slot] = {}
        self._uses = itertools.count()
        self._lock = Lock()

    def get(self, address: str) -> Entry | None:
        """What is kept in memory for an address."""
        slot = self._slots.get(address)
        if slot is None:
            return None
        slot.used = next(self._uses)
        return slot.entry

    def recall(self, address: str) -> Entry | None:
        """What is kept on disk for an address, if nothing that is known outdates it. From then on in memory, too (but
        for what comes later)."""
        entry = self.disk.load(address) if self.disk and self.known else None
        return entry if entry and self.place(address, replace(entry, later=None)) else None

    def has(self, address: str) -> bool:
        """Whether anything is kept for an address, here or by another process of this machine."""
        return address in self._slots or bool(self.disk and self.disk.has(address))

    def has_any(self) -> bool:
        """Whether there is a page on disk that may be one to show."""
        return bool(self.known and self.disk and self.disk.has_any())

    def peek(self, address: str) -> Entry | None:
        """What is kept in memory or else on disk, with what comes later; for those who only look after it."""
        slot = self._slots.get(address)
        if slot is not None:
            return self._with_later(address, slot.entry)
        entry = self.disk.load(address) if self.disk else None
        return entry if entry and self._stands(entry) else None

    def place(self, address: str, entry: Entry) -> bool:
        """Keep an entry in memory, unless something that outdates it has been heard of since its number was known."""
        with self._lock:
            if not self._stands(entry):
                return False
            self._remove(address)
            self._slots[address] = _Slot(entry, next(self._uses))
            self.size += entry.size
            if self.size > self.bytes_limit:
                self._make_room()
            return True

    def save(self, address: str, entry: Entry) -> bool:
        """Keep it on disk, with what is there of how it reads later. False where that is not possible."""
        if self.disk is None or not self._stands(entry):
            return False
        kept = self.disk.save(address, self._with_later(address, entry))
        if kept and not self._stands(entry):  # heard of meanwhile, and swept perhaps before it was written
            self._drop_on_disk([address])
            return False
        return kept

    def foresee(self, address: str, entry: Entry, later: Entry) -> None:
        """Keep how an entry will read, if it is there still: on disk, and only where that is not possible in memory."""
        now = self.peek(address)
        if now is None or not now.reads_as(entry):
            return
        whole = replace(now, later=later)
        if not self.save(address, whole) and address in self._slots:
            self.place(address, whole)

    def changed(self, answer: Answer) -> list[str]:
        """What has been heard: in the journal before it counts. Returns the addresses of what was dropped, last used
        first."""
        with self._lock:
            if self.known is None or answer.number < self.known.number:
                self._write_down(lambda journal: journal.begin(answer))
                if self.known and self.disk:  # another history, whose numbers say nothing about what was kept
                    self.disk.clear()
                self.known = Known(answer.number, answer.number)
            elif answer.changes:
                self._write_down(lambda journal: journal.write(answer))
                for number, tag in answer.changes:
                    self.known.add(number, tag)
            self.known.number = max(self.known.number, answer.number)
            dropped = self._drop_outdated(self.known)
        if answer.changes:
            self._write_down(Journal.settle)  # no reader waits for the disk
        self._drop_on_disk(dropped)
        return dropped

    def reread(self) -> None:
        """What other processes of this machine have heard meanwhile, for when this one can not ask."""
        found = self.journal.reread() if self.journal else None
        if found is None:
            return
        with self._lock:
            if self.known:
                found.number = max(found.number, self.known.number)
                for tag, number in self.known.newest.items():
                    found.add(number, tag)
            self.known = found
            dropped = self._drop_outdated(found)
        self._drop_on_disk(dropped)

    def sweep(self) -> None:
        """Rid the disk of what counts no more."""
        if self.disk and self.known:
            self.disk.sweep(self.known.surpasses)

    def addresses(self) -> Iterator[str]:
        """Of all entries in memory."""
        return iter(list(self._slots))

    def _stands(self, entry: Entry) -> bool:
        return self.known is not None and not self.known.outdates(entry.leans_on, entry.number)

    def _with_later(self, address: str, entry: Entry) -> Entry:
        kept = self.disk.load(address) if self.disk and entry.wrong_from is not None and not entry.later else None
        return replace(entry, later=kept.later) if kept and kept.reads_as(entry) else entry

    def _drop_outdated(self, known: Known) -> list[str]:
        outdated = [
            (slot.used, address)
            for address, slot in self._slots.items()
            if known.outdates(slot.entry.leans_on, slot.entry.number)
        ]
        for _used, address in outdated:
            self._remove(address)
        return [address for _used, address in sorted(outdated, reverse=True)]

    def _drop_on_disk(self, addresses: Iterable[str]) -> None:
        # Without the lock: nobody is to wait for the disk, and what is outdated there does not count anyway.
        if self.disk and self.known:
            for address in addresses:
                self.disk.drop_outdated(address, self.known.surpasses)

    def _make_room(self) -> None:
        oldest = sorted((slot.used, address) for address, slot in self._slots.items())
        for _used, address in oldest:
            if self.size <= self.bytes_limit * _ROOM:
                return
            self._remove(address)

    def _remove(self, address: str) -> None:
        slot = self._slots.pop(address, None)
        self.size -= slot.entry.size if slot else 0

    def _write_down(self, how: Callable[[Journal], None]) -> None:
        if self.journal is None:
            return
        try:
            how(self.journal)
        except OSError as error:
            # Whoever starts later would not know of this change, and must trust nothing on disk.
            log.warning("What changed could not be written down: %s", error.strerror)
            self.journal.forget()
