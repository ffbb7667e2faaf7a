"""Headers of many pages are said once, and all of them can be had again."""

import pytest

from leukemia_site.mirror.headers import POLICY, Alike, policy

pytestmark = pytest.mark.pure
ALIKE = Alike({"a": {"X": "1", POLICY: "one"}, "b": {"X": "1", POLICY: "two"}})


def test_a_set_is_named_where_all_of_it_is_there():
    assert ALIKE.short({"X": "1", POLICY: "two", "Y": "3"}) == ("b", {"Y": "3"})


def test_what_is_like_none_is_told_whole():
    assert ALIKE.short({"X": "1", POLICY: "three"}) == ("", {"X": "1", POLICY: "three"})


@pytest.mark.parametrize("headers", [{"X": "1", POLICY: "one", "Y": "3"}, {"Z": "1"}, {}])
def test_they_can_be_had_again(headers):
    assert ALIKE.whole(*ALIKE.short(headers)) == headers


def test_one_policy_allows_the_style_of_each_page():
    found = policy({"default-src 'self'; style-src 'self' 'x'", "default-src 'self'; style-src 'self' 'y'"})
    assert found == "default-src 'self'; style-src 'self' 'x' 'y'"
