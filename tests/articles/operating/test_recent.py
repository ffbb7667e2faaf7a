"""An answer that is asked for often."""

import pytest

from articles.operating import recent


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(recent.time, "monotonic", lambda: now[0])
    return now


def test_it_is_made_anew_after_its_seconds_and_not_before(clock):
    numbers = iter(range(10))
    answer = recent.Recent(lambda: next(numbers), seconds=5)
    told = []
    for moment in (100.0, 104.9, 105.0, 109.9, 110.0):
        clock[0] = moment
        told.append(answer())
    assert told == [0, 0, 1, 1, 2]


def test_it_can_be_forgotten():
    numbers = iter(range(10))
    answer = recent.Recent(lambda: next(numbers), seconds=5)
    assert answer() == 0
    answer.forget()
    assert answer() == 1


def test_a_failure_is_not_remembered():
    outcomes = [lambda: 1 / 0, lambda: 7]
    answer = recent.Recent(lambda: outcomes.pop(0)(), seconds=5)
    with pytest.raises(ZeroDivisionError):
        answer()
    assert answer() == 7
