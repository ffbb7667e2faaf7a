"""Two groups of web processes, a database with one that follows it, and Redis: a site on several machines, on one."""

import http.cookiejar
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import replication
from tests.conftest import missing
from tests.house import ROOT
from tests.leukemia_site.test_serve import LONG, free_port
from tests.redis_server import Redis

pytestmark = pytest.mark.pure  # it has databases of its own, whatever the engine of the tests

PREPARE = """
import django, json; django.setup()
from django.contrib.auth.models import User
from django.core.management import call_command
from articles.models import Published
call_command("migrate", verbosity=0)
call_command("demo")
User.objects.create_superuser("root", "root@example.org", "a long pass phrase")
print(json.dumps(list(Published.objects.live().values_list("slug", flat=True))))
"""
WITHDRAW = """
import django, sys; django.setup()
from django.contrib.auth.models import User
from django.utils import timezone
from articles import publishing
from articles.models import Article
article = Article.objects.get(slug=sys.argv[1])
publishing.withdraw(article, by=User.objects.get(username="root"), at=timezone.now(), reason="It was wrong.")
"""


def python(site, program, *arguments):
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def group(site, port):
    """One group of web processes."""
    command = [Path(sys.executable).with_name("granian"), "leukemia_site.wsgi:application", "--interface", "wsgi"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "2", "--log-level", "warning"]
    process = subprocess.Popen(command, cwd=ROOT, env=site.environment)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=LONG)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    if not replication.programs() or not Redis.is_there():
        missing("needs PostgreSQL's initdb and pg_basebackup, and redis-server")
    place = tmp_path_factory.mktemp("site")
    ports = [free_port() for _ in range(5)]
    redis = Redis(place, ports[2])
    with ExitStack() as stack:
        first, second = stack.enter_context(replication.pair((ports[0], ports[1])))
        redis.start()
        stack.callback(redis.stop)
        environment = {"PATH": os.environ["PATH"], "SECRET_KEY": "k" * 60}
        environment |= {"DATABASE_URL": first.address, "DATABASE_REPLICA_URL": second.address}
        environment |= {"CACHE_URL": redis.address, "SEAL_KEY": "k" * 60, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        found = SimpleNamespace(first=first, second=second, redis=redis, ports=ports[3:], environment=environment)
        found.slugs = json.loads(python(found, PREPARE).splitlines()[-1])
        for port in found.ports:
            stack.enter_context(group(found, port))
        for port in found.ports:
            until(lambda port=port: Visitor(port).get("/healthz") == 200)
        yield found


def until(what):
    """Wait until this is so."""
    before = time.monotonic()
    while not what():
        assert time.monotonic() - before < LONG, "waited in vain"
        time.sleep(0.05)


class Visitor:
    """Somebody with a browser, who goes to either group."""

    def __init__(self, port):
        self.port, self.jar, self.body = port, http.cookiejar.CookieJar(), b""
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path, data=None):
        """The status of the answer; what was said stands in `body`."""
        address = f"http://127.0.0.1:{self.port}{path}"
        try:
            with self.opener.open(address, data and urllib.parse.urlencode(data).encode(), timeout=LONG) as answer:
                self.body = answer.read()
                return answer.status
        except urllib.error.HTTPError as error:
            self.body = error.read()
            return error.code
        except OSError:
            return 0

    def sign_in(self, password):
        self.get("/admin/login/")
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        form = {"username": "root", "password": password, "csrfmiddlewaretoken": token, "next": "/admin/"}
        return self.get("/admin/login/", form)


def asked(server, what, do):
    """Whether the server was asked for this while something was done."""
    size = server.log.stat().st_size
    do()
    time.sleep(0.1)
    return what in server.log.read_bytes()[size:].decode(errors="replace")


def reads(server, visitor, path):
    """Whether the server is asked for a page. What stands after ? makes it one that nobody keeps."""
    return asked(server, 'FROM "articles_published"', lambda: visitor.get(f"{path}?now"))


def test_readers_read_from_the_copy_and_who_signed_in_does_not(site):
    for port in site.ports:
        reader, path = Visitor(port), f"/{site.slugs[0]}/"
        until(lambda reader=reader, path=path: reads(site.second, reader, path))
        assert not reads(site.first, reader, path)
        person = Visitor(port)
        assert person.sign_in("a long pass phrase") == 200
        assert reads(site.first, person, path)
        assert not reads(site.second, person, path)


def test_a_session_begun_at_one_group_goes_on_at_the_other_also_without_redis(site):
    person = Visitor(site.ports[0])
    person.sign_in("a long pass phrase")
    person.port = site.ports[1]
    assert (person.get("/admin/"), b"Log out" in person.body) == (200, True)
    site.redis.stop()
    try:
        assert (person.get("/admin/"), b"Log out" in person.body) == (200, True)
    finally:
        site.redis.start()


def test_wrong_passwords_are_counted_by_both_groups_together(site):
    guesser = Visitor(site.ports[0])
    assert [guesser.sign_in("wrong") for _ in range(3)] == [200] * 3
    guesser.port = site.ports[1]
    assert [guesser.sign_in("wrong") for _ in range(2)] == [200, 429]
    guesser.port = site.ports[0]
    assert guesser.sign_in("a long pass phrase") == 429
    site.first.do("DELETE FROM axes_accessattempt")


def test_what_was_withdrawn_never_comes_back_from_a_copy_that_is_behind(site):
    slug, readers = site.slugs[1], [Visitor(port) for port in site.ports]
    until(lambda: all(reads(site.second, reader, f"/{slug}/") for reader in readers))
    site.second.do("SELECT pg_wal_replay_pause()")
    try:
        python(site, WITHDRAW, slug)
        for reader in readers:
            until(lambda reader=reader: reader.get(f"/{slug}/") == 410)
        assert {reader.get(f"/{slug}/{end}") for end in ("", "?now") * 5 for reader in readers} == {410}
        assert not any(reads(site.second, reader, f"/{slug}/") for reader in readers)
    finally:
        site.second.do("SELECT pg_wal_replay_resume()")
    until(lambda: all(reads(site.second, reader, f"/{slug}/") for reader in readers))
    assert {reader.get(f"/{slug}/") for reader in readers} == {410}


def test_without_the_copy_readers_read_from_the_first_database(site):
    readers = [Visitor(port) for port in site.ports]
    site.second.stop()
    try:
        assert {reader.get(f"/{site.slugs[0]}/?now") for _ in range(5) for reader in readers} == {200}
    finally:
        site.second.start()


def test_without_the_first_database_readers_read_from_the_copy(site):
    path, readers = f"/{site.slugs[0]}/", [Visitor(port) for port in site.ports]
    until(lambda: all(reads(site.second, reader, path) for reader in readers))
    site.first.stop()
    try:
        assert {reader.get(f"{path}?now") for _ in range(5) for reader in readers} == {200}
    finally:
        site.first.start()
