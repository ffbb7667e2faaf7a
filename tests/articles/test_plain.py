"""Cleaned HTML as one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.content import plain
from tests.articles.test_content import BODIES


@pytest.mark.parametrize(
    ("limit", "line"),
    [
        (0, "One two, three. Four five. Six"),
        (30, "One two, three. Four five. Six"),
        (29, "One two, three. Four five."),
        (26, "One two, three. Four five."),
        (25, "One two, three."),
        (15, "One two, three."),
        (14, "One two…"),
        (10, "One two…"),
        (9, "One…"),
        (8, "One…"),
        (2, "O…"),
    ],
)
def test_plain_is_whole_sentences_or_cut_at_a_word(limit, line):
    assert plain("<p>One two, <strong>three</strong>.</p><p>Four five.</p><p>Six</p>", limit) == line


@given(BODIES, st.integers(1, 30))
def test_plain_is_never_longer_than_asked(body, limit):
    assert len(plain(body, limit)) <= limit
