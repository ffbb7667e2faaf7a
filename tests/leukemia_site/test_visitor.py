"""By which address and name failed sign-ins are counted."""

import pytest
from django.test import RequestFactory

from leukemia_site import visitor


def seen(settings, forwarded, *, behind_proxy):
    settings.BEHIND_PROXY = behind_proxy
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded is not None else {}
    return visitor.address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers))


def test_without_a_proxy_a_forwarded_address_is_only_a_claim(settings):
    assert seen(settings, "203.0.113.9", behind_proxy=False) == "192.0.2.1"


def test_behind_a_proxy_only_what_the_proxy_wrote_last_counts(settings):
    assert seen(settings, "1.1.1.1, 2.2.2.2, 203.0.113.9", behind_proxy=True) == "203.0.113.9"


@pytest.mark.parametrize("forwarded", [None, ""])
def test_a_request_that_came_round_the_proxy_has_its_own_address(settings, forwarded):
    assert seen(settings, forwarded, behind_proxy=True) == "192.0.2.1"


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("203.0.113.9:5000", "203.0.113.9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("[2001:db8:1:2:3:4:5:6]:5000", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("unknown", visitor.NOWHERE),
        ("2001:db8::1::2", visitor.NOWHERE),
    ],
)
def test_every_spelling_becomes_an_address_that_the_database_takes(settings, written, address):
    assert seen(settings, written, behind_proxy=True) == address


def test_one_household_of_ipv6_is_one_visitor(settings):
    first, other = (seen(settings, f"2001:db8:1:2::{host}", behind_proxy=True) for host in ("1", "ffff"))
    assert first == other


def test_a_socket_without_an_address_is_nowhere(settings):
    settings.BEHIND_PROXY = False
    assert visitor.address(RequestFactory().get("/", REMOTE_ADDR="")) == visitor.NOWHERE


def test_a_name_is_cut_to_what_a_name_can_be():
    assert len(visitor.user_name(RequestFactory().post("/"), {"username": "x" * 9999})) == visitor.LONGEST_NAME
