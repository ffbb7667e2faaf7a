"""The units in deploy/systemd as systemd reads them, and a new release taken in under load."""

import configparser
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests import webserver
from tests.conftest import missing
from tests.house import ROOT
from tests.leukemia_site.test_serve import LONG, free_port

pytestmark = pytest.mark.pure
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]
WEB = ROOT / "deploy" / "systemd" / "leukemia-site.service"


def section(unit, name):
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str
    parser.read_string(re.sub(r"\\\n\s*", "", unit.read_text(encoding="utf-8")))
    return dict(parser[name])


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_each_unit_is_what_systemd_understands(unit, tmp_path):
    if not shutil.which("systemd-analyze"):
        missing("needs systemd-analyze (apt-get install systemd)")
    for one in UNITS:
        text = one.read_text(encoding="utf-8").replace("/srv/leukemia-site/code/.venv/bin", "/usr/bin")
        (tmp_path / one.name).write_text(text.replace("/usr/bin/granian", "/usr/bin/true").replace("python ", "env "))
    done = subprocess.run(["systemd-analyze", "verify", tmp_path / unit.name], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".timer"], ids=lambda unit: unit.stem)
def test_each_timer_has_its_service(unit):
    assert unit.with_suffix(".service") in SERVICES
    said = section(unit, "Timer")["OnCalendar"]
    done = subprocess.run(["systemd-analyze", "calendar", said], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("unit", [unit for unit in SERVICES if unit != WEB], ids=lambda unit: unit.stem)
def test_each_unit_does_a_command_that_there_is(unit):
    (command,) = re.findall(r"manage\.py (\w+)", section(unit, "Service")["ExecStart"])
    assert command in get_commands()


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.stem)
def test_no_unit_runs_as_root_or_holds_a_secret(unit):
    found = section(unit, "Service")
    assert (found["User"], found["NoNewPrivileges"]) == ("leukemia", "yes")
    assert "Environment" not in found
    assert found["EnvironmentFile"] == "/etc/leukemia-site/environment"


@pytest.mark.parametrize(("broken", "loads"), [({}, True), ({"TIME_ZONE": "Nowhere/At_All"}, False)])
def test_a_reload_begins_only_where_the_release_can_be_loaded(tmp_path, broken, loads):
    """systemd goes through these lines until one fails; the last one tells the workers to go."""
    first, last = re.findall(r"^ExecReload=(.*)$", WEB.read_text(encoding="utf-8"), re.M)
    assert last == "/bin/kill -HUP $MAINPID"
    keys = {"SECRET_KEY": "k" * 60, "SEAL_KEY": "s" * 60}
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **keys, **broken}
    done = subprocess.run([sys.executable, *shlex.split(first)[1:]], cwd=ROOT, env=environment, capture_output=True)
    assert (done.returncode == 0) == loads, done.stderr


# -- A new release, under load -------------------------------------------------------------------------------------


def command(place):
    """What the unit starts, with the socket and the Python of this test."""
    line = section(WEB, "Service")["ExecStart"]
    # A machine that does nothing else has loaded the site long before.
    for was, now in {"/run/leukemia-site": str(place), "--respawn-interval 15": "--respawn-interval 3"}.items():
        assert was in line
        line = line.replace(was, now)
    return [str(Path(sys.executable).with_name("granian")), *shlex.split(line)[1:]]


class Readers:
    """Readers who ask one after the other, by themselves or through nginx, until told to stop."""

    def __init__(self, port, count):
        self.port, self.stopped, self.answers = port, threading.Event(), []
        self.threads = [threading.Thread(target=self._ask) for _ in range(count)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def _ask(self):
        while not self.stopped.is_set():
            reply = webserver.ask(self.port, "/healthz")
            self.answers.append((reply.status, reply.body))


@pytest.fixture
def served(tmp_path):
    """The site as the unit starts it, behind nginx: the process, its log, and nginx's port."""
    if not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()):
        missing("needs nginx (apt-get install nginx-light)")
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), "SECRET_KEY": "k" * 60}
    environment |= {"ALLOWED_HOSTS": webserver.NAME, "SEAL_KEY": "k" * 60, "BEHIND_PROXY": "on"}
    (tmp_path / "var" / "static").mkdir(parents=True)
    port, log = free_port(), (tmp_path / "log").open("w+")
    process = subprocess.Popen(command(tmp_path), cwd=ROOT, env=environment, stdout=log, stderr=log)
    with webserver.running(tmp_path, (free_port(), port), seconds=3 * LONG):
        yield process, tmp_path / "log", port
    process.terminate()
    process.wait(timeout=LONG)
    log.close()


def until(what):
    """Wait until this is so. New workers of a machine that is busy with other tests take their time."""
    before = time.monotonic()
    while not what():
        assert time.monotonic() - before < 4 * LONG
        time.sleep(0.05)


def test_a_reload_under_load_loses_no_request(served):
    process, log, port = served
    until(lambda: webserver.ask(port, "/healthz").status == 200)
    with Readers(port, 2) as readers:
        process.send_signal(signal.SIGHUP)
        until(lambda: log.read_text().count("Stopped old worker") == 2)
        until(lambda: log.read_text().count("Started worker") == 4)
        many = len(readers.answers)
        until(lambda: len(readers.answers) > many + 20)
    assert set(readers.answers) == {(200, b"ok")}
    assert many > 20
    assert log.read_text().count("Spawning worker") == 4


def test_a_site_that_is_told_to_end_ends(served):
    process, _log, port = served
    until(lambda: webserver.ask(port, "/healthz").status == 200)
    process.terminate()
    assert process.wait(timeout=LONG) == 0


def test_who_never_ends_a_request_is_let_go(served, tmp_path):
    _process, _log, port = served
    until(lambda: webserver.ask(port, "/healthz").status == 200)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(tmp_path / "web.sock"))
        line.settimeout(LONG)
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: ")
        before = time.monotonic()
        line.recv(1000)
        assert 5 < time.monotonic() - before < LONG


def test_headers_without_end_are_refused(served, tmp_path):
    _process, _log, port = served
    until(lambda: webserver.ask(port, "/healthz").status == 200)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(tmp_path / "web.sock"))
        line.settimeout(LONG)
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 70_000)
        assert line.recv(1000).startswith((b"HTTP/1.1 431", b"HTTP/1.1 400"))
