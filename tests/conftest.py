"""What every test may ask for: the shared data, a browser, one database engine, and no way out to the network."""

import gc
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

from articles.handouts import extra
from tests import browser as browsers
from tests import emptying, house

ROOT = Path(__file__).resolve().parent.parent
CI = os.environ.get("CI", "").lower() in {"1", "true", "yes", "on"}
PROOF = os.environ.get("PROOF", "sample")
if PROOF not in {"sample", "full"}:
    raise pytest.UsageError(f"PROOF is 'sample' or 'full', not {PROOF!r}")

# Deadlines measure the machine, not the code. A sample run tries the same examples every time.
hypothesis.settings.register_profile("sample", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("full", deadline=None, max_examples=1_000, print_blob=True)
hypothesis.settings.load_profile(PROOF)


# Screens: their deeds and questions are tested on every engine elsewhere, so that a second one sees one in three.
SCREENS = (ROOT / "tests" / "articles" / "admin", ROOT / "tests" / "journeys")
WHOLE = ("test_two_writers", "test_unsaved", "test_peeking")  # two people at once: here engines do differ
ONE_IN = {"sample": 3, "full": 1}[PROOF]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what a second engine need not run: what it can not make pass or fail, and most of the screens."""
    _mark_pure(items)
    screens = [item for item in items if set(SCREENS) & set(item.path.parents) and item.path.stem not in WHOLE]
    for number, item in enumerate(screens):
        if number % ONE_IN:
            item.add_marker("once")


def _mark_pure(items: list[pytest.Item]) -> None:
    """The tests of a pure module that ask for no database."""
    for item in items:
        mirrored = ".".join(item.path.relative_to(ROOT / "tests").with_suffix("").parts).replace(".test_", ".")
        asks = item.get_closest_marker("django_db") or {"db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if house.is_pure(mirrored) and not asks:
            item.add_marker("pure")


def missing(what: str) -> None:
    """Skip with a reason that everyone can see; where nothing may be missing, fail."""
    if CI:
        pytest.fail(f"{what} (CI=true: nothing may be skipped for want of a tool)", pytrace=False)
    pytest.skip(what)


@pytest.fixture(scope="session")
def proof() -> str:
    """How long a proof may take: 'sample' (seconds, the default) or 'full' (`make proof`)."""
    return PROOF


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real manuscripts and references that may stand beside the checkout."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(f"no shared data: {folder} is not there")
    return folder


# -- the network ---------------------------------------------------------------------------------------------------


class NetworkRefused(OSError):
    """A test tried to leave this machine."""


def _guard(call: Callable[..., Any], host_of: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(*args: Any, **kwargs: Any) -> Any:
        host = host_of(*args)
        if host not in {None, "", "localhost", "::1", b"localhost"} and not str(host).startswith("127."):
            raise NetworkRefused(f"tests may not reach {host}: only loopback is open")
        return call(*args, **kwargs)

    return guarded


@pytest.fixture(scope="session", autouse=True)
def _loopback_only() -> Iterator[None]:
    def peer(sock: socket.socket, address: Any, *_rest: Any) -> Any:
        return address[0] if isinstance(address, tuple) else None  # a path: a socket of this machine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", _guard(socket.socket.connect, peer))
        patch.setattr(socket.socket, "connect_ex", _guard(socket.socket.connect_ex, peer))
        patch.setattr(socket, "getaddrinfo", _guard(socket.getaddrinfo, lambda host, *_rest: host))
        yield


# -- the database --------------------------------------------------------------------------------------------------


def _postgres_answers() -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", 5432)) == 0


@pytest.fixture(autouse=True)
def _right_engine(request: pytest.FixtureRequest) -> None:
    marker = request.node.get_closest_marker("only_on")
    if marker is None or marker.args == (connection.vendor,):
        return
    if marker.args == ("postgresql",) and not _postgres_answers():
        missing("needs PostgreSQL, and none answers on 127.0.0.1:5432")
    pytest.skip(f"only on {marker.args[0]}: see DATABASE_URL")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After a test with real transactions only what it filled is emptied (tests/emptying.py)."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        fresh = emptying.Fresh.now()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: emptying.empty(fresh))
        yield


@pytest.fixture(scope="module")
def lasting_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Lets a fixture of a module make rows once, for all of its tests; each of those still undoes its own changes.

    Not for a module with tests of real transactions: they would wait for this one.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: going through all of it again and again takes a tenth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_heads_left() -> Iterator[None]:
    """A head of the chain that one test kept must not convict the next one's history."""
    yield
    Path(django_settings.HEADS_FILE).unlink(missing_ok=True)


@pytest.fixture(autouse=True)
def _no_handouts(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests run as on a machine without the extra: setting a page takes seconds, and nothing may need it."""
    if "typesetter" not in request.fixturenames:
        monkeypatch.setattr(extra, "missing", lambda: extra.TYPESETTERS)


@pytest.fixture(scope="session")
def typesetter() -> None:
    """Asked for by tests that make handouts."""
    if lacking := extra.missing():
        missing(f"needs the extra for PDF (README): no {', '.join(lacking)}")


# -- the browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, one per worker."""
    path = browsers.chromium()
    if path is None:
        missing("needs a browser: no chromium, chromium-browser or google-chrome on the PATH")
    # Playwright's loop lives in the thread of the test, and Django would refuse it the database.
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with browsers.launch(path) as chromium:
            yield chromium


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A fresh browser window without cookies. The test fails if the page threw an error or left this machine."""
    with browsers.window(browser) as window:
        yield window


@pytest.fixture(scope="session")
def live_server(live_server: Any, django_db_blocker: Any) -> Any:
    """The site over HTTP, with the collected (that is, trimmed) static files."""
    if not any(Path(django_settings.STATIC_ROOT).iterdir()):
        call_command("collectstatic", interactive=False, verbosity=0)
    return live_server
