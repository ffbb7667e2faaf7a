"""Work that no request waits for, in one thread per process, one job after the other.

It shares the interpreter with whoever answers readers, who wait while it works. So what can wait takes next to nothing
of the time in which they come, and all of the time in which they do not.
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
SHARE = 200  # what can wait takes one part of so many while readers come: fewer than one of a hundred meet it
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
                self._quiet = self._resting = False
                self._spared_until = 0.0
                try:
                    threading.Thread(target=self._for_ever, name="background", daemon=True).start()
                except RuntimeError as error:  # no room for one more; whoever asks next tries again
                    log.warning("Nothing can be done in the background: %s.", error)
                    return False
                self._process = os.getpid()
        return True

    def _for_ever(self) -> None:
        while True:
            job, can_wait = self._next()
            began = time.thread_time()  # while it waits for others readers go on
            try:
                job()
            except Exception:
                log.exception("Work in the background failed.")
            if can_wait:
                self._spared_until = time.monotonic() + SHARE * (time.thread_time() - began)

    def _next(self) -> tuple[Job, bool]:
        """A job, once it may begin, and whether it is one that can wait."""
        soon, *later = self._waiting
        while True:
            if soon:
                time.sleep(PAUSE)
                self._resting = False
                return soon.popleft(), False
            if not (self._quiet and any(later) and not self.asked):
                with self._work:
                    waits, self.asked = any(later), False
                    woken = bool(soon) or self._work.wait(QUIET if waits else None if self._resting else IDLE)
                self._quiet = not (woken or self.asked)
                if woken:
                    continue
            self._resting = not any(later)
            if self._resting:
                return self._rest, False
            if self._quiet or time.monotonic() >= self._spared_until:
                return next(jobs for jobs in later if jobs).popleft(), True
