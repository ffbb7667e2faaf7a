"""Work that no request waits for, in one thread per process, one job after the other.

It shares the interpreter with whoever answers readers, who wait while it works. So what can wait takes next to nothing
of the time in which they come, and all of the time in which they do not. What a reader got is kept on disk soon all the
same: the database may go next, or this process.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable

log = logging.getLogger(__name__)
Job = Callable[[], object]
SOON, LATER, LAST = range(3)  # LATER and LAST can wait, and what is LAST until nothing else is left
MOST = (1_000, 1_000, 10_000)  # jobs of each kind that may wait; more are not taken on
PAUSE = 0.02  # seconds before a job that is wanted soon, so that those who ask now come first
QUIET = 0.1  # seconds in which nobody asked, after which what can wait is done
# While readers come what can wait takes one part of so many of the time: of what is LAST fewer than one of a hundred
# readers meet anything.
SHARE = (1, 20, 200)
IDLE = 5.0  # seconds without work after which it rests


class Background:
    """`rest` is called when there has been nothing to do for a while. Whoever answers a reader sets `asked`."""

    def __init__(self, rest: Job) -> None:
        self.asked = False
        self._rest = rest
        self._starting = threading.Lock()
        self._process = 0

    def do(self, job: Job, when: int = SOON) -> bool:
        """Do it some time. False where too much waits already, or nobody can be found to do it."""
        if self._process != os.getpid() and not self._begin():
            return False
        with self._work:
            jobs = self._waiting[when]
            if len(jobs) >= MOST[when]:
                return False
            if when == SOON or not any(self._waiting):
                self._work.notify()
            jobs.append(job)
        return True

    def _begin(self) -> bool:
        with self._starting:
            if self._process != os.getpid():  # a fork has none of its parent's threads, and nothing of theirs counts
                self._work = threading.Condition()
                self._waiting: tuple[deque[Job], ...] = (deque(), deque(), deque())
                self._resting = False
                self._asked_at = 0.0
                self._spared = [0.0, 0.0, 0.0]
                try:
                    threading.Thread(target=self._for_ever, name="background", daemon=True).start()
                except RuntimeError as error:  # no room for one more; whoever asks next tries again
                    log.warning("Nothing can be done in the background: %s.", error)
                    return False
                self._process = os.getpid()
        return True

    def _for_ever(self) -> None:
        while True:
            job, kind = self._next()
            began = time.thread_time()  # while it waits for others readers go on
            try:
                job()
            except Exception:
                log.exception("Work in the background failed.")
            self._spared[kind] = time.monotonic() + SHARE[kind] * (time.thread_time() - began)

    def _next(self) -> tuple[Job, int]:
        """A job of its kind, once it may begin."""
        while True:
            now = time.monotonic()
            if self.asked:
                self.asked, self._asked_at = False, now
            kind = next((kind for kind, jobs in enumerate(self._waiting) if jobs), None)
            if kind == SOON:
                time.sleep(PAUSE)
            if kind is not None and now >= (begins := self._begins(kind)):
                self._resting = False
                return self._waiting[kind].popleft(), kind
            with self._work:
                if kind is None and any(self._waiting):
                    continue  # it came meanwhile
                pause = begins - now if kind is not None else None if self._resting else IDLE
                woken = bool(self._waiting[SOON]) or self._work.wait(pause)
            if kind is None and not woken:
                self._resting = True
                return self._rest, SOON
            if woken and not self._waiting[SOON]:
                time.sleep(PAUSE)  # who waits for this answer comes first

    def _begins(self, kind: int) -> float:
        """When the next one of a kind may: once nobody has asked for a while, or its share of the time is there."""
        return 0.0 if kind == SOON else min(self._asked_at + QUIET, self._spared[kind])
