"""What the log says of an exception: its kind and its way, never what it quotes."""

import errno
import smtplib

import pytest

from leukemia_site.observing import failures

SECRET = "rosa@example.org"


class Driver(Exception):
    """As psycopg2 raises it."""

    pgcode = "23505"


def raised(error, cause=None):
    """The error, as it is caught."""
    patient = SECRET
    try:
        raise error from cause
    except type(error) as caught:
        return caught, patient


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError(SECRET), "ValueError"),
        (ConnectionRefusedError(errno.ECONNREFUSED, SECRET), "ConnectionRefusedError ECONNREFUSED"),
        (smtplib.SMTPResponseException(550, SECRET), "SMTPResponseException 550"),
        (Driver(SECRET), "Driver 23505"),
        (AttributeError("no 'x'\nhere"), "AttributeError: no 'x' here"),
    ],
)
def test_an_error_is_named_by_kind_and_code(error, told):
    assert failures.named(error) == told


def test_a_wrapped_error_of_the_database_keeps_its_code():
    error, _patient = raised(RuntimeError(SECRET), Driver(SECRET))
    assert failures.named(error) == "RuntimeError 23505"


def test_the_way_there_holds_no_value():
    error, _patient = raised(ValueError(SECRET), KeyError(SECRET))
    told = failures.told(error)
    assert SECRET not in told
    assert told.startswith("KeyError\n")
    assert "in raised" in told
    assert told.endswith("ValueError")


def test_errors_that_lead_to_each_other_come_to_an_end():
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert failures.told(first).splitlines() == ["KeyError", "ValueError"]
