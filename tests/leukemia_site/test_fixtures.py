"""What the tests stand on: no way out to the network, and clean tables after real transactions."""

import socket
import threading

import pytest
from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.db.utils import DatabaseError

from articles import triggers
from articles.models import TimelineEntry
from tests import cast
from tests.conftest import NetworkRefused


@pytest.mark.parametrize("host", ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1"])
def test_no_test_reaches_the_network(host):
    with pytest.raises(NetworkRefused, match=host):
        socket.create_connection((host, 80), timeout=1)


def test_no_test_asks_for_a_name():
    with pytest.raises(NetworkRefused, match=r"example\.org"):
        socket.getaddrinfo("example.org", 80)


def test_loopback_is_open():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_real_transactions_start_from_empty_tables_with_triggers_and_roles(time):
    assert not TimelineEntry.objects.exists()
    assert Group.objects.filter(name="Publisher").exists()
    cast.published()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute("DELETE FROM articles_timelineentry")


@pytest.mark.django_db(transaction=True)
def test_another_thread_sees_what_was_committed():
    cast.person("wanda")
    seen = []

    def look():
        seen.append(cast.User.objects.count())
        connection.close()

    (thread := threading.Thread(target=look)).start()
    thread.join()
    assert seen == [1]


@pytest.mark.django_db
def test_a_plain_test_has_its_triggers():
    assert triggers.installed(connection) >= set(triggers.names(TimelineEntry))
