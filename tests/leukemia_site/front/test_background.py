"""Work that no request waits for: all of it is done, and readers hardly meet it."""

import os
import signal
import threading
import time

import pytest

from leukemia_site.front import background
from leukemia_site.front.background import LAST, LATER, SOON, Background

LONG = 20.0  # seconds in which whatever is to happen has happened, on however busy a machine


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    """As it is, but a reader's pause is short."""
    monkeypatch.setattr(background, "QUIET", 0.01)
    monkeypatch.setattr(background, "PAUSE", 0.0)
    monkeypatch.setattr(background, "IDLE", 0.02)


class Readers:
    """They come without a pause, as long as this is open."""

    def __init__(self, there):
        self.there, self.come = there, True

    def __enter__(self):
        self.thread = threading.Thread(target=self._ask)
        self.thread.start()

    def __exit__(self, *_error):
        self.come = False
        self.thread.join()

    def _ask(self):
        while self.come:
            self.there.asked = True
            time.sleep(0.0005)


def work():
    """20 ms of processor."""
    worked = time.thread_time() + 0.02
    while time.thread_time() < worked:
        pass


def noted(kind, into):
    return lambda: into.append(kind)


def until(true):
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_each_job_is_done_what_is_wanted_soon_first_and_what_is_last_at_the_end():
    there, done, gate = Background(lambda: None), [], threading.Event()
    there.do(gate.wait)
    for kind in (LAST, LATER, SOON, LAST, LATER, SOON):
        assert there.do(noted(kind, done), kind)
    gate.set()
    until(lambda: len(done) == 6)
    assert done == [SOON, SOON, LATER, LATER, LAST, LAST]


def test_while_readers_come_what_can_wait_takes_next_to_nothing_of_their_time(monkeypatch):
    monkeypatch.setattr(background, "SHARE", (1, 100, 100))
    there, done = Background(lambda: None), []

    def job():
        work()
        done.append(time.monotonic())

    with Readers(there):
        for _job in range(50):
            there.do(job, LATER)
        until(lambda: len(done) > 1)
        assert done[1] - done[0] > 100 * 0.02
    until(lambda: len(done) == 50)  # and when they are gone all of it is done


def test_what_is_last_keeps_nothing_before_it_waiting(monkeypatch):
    monkeypatch.setattr(background, "SHARE", (1, 1, 1_000_000))
    there, done = Background(lambda: None), []
    with Readers(there):
        there.do(work, LAST)
        there.do(noted(LAST, done), LAST)
        for _page in range(20):
            there.do(noted(LATER, done), LATER)
        until(lambda: len(done) == 20)
        assert done == [LATER] * 20
    until(lambda: len(done) == 21)


def test_when_nobody_asks_one_job_follows_the_other(monkeypatch):
    monkeypatch.setattr(background, "QUIET", 0.5)
    there, done = Background(lambda: None), []
    for _job in range(100):
        there.do(noted(LATER, done), LATER)
    until(lambda: len(done) == 100)


def test_a_job_that_waits_for_something_else_costs_readers_nothing(monkeypatch):
    monkeypatch.setattr(background, "SHARE", (1, 10_000, 10_000))
    there, done = Background(lambda: None), []
    with Readers(there):
        there.do(lambda: time.sleep(0.1), LATER)
        there.do(noted(LATER, done), LATER)
        until(lambda: done)


def test_what_is_wanted_soon_waits_for_no_pause():
    there, done = Background(lambda: None), []
    with Readers(there):
        there.do(lambda: time.sleep(0.05), LATER)
        there.do(noted(LATER, done), LATER)
        there.do(noted(SOON, done))
        until(lambda: done)
    assert done[0] == SOON


def test_no_more_is_taken_on_than_can_be_done(monkeypatch):
    monkeypatch.setattr(background, "MOST", (3, 3, 3))
    there, gate = Background(lambda: None), threading.Event()
    begun = threading.Event()
    there.do(lambda: begun.set() or gate.wait())
    assert begun.wait(LONG)
    assert [there.do(int, LATER) for _job in range(4)] == [True, True, True, False]
    assert there.do(int)  # each kind has room of its own
    gate.set()


def test_one_that_fails_is_told_and_keeps_nothing_from_being_done(caplog):
    there, done = Background(lambda: None), []
    there.do(lambda: 1 / 0)
    there.do(noted(SOON, done))
    until(lambda: done)
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_it_rests_once_when_nothing_is_to_do_and_works_again_when_there_is():
    rests, done = [], []
    there = Background(lambda: rests.append(1))
    there.do(noted(LAST, done), LAST)
    until(lambda: rests)
    time.sleep(0.2)
    assert len(rests) == len(done) == 1
    there.do(noted(LAST, done), LAST)
    until(lambda: len(rests) == 2)
    assert len(done) == 2


def test_a_fork_works_for_itself():
    there, done = Background(lambda: None), []
    there.do(noted(SOON, done))
    until(lambda: done)
    time.sleep(0.1)  # it rests
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            there._begin()
            time.sleep(0.1)  # it waits already
            there.do(lambda: os.write(write, b"done"), LATER)
            time.sleep(LONG)
        finally:
            os._exit(0)
    os.close(write)
    assert os.read(read, 4) == b"done"
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_where_no_thread_can_be_started_it_says_so(monkeypatch):
    def none(thread):
        raise RuntimeError("can't start new thread")

    there, done = Background(lambda: None), []
    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", none)
        assert not there.do(noted(SOON, done))
    assert there.do(noted(SOON, done))
    until(lambda: done)
