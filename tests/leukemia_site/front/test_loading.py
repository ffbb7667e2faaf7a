"""A process that starts: it answers what it can before what it stands before is there, and nothing is lost if that
never comes."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from leukemia_site.front import watching
from leukemia_site.front.loading import Loading
from tests.leukemia_site.front.kept import Log, Pages, get, site

pytestmark = pytest.mark.pure
MANY = 20
HELD = """
import os, sys, threading, time
from leukemia_site.front.loading import Loading
def load():
    time.sleep(0.2)
    {load}
    return lambda environ, start: [b"There."]
one = Loading(load)
one.begin()
"""


def ended(then="", *, load=""):
    """A program that begins to load, and does something else."""
    words = HELD.format(load=load) + then
    return subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, timeout=60)


class Held(Loading):
    """It is there as soon as a test says so."""

    def __init__(self, pages, **more):
        self.pages, self.free = pages, threading.Event()
        super().__init__(self.loaded, **more)

    def loaded(self):
        self.free.wait(30)
        return self.pages


@pytest.fixture
def again(tmp_path):
    """The site once more, just begun, after one that kept its page."""
    before = site(tmp_path)
    before.watch.look()
    get(before.front)
    there = site(tmp_path, log=before.log, loading=Held(Pages()))
    there.loading, there.before = there.front.application, before
    there.loading.begin()
    yield there
    there.loading.free.set()


def test_a_page_that_was_kept_is_there_at_once_and_says_that_nobody_has_looked(again):
    before, now = get(again.before.front), get(again.front)
    assert now.body == before.body
    assert now.headers.pop("Cache-Status") == "leukemia_site; hit; detail=stale"
    assert now.headers.items() <= before.headers.items()
    assert not again.loading.done


def test_as_soon_as_it_has_heard_it_is_fresh(again):
    get(again.front)
    again.loading.free.set()
    again.loading.wait()
    assert get(again.front).headers["Cache-Status"] == "leukemia_site; hit; detail=stale"
    again.watch.look()
    assert get(again.front).headers["Cache-Status"] == "leukemia_site; hit"


def test_whatever_is_not_kept_waits_for_it_and_gets_its_answer(again):
    with ThreadPoolExecutor(MANY) as pool:
        waiting = [pool.submit(get, again.front, f"/other-{number}/") for number in range(MANY // 2)]
        assert [one.status for one in pool.map(get, [again.front] * MANY)] == [200] * MANY
        assert not again.loading.pages.asked
        again.loading.free.set()
        assert {one.result(30).status for one in waiting} == {200}
    assert len(again.loading.pages.asked) == MANY // 2


@pytest.mark.parametrize("how", [{"HTTP_COOKIE": "sessionid=a"}, {"method": "POST"}, {"HTTP_HOST": "evil.example"}])
def test_what_is_for_django_to_answer_waits_for_it_too(again, how):
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(get, again.front, **how)
        time.sleep(0.05)
        assert not waiting.done()
        again.loading.free.set()
        waiting.result(30)
    assert len(again.loading.pages.asked) == 1


def waits(again):
    """Whether a reader of the page has to wait until it is loaded, and gets what is made then."""
    threading.Timer(0.05, again.loading.free.set).start()
    return "hit" not in get(again.front).headers["Cache-Status"]


def test_what_the_machine_has_heard_of_since_is_not_shown(again, tmp_path):
    again.log.add("page:a-page")
    again.before.watch.heard = None  # and nobody makes it anew
    again.before.watch.look()
    there = site(tmp_path, loading=again.loading)
    there.loading = again.loading
    assert waits(there)


def test_what_was_heard_before_a_night_of_rest_is_not_enough(again, tmp_path):
    then = time.time() - watching.RESTARTED - 1
    os.utime(tmp_path / "heard", (then, then))
    assert waits(again)


def test_where_nobody_knows_when_it_was_heard_nothing_is_shown(again, tmp_path):
    (tmp_path / "heard").unlink()
    assert waits(again)


def test_nobody_asks_what_has_changed_before_there_is_somebody_to_ask():
    log = Log()
    log.since = lambda number: asked.append(loading.done) or Log.since(log, number)
    asked, loading = [], Held(Pages())
    there = site(log=log, loading=loading)
    loading.begin()
    type(there.watch).start(there.watch)
    time.sleep(0.05)
    assert not asked
    loading.free.set()
    end = time.monotonic() + 30
    while not asked and time.monotonic() < end:
        time.sleep(0.01)
    assert asked == [True]


def test_where_it_can_not_be_loaded_the_process_says_why_and_ends():
    done = ended("threading.Event().wait()", load="raise ImportError('no such release')")
    assert done.returncode == 3
    assert done.stderr.rstrip().endswith("ImportError: no such release")


def test_a_program_that_only_looks_whether_it_can_be_loaded_learns_it():
    assert ended().returncode == 0
    assert ended(load="raise ImportError('no such release')").returncode == 3


def test_who_waits_for_what_can_not_be_loaded_is_told(capsys):
    loading, failed = Loading(lambda: 1 / 0, failed=lambda: failed.append(1)), []
    loading.begin()
    with pytest.raises(RuntimeError, match="could not be loaded"):
        get(loading)
    assert (failed, "ZeroDivisionError" in capsys.readouterr().err) == ([1], True)


def test_a_fork_has_all_of_it():
    """As where one process loads and others, its forks, answer."""
    done = ended("if not os.fork(): print(one({}, None)); sys.stdout.flush(); os._exit(0)\nos.wait()")
    assert done.stdout == "[b'There.']\n"


def test_where_there_is_no_room_for_a_thread_it_is_loaded_at_once(monkeypatch):
    loading = Loading(lambda: Pages())
    monkeypatch.setattr(threading.Thread, "start", lambda self: (_ for _ in ()).throw(RuntimeError("can't start")))
    loading.begin()
    assert loading.done
