"""The entry point as a server loads it: what it wires, and in which order a process that starts is there."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure
ROOT = Path(__file__).resolve().parents[2]
HEARD = """
from leukemia_site import wsgi
from leukemia_site.front.changes import Answer
from tests.leukemia_site.front.kept import entry, get, put
wsgi.django.wait()
wsgi.front.watch._ask = lambda number: Answer(0)  # there is no database
wsgi.front.watch.look()
put(wsgi.front.store, "/a-page/", entry())
"""
BEGUN = """
import sys, threading
import django
free, setup = threading.Event(), django.setup
django.setup = lambda **how: free.wait() and {load}
from leukemia_site import wsgi
from tests.leukemia_site.front.kept import get
"""
ASKED = """
def said(path):
    environ = wsgi.front.rules.environ(path)
    answer = get(wsgi.application, path, **environ)
    how, request_id = answer.headers.get("Cache-Status"), answer.headers["X-Request-ID"]
    print(answer.status, how, len(request_id), wsgi.django.done, flush=True)
said("/a-page/")
"""
STALE, FRESH = "leukemia_site; hit; detail=stale", "leukemia_site; hit"


@pytest.fixture
def program(tmp_path):
    """Runs one after the other on the same folder."""
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "SECRET_KEY": secrets.token_urlsafe(50)}

    def run(*words):
        command = [sys.executable, "-c", "".join(words)]
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120)

    return run


def test_what_is_kept_bears_an_id_and_is_counted(program):
    sums = "from leukemia_site.observing import store\nprint(sum(store._Sent.answers.values()))"
    assert program(HEARD, ASKED, sums).stdout == f"200 {FRESH} 16 True\n1\n"


def test_a_process_that_starts_again_answers_before_django_is_there(program):
    program(HEARD)
    done = program(BEGUN.format(load="setup(**how)"), ASKED, "free.set()\nsaid('/healthz')")
    assert done.stdout.splitlines()[0] == f"200 {STALE} 16 False", done.stderr
    assert done.stdout.splitlines()[1] == "200 None 16 True"


def test_where_nothing_is_kept_nobody_is_answered_before_django_is_there(program):
    """A server that takes over from others lets them answer until then."""
    begin = BEGUN.format(load="setup(**how)").replace(
        "from leukemia", "threading.Timer(0.1, free.set).start()\nfrom leukemia", 1
    )
    assert program(begin, "print(wsgi.django.done)").stdout == "True\n"


def test_where_django_can_not_be_loaded_the_process_ends_as_it_ever_did(program):
    program(HEARD)
    done = program(BEGUN.format(load="1 / 0"), ASKED, "free.set()\nthreading.Event().wait()")
    assert (done.returncode, done.stdout) == (3, f"200 {STALE} 16 False\n")
    assert "ZeroDivisionError" in done.stderr
