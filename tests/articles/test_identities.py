"""ORCID and NPI: one form for every spelling, and nothing that its check digit refuses."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles.identities import normalize_npi, normalize_orcid

# From ORCID's own documentation, and from the standard of the NPI.
ORCID, WITH_X, NPI = "0000-0002-1825-0097", "0000-0002-1694-233X", "1234567893"
digits = st.text("0123456789", min_size=15, max_size=15)
npis = st.text("0123456789", min_size=8, max_size=8).map("1".__add__)


@pytest.mark.parametrize(
    "typed",
    [
        ORCID,
        f" {ORCID} ",
        "0000000218250097",
        "0000 0002 1825 0097",
        f"https://orcid.org/{ORCID}",
        f"http://www.orcid.org/{ORCID}/",
        f"orcid.org/{ORCID}",
        f"ORCID: {ORCID}",
        f"ORCID iD: {ORCID}",
        ORCID.replace("-", "\u2011"),
        ORCID.replace("-", "\u2013"),
    ],
)
def test_an_orcid_has_one_form_however_it_is_written(typed):
    assert normalize_orcid(typed) == ORCID


def test_the_last_sign_of_an_orcid_may_be_an_x():
    assert normalize_orcid(WITH_X.lower()) == WITH_X


@pytest.mark.parametrize(
    "typed", ["", "0000-0002-1825-0098", "0000-0002-1825-009", f"{ORCID}1", "٠٠٠٠-0002-1825-0097", "javascript:1"]
)
def test_what_is_no_orcid_is_none(typed):
    assert normalize_orcid(typed) == ""


@pytest.mark.parametrize("typed", [NPI, f" {NPI}\n", f"NPI: {NPI}", f"npi {NPI}"])
def test_an_npi_has_one_form(typed):
    assert normalize_npi(typed) == NPI


@pytest.mark.parametrize("typed", ["", "1234567890", "3234567893", "123456789", f"{NPI}0", "١٢٣٤٥٦٧٨٩٣"])
def test_what_is_no_npi_is_none(typed):
    assert normalize_npi(typed) == ""


@given(digits)
def test_of_eleven_last_signs_exactly_one_makes_an_orcid(head):
    assert len([sign for sign in "0123456789X" if normalize_orcid(head + sign)]) == 1


@given(npis)
def test_of_ten_last_digits_exactly_one_makes_an_npi(head):
    assert len([digit for digit in "0123456789" if normalize_npi(head + digit)]) == 1


def sound(head: str, signs: str, check) -> str:
    return next(head + sign for sign in signs if check(head + sign))


@given(digits, st.integers(0, 14), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_orcid_is_found(head, place, other):
    right = sound(head, "0123456789X", normalize_orcid)
    assume(right[place] != other)
    assert normalize_orcid(right[:place] + other + right[place + 1 :]) == ""


@given(npis, st.integers(1, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_of_an_npi_is_found(head, place, other):
    right = sound(head, "0123456789", normalize_npi)
    assume(right[place] != other)
    assert normalize_npi(right[:place] + other + right[place + 1 :]) == ""


@given(st.text())
def test_what_comes_out_stays_as_it_is(typed):
    for normalize in (normalize_orcid, normalize_npi):
        found = normalize(typed)
        assert found == "" or (normalize(found) == found and found.isascii())
