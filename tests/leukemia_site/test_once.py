"""What was asked once is not asked again while nothing can change; a request has no such memory."""

import pytest

from leukemia_site.once import answer, once, settle, still

pytestmark = pytest.mark.pure


@pytest.fixture
def asked():
    """How often the question was asked."""
    return []


@pytest.fixture
def ask(asked):
    @once
    def ask(what):
        asked.append(what)
        return f"{what}!"

    return ask


def test_it_is_asked_once_while_nothing_changes(ask, asked):
    with still():
        assert [ask("a"), ask("b"), ask("a")] == ["a!", "b!", "a!"]
    assert asked == ["a", "b"]


def test_a_request_asks_each_time(ask, asked):
    assert [ask("a"), ask("a")] == ["a!", "a!"]
    assert asked == ["a", "a"]


def test_nothing_is_remembered_of_the_moment_before(ask, asked):
    for _moment in range(2):
        with still():
            ask("a")
    assert asked == ["a", "a"]


def test_an_answer_that_was_found_with_others_is_not_asked_for(ask, asked):
    with still():
        answer(ask, "found", "a")
        assert (ask("a"), ask("b")) == ("found", "b!")
    assert asked == ["b"]


def test_no_answer_is_given_ahead_where_anything_may_change(ask):
    with pytest.raises(RuntimeError):
        answer(ask, "found", "a")


def test_what_is_settled_outlasts_the_moment():
    settled, made = {}, []
    for _moment in range(2):
        with still(settled):
            assert settle("key", lambda: made.append(1) or "part") == "part"
    assert len(made) == 1
    settle("key", lambda: made.append(1))
    assert len(made) == 2  # a request: the settings of a test, or of tomorrow, are others
