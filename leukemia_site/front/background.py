"""Work that no request waits for, in one thread per process, one job after the other."""

import logging
import os
import threading
import time
from collections.abc import Callable
from queue import Empty, Full, Queue

log = logging.getLogger(__name__)
Job = Callable[[], object]
MOST = 1_000  # jobs that may wait; more are not taken on
PAUSE = 0.02  # seconds, so that a reader for whom it was just made gets it before the next work takes the processor
IDLE = 5.0  # seconds without work after which it rests


class Background:
    """`rest` is called when there has been nothing to do for a while."""

    def __init__(self, rest: Job) -> None:
        self._rest = rest
        self._process = 0
        self._jobs: Queue[Job] = Queue(MOST)
        self._starting = threading.Lock()

    def do(self, job: Job) -> bool:
        """Do it some time. False where too much waits already."""
        with self._starting:
            if self._process != os.getpid():  # a fork has none of its parent's threads
                self._process, self._jobs = os.getpid(), Queue(MOST)
                threading.Thread(target=self._for_ever, name="background", daemon=True).start()
        try:
            self._jobs.put_nowait(job)
        except Full:
            return False
        return True

    def _for_ever(self) -> None:
        resting = False
        while True:
            try:
                job = self._jobs.get(timeout=None if resting else IDLE)
            except Empty:
                job, resting = self._rest, True
            else:
                resting = False
                time.sleep(PAUSE)
            try:
                job()
            except Exception:
                log.exception("Work in the background failed.")
