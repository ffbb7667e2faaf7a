"""The settings as a start sees them: safe by default, strict in public, and one clear line when they make no sense."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.house import ROOT

pytestmark = pytest.mark.pure  # each start has an environment of its own, whatever the engine of the tests

KEY = "not-a-secret-" * 5
PRODUCTION = {"SITE_URL": "https://patients.example.org", "SECRET_KEY": KEY, "SEAL_KEY": KEY}
SHOW = (
    "import json; from leukemia_site import settings as s; print(json.dumps({k: str(v) for k, v in vars(s).items()}))"
)


@pytest.fixture
def start(tmp_path):
    """Run Python as a newcomer would, in an environment that holds only this."""

    def starting(*arguments, **environment):
        clean = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **environment}
        return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=clean, capture_output=True, text=True)

    return starting


@pytest.fixture
def settings_of(start):
    return lambda **environment: json.loads(start("-c", SHOW, **environment).stdout)


def test_by_default_only_this_machine_is_answered_and_nothing_is_debugged(settings_of):
    found = settings_of(SECRET_KEY=KEY)
    assert (found["DEBUG"], found["PUBLIC"]) == ("False", "False")
    assert found["SECURE_SSL_REDIRECT"] == "False"


def test_an_https_address_turns_on_everything_that_protects_it(settings_of):
    found = settings_of(**PRODUCTION)
    names = ["SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "PUBLIC"]
    assert {found[name] for name in names} == {"True"}
    assert found["SECURE_HSTS_SECONDS"] == "31536000"
    assert "patients.example.org" in found["ALLOWED_HOSTS"]


def test_only_a_site_behind_a_proxy_believes_the_proxys_header(settings_of):
    assert settings_of(**PRODUCTION)["SECURE_PROXY_SSL_HEADER"] == "None"
    assert "X_FORWARDED_PROTO" in settings_of(**PRODUCTION, BEHIND_PROXY="on")["SECURE_PROXY_SSL_HEADER"]


def test_production_settings_pass_djangos_own_deployment_check(start):
    done = start("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, "no issues" in done.stdout) == (0, True), done.stderr


def test_a_site_without_a_key_does_not_start(start):
    done = start("-c", "import leukemia_site.wsgi")
    assert done.returncode == 1
    assert "SECRET_KEY is not set" in done.stderr


@pytest.mark.parametrize("command", ["check", "migrate", "runserver"])
def test_nonsense_is_one_line_and_no_traceback(start, command):
    done = start("manage.py", command, DATABASE_URL="foo", SECRET_KEY=KEY)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("DATABASE_URL starts with none of postgres://, postgresql://, sqlite://: 'foo'.")


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db
@pytest.mark.parametrize(("pragma", "value"), [("journal_mode", "wal"), ("foreign_keys", 1), ("busy_timeout", 20_000)])
def test_sqlite_runs_as_design_says(pragma, value):
    with connection.cursor() as cursor:
        assert cursor.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    assert connection.transaction_mode == "IMMEDIATE"


def test_the_server_itself_gives_ids_counts_and_writes_json(start):
    asked = """
import wsgiref.util
from leukemia_site.wsgi import application
def ask(path, **more):
    environ = {"PATH_INFO": path, "HTTP_HOST": "127.0.0.1", **more}
    wsgiref.util.setup_testing_defaults(environ)
    body = application(environ, lambda status, headers: print(status, dict(headers).get("X-Request-ID")))
    return b"".join(body).decode()
ask("/healthz", HTTP_X_REQUEST_ID="0123456789abcdef")
print(ask("/metrics", HTTP_AUTHORIZATION="Bearer " + "t" * 20))
"""
    behind = {"SECRET_KEY": KEY, "BEHIND_PROXY": "on", "LOG_FORMAT": "json", "METRICS_TOKEN": "t" * 20}
    done = start("-c", asked, **behind)
    assert done.stdout.startswith("200 OK 0123456789abcdef\n200 OK ")
    assert 'leukemia_site_requests_total{method="GET",route="healthz",status="2xx"} 1.0' in done.stdout
    assert "leukemia_site_database_up 0.0" in done.stdout  # it has no tables yet
    written = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]  # the watcher writes, too
    first = next(line for line in written if line["message"] == "request")
    assert (first["request_id"], first["route"], first["status"]) == ("0123456789abcdef", "healthz", 200)


def test_an_error_is_written_down_without_what_was_sent(start):
    crash = """
import django; django.setup()
from django.test import Client
from django.urls import path
def boom(request): raise ValueError("rosa@example.org")
from leukemia_site import urls; urls.urlpatterns.insert(0, path("boom", boom))
Client(raise_request_exception=False).post("/boom?q=chemo", {"password": "hunter2"}, headers={"host": "localhost"})
"""
    done = start("-c", crash, DJANGO_SETTINGS_MODULE="tests.settings")
    assert "ERROR django.request: Internal Server Error request_id=" in done.stderr
    assert "method=POST route=boom exception=ValueError\n" in done.stderr
    assert 'File "<string>", line 5, in boom' in done.stderr
    said = done.stderr + done.stdout
    assert not [secret for secret in ("hunter2", "chemo", "rosa@example.org") if secret in said]
