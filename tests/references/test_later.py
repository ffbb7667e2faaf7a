"""Expressions that are compiled when they are first used."""

import re

import pytest

from references.reading.later import later

pytestmark = pytest.mark.pure


def test_nothing_is_compiled_before_it_is_used():
    wrong = later("(")
    with pytest.raises(re.error):
        wrong.match("")


def test_it_is_the_expression_from_then_on():
    digits = later(r"(?P<first>a)\d+", re.I)
    assert digits.fullmatch("A12")["first"] == "A"
    assert digits.sub("-", "a1 b a22") == "- b -"
    assert [found[0] for found in digits.finditer("a1a2")] == ["a1", "a2"]
    assert digits.pattern == r"(?P<first>a)\d+"
    assert "match" in vars(digits)  # no longer by way of what looks for it
