"""Pairs of items that answer to each other."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from articles.redline import alignment

ITEMS = st.lists(st.sampled_from("abcdef"), max_size=12)


def rises(pairs: list[tuple[int, int]]) -> bool:
    return all(i < k and j < m for (i, j), (k, m) in itertools.pairwise(pairs))


def test_it_works():
    assert alignment.equal_items("abcd", "xbcdy") == [(1, 1), (2, 2), (3, 3)]
    assert alignment.alike_items(2, 3, lambda i, j: float(j == i + 1), 0.4) == [(0, 1), (1, 2)]


@given(ITEMS, ITEMS)
def test_equal_items_are_equal_and_in_order(old, new):
    pairs = alignment.equal_items(old, new)
    assert rises(pairs)
    assert all(old[i] == new[j] for i, j in pairs)


@given(ITEMS)
def test_a_sequence_answers_to_itself(items):
    assert alignment.equal_items(items, items) == [(at, at) for at in range(len(items))]


@given(ITEMS, st.integers(0, 12))
def test_one_item_put_in_is_the_only_one_without_an_answer(items, at):
    assert len(alignment.equal_items(items, [*items[:at], "new", *items[at:]])) == len(items)


@given(st.lists(st.integers(0, 9), max_size=8))
def test_rising_is_the_longest_rising_run(numbers):
    run = alignment.rising(numbers)
    assert all(i < k and numbers[i] < numbers[k] for i, k in itertools.pairwise(run))
    longest = max(
        (
            len(set(one))
            for size in range(9)
            for one in itertools.combinations(numbers, size)
            if list(one) == sorted(set(one))
        ),
        default=0,
    )
    assert len(run) == longest


@given(st.lists(st.lists(st.sampled_from([0.0, 0.3, 0.5, 0.9, 1.0]), min_size=4, max_size=4), max_size=4))
def test_alike_items_have_the_greatest_likeness_of_all_choices(table):
    pairs = alignment.alike_items(len(table), 4, lambda i, j: table[i][j], 0.4)
    assert rises(pairs)
    assert all(table[i][j] >= 0.4 for i, j in pairs)
    assert abs(sum(table[i][j] for i, j in pairs) - best(table, 0, 0)) < 1e-9


def best(table: list[list[float]], i: int, j: int) -> float:
    """The greatest sum, found the slow way."""
    if i == len(table) or j == 4:
        return 0.0
    here = table[i][j] + best(table, i + 1, j + 1) if table[i][j] >= 0.4 else 0.0
    return max(best(table, i + 1, j), best(table, i, j + 1), here)


def test_work_is_bounded_and_what_is_left_counts_as_replaced():
    old, new = ["a", "b"] * 50_000, ["b", "a"] * 50_000
    assert rises(alignment.equal_items(old, new))
