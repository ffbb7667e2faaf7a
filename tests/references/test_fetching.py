"""Looks at a server that misbehaves: each ends in time, within bounds, and says what happened."""

import socket
import struct
import threading
import time

import pytest

from references.fetching import Manners
from references.looking import Hop, Outcome
from tests.references import misbehaving
from tests.references.network import QUICK, leading_to, local, look_at, look_at_all


@pytest.fixture(scope="module")
def port():
    with misbehaving.running() as port:
        yield port


@pytest.fixture
def see(port):
    def see(path, scheme="http", **how):
        how = {"policy": local(port), "find": leading_to("127.0.0.1"), **how}
        return look_at(f"{scheme}://a.example:{port}/{path}", **how)

    return see


def test_it_works(see, port):
    look = see("well/1")
    assert (look.outcome, look.status, look.final) == ("answered", 200, f"http://a.example:{port}/well/1")
    assert look.page.title == "Acute leukemia"
    assert look.page.fingerprint


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("slow/", Outcome.ANSWERED, 200),
        ("hanging/", Outcome.TIMEOUT, 0),
        ("endless/", Outcome.ANSWERED, 200),
        ("loop/again", Outcome.ASTRAY, 0),
        ("forbidden/", Outcome.ANSWERED, 403),
        ("busy/", Outcome.ANSWERED, 429),
        ("error/", Outcome.ANSWERED, 500),
        ("soft/", Outcome.ANSWERED, 200),
        ("wrong-length/", Outcome.BROKEN, 0),
        ("huge-header/", Outcome.BROKEN, 0),
        ("closed/", Outcome.BROKEN, 0),
        ("nonsense/", Outcome.BROKEN, 0),
        ("missing/", Outcome.ANSWERED, 404),
        ("no-head/", Outcome.ANSWERED, 200),
        ("pdf/", Outcome.ANSWERED, 200),
    ],
)
def test_every_way_to_misbehave_has_its_outcome(see, path, outcome, status):
    look = see(path)
    assert (look.outcome, look.status) == (outcome, status)
    assert look.seconds < 2.5 * QUICK.total


def test_a_server_without_tls_on_a_tls_address_is_a_tls_trouble(see):
    assert see("well/", scheme="https").outcome == Outcome.TLS


def test_a_server_that_withdraws_its_hand_during_the_handshake_is_a_tls_trouble():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        threading.Thread(target=withdraw, args=(server,), daemon=True).start()
        look = look_at(f"https://a.example:{port}/", policy=local(port), find=leading_to("127.0.0.1"))
    assert look.outcome == Outcome.TLS
    assert "NoTls" in look.detail


def withdraw(server):
    """Take whoever comes, hear their first word, and hang up on them with a reset."""
    while True:
        try:
            caller, _address = server.accept()
        except OSError:
            return
        caller.recv(1)
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        caller.close()


def test_nobody_there_is_unreachable(see):
    assert look_at("http://a.example:9/", policy=local(9), find=leading_to("127.0.0.1")).outcome == "unreachable"


def test_the_redirects_are_written_down(see, port):
    look = see("moved/1")
    assert look.hops == (Hop(f"http://a.example:{port}/moved/1", 301),)
    assert look.final == f"http://a.example:{port}/well/new"


def test_a_body_without_end_is_read_to_the_bound_and_no_further(see):
    look = see("endless/", manners=Manners(name="tests", pause=0, body=50_000))
    assert look.page.words < 50_000 / 4
    assert look.seconds < 5


def test_many_slow_redirects_share_one_time(see):
    look = see("slow-loop/1", manners=Manners(name="tests", pause=0, total=1, redirects=50))
    assert look.outcome == Outcome.TIMEOUT
    assert look.seconds < 2


def test_who_asks_us_to_wait_is_heard(see):
    assert see("busy/").retry_after == 7200


def test_one_host_is_asked_once_at_a_time_and_after_a_pause(port):
    manners = Manners(name="tests", at_once=10, pause=0.2)
    addresses = {n: f"http://a.example:{port}/busy/{n}" for n in range(4)}
    began = time.monotonic()
    look_at_all(addresses, manners=manners, policy=local(port), find=leading_to("127.0.0.1"))
    assert time.monotonic() - began >= 3 * 0.2


def test_a_slow_host_keeps_nobody_else_waiting(port):
    addresses = {n: f"http://host{n}.example:{port}/slow/" for n in range(40)}
    began = time.monotonic()
    patient = Manners(name="tests", at_once=50, pause=0)  # a busy machine is slow, and not wrong
    found = look_at_all(addresses, manners=patient, policy=local(port), find=leading_to("127.0.0.1"))
    assert {look.status for look in found.values()} == {200}
    assert time.monotonic() - began < 40 * 0.6 / 2
