"""`make run` on a machine that has nothing yet, and on one that has it all."""

import os
import re
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from articles import timed
from leukemia_site import serve
from tests.house import ROOT

pytestmark = pytest.mark.pure  # `make run` has its own SQLite file, whatever the engine of the tests


LONG = 180  # seconds: what takes longer hangs; a busy machine only takes its time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def place(tmp_path):
    """An environment with nothing but a folder and a port."""
    return {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), "PORT": str(free_port())}


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Where it ran once already: the environment, what it said, and its front page."""
    var = tmp_path_factory.mktemp("home") / "var"
    place = {"PATH": os.environ["PATH"], "VAR_DIR": str(var), "PORT": str(free_port())}
    with running(place) as process:
        page = answered(process, place, "/")
        said = interrupted(process)
    return SimpleNamespace(place=place, said=said, page=page, var=var)


@contextmanager
def running(place, **more):
    command = [sys.executable, "-m", "leukemia_site.serve"]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "stdin": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=place | more, start_new_session=True, **streams)
    try:
        yield process
    finally:
        end(process)


def end(process):
    """Stop what still runs; what was printed."""
    process.send_signal(signal.SIGINT)
    try:
        return process.communicate(timeout=LONG)[0]
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def interrupted(process):
    """Press Ctrl-C, as a terminal would; what was printed."""
    os.killpg(process.pid, signal.SIGINT)
    return process.communicate(timeout=LONG)[0]


def answered(process, place, path="/healthz"):
    """The first page that it answers with."""
    start = time.monotonic()
    while process.poll() is None and time.monotonic() - start < LONG:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{place['PORT']}{path}", timeout=5) as answer:
                return answer.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.02)
    pytest.fail(f"no answer; it said:\n{end(process)}", pytrace=False)


def started_again(home, **more):
    """Run it until it answers; what it said."""
    with running(home.place, **more) as process:
        answered(process, home.place)
        return interrupted(process)


def test_a_first_run_makes_everything(home):
    assert f"http://127.0.0.1:{home.place['PORT']}/" in home.said
    assert "Traceback" not in home.said
    assert re.search(r'href="/static/css/print\.[0-9a-f]{12}\.css"', home.page)
    assert (home.var / "site.sqlite3").exists()


def processor(work, *given):
    """Seconds of it that child processes took meanwhile, for other tests are at work on the same cores."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work(*given)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def django_alone():
    """Django and its admin begin, with nothing of ours: half a second, and on slow machines more."""
    names = ", ".join(f"'django.contrib.{name}'" for name in ("admin", "auth", "contenttypes", "sessions", "messages"))
    begin = f"import django.conf as c; c.settings.configure(INSTALLED_APPS=[{names}]); import django; django.setup()"
    subprocess.run([sys.executable, "-c", begin], check=True)


def test_another_run_takes_less_than_three_seconds(home):
    """Or eight times what Django alone takes, where that is more: no machine of ours takes more than seven."""
    before, took, after = processor(django_alone), processor(started_again, home), processor(django_alone)
    assert took < max(3, 8 * max(before, after))


def test_passwords_are_shown_once(home):
    assert "passwords are shown this once" in home.said
    again = started_again(home)
    assert "password" not in again


def test_a_trial_never_touches_the_real_database(home):
    real = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/real", "MIRROR_DIR": str(home.var / "real-mirror")}
    said = started_again(home, **real, SITE_URL="https://x.org")
    assert said.startswith("Not used here: DATABASE_URL, MIRROR_DIR, SITE_URL.")


def test_a_taken_port_is_one_clear_line(place):
    with socket.create_server(("127.0.0.1", int(place["PORT"]))), running(place) as process:
        said, _ = process.communicate(timeout=LONG)
    assert process.returncode == 1
    assert said.splitlines() == [
        f"Port {place['PORT']} is taken by another program. Choose another one: make run PORT={int(place['PORT']) + 1}"
    ]


@pytest.mark.parametrize("port", ["80a", "0", "65536"])
def test_a_port_that_is_none_is_one_clear_line(place, port):
    with running(place, PORT=port) as process:
        said, _ = process.communicate(timeout=LONG)
    assert (process.returncode, said.count("\n")) == (1, 1)
    assert said.startswith("PORT is not a whole number from 1 to 65535")


def test_an_early_ctrl_c_leaves_no_traceback(place):
    with running(place) as process:
        while not Path(place["VAR_DIR"], "site.sqlite3").exists():  # the tables are being made
            time.sleep(0.02)
        said = interrupted(process)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "DatabaseError" not in said


def test_a_ctrl_c_that_was_swallowed_ends_the_work_when_it_is_over():
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), serve.interruptible(), suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_files_are_collected_again_when_a_source_is_newer(tmp_path):
    made, source = tmp_path / "made", tmp_path / "source"
    source.touch()
    assert serve.is_stale(made, [source])
    made.touch()
    os.utime(source, (0, 0))
    assert not serve.is_stale(made, [source])
    os.utime(source, (2**31, 2**31))
    assert serve.is_stale(made, [source])


def test_timed_work_is_done_meanwhile_and_ends_with_the_site(home):
    with closing(sqlite3.connect(home.var / "site.sqlite3", isolation_level=None)) as database:
        database.execute("DELETE FROM articles_run")
    with running(home.place) as process:
        answered(process, home.place)
        before = time.monotonic()
        while len(ran(home)) < len(timed.TASKS) and time.monotonic() - before < LONG:
            time.sleep(0.05)
        interrupted(process)
    assert ran(home) == sorted(task.name for task in timed.TASKS)
    with pytest.raises(ProcessLookupError):  # nobody of the group is left
        os.killpg(process.pid, 0)


def ran(home):
    """The tasks that have succeeded."""
    with closing(sqlite3.connect(home.var / "site.sqlite3")) as database:
        rows = database.execute("SELECT task FROM articles_run WHERE succeeded_at IS NOT NULL ORDER BY task")
        return [task for (task,) in rows]


@pytest.mark.parametrize(
    ("which", "said"), [("id = 1", "The demonstration is already here."), ("id > 0", "This site holds real articles")]
)
def test_a_trial_in_which_somebody_wrote_articles_starts_again(home, which, said):
    with closing(sqlite3.connect(home.var / "site.sqlite3")) as base:
        base.execute(f"UPDATE articles_article SET is_demo = 0 WHERE {which}")
        base.commit()
        assert said in started_again(home)
        base.execute("UPDATE articles_article SET is_demo = 1")
        base.commit()
