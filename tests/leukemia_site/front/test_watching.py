"""Somebody watches in every process, whatever becomes of threads."""

import threading
import time

import pytest

from leukemia_site.front.changes import Answer
from leukemia_site.front.store import Store
from leukemia_site.front.watching import Watch

pytestmark = pytest.mark.pure


@pytest.fixture
def asked(monkeypatch):
    monkeypatch.setattr("leukemia_site.front.watching.EVERY", 0.0)
    return []


def watch(asked):
    def ask(number):
        asked.append(threading.get_ident())
        if len(asked) > 9:
            threading.Event().wait()  # until the test run ends
        return Answer(number)

    return Watch(ask, Store(1_000))


def wait(condition):
    end = time.monotonic() + 30
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def test_one_thread_asks_again_and_again(asked):
    watched = watch(asked)
    for _time in range(9):
        watched.start()
    assert wait(lambda: len(asked) > 3)
    assert len({*asked}) == 1


def test_a_thread_that_ended_is_replaced(asked):
    """As in a fork, which has none of its parent's."""
    watched = watch(asked)
    watched.start()
    assert wait(lambda: asked)
    watched._thread = threading.Thread()  # one that does not run
    watched.start()
    assert wait(lambda: len({*asked}) == 2)


def test_where_there_is_no_room_for_it_readers_get_their_page_and_it_is_tried_again(asked, monkeypatch, caplog):
    watched = watch(asked)
    with monkeypatch.context() as full:
        full.setattr(threading.Thread, "start", lambda self: (_ for _ in ()).throw(RuntimeError("can't start")))
        watched.start()
    assert "can't start" in caplog.text
    watched.start()
    assert wait(lambda: asked)


def test_a_question_that_hangs_is_not_counted_on(monkeypatch):
    """A database that is frozen answers nothing, and refuses nothing."""
    monkeypatch.setattr("leukemia_site.front.watching.HANGS", 0.05)
    free, asking = threading.Event(), threading.Event()
    watched = Watch(lambda number: asking.set() or (free.wait(30) and Answer(number)), Store(1_000))
    looking = threading.Thread(target=watched.look)
    looking.start()
    assert asking.wait(30)
    assert wait(watched.is_away)
    free.set()
    looking.join()
    assert (watched.is_away(), watched.answered) == (False, True)
