"""A new release makes what the last one kept, gently and once, so that it is there when the database goes."""

import os

import pytest

from leukemia_site.front import inheriting
from tests.leukemia_site.front.kept import get, site

pytestmark = pytest.mark.pure
PATHS = [f"/{number}/" for number in range(7)]


@pytest.fixture
def last(tmp_path):
    """The last release, which kept seven pages."""
    found = site(tmp_path)
    found.watch.look()
    for path in PATHS:
        get(found.front, path)
    return found


def new(last, folder, **more):
    return site(folder, log=last.log, release="new", **more)


def asked(there):
    return [environ["PATH_INFO"] for environ in there.pages.asked]


def test_after_a_release_the_pages_of_the_last_one_are_made_before_anybody_asks(last, tmp_path):
    there = new(last, tmp_path)
    for _second in range(9):
        there.watch.look()
    assert sorted(asked(there)) == PATHS
    there.pages.away = there.log.away = True
    there.watch.look()
    assert {get(there.front, path).status for path in PATHS} == {200}


def test_no_more_than_a_few_in_a_second(last, tmp_path):
    there = new(last, tmp_path)
    for second in range(1, 4):
        there.watch.look()
        assert len(asked(there)) <= second * inheriting.A_SECOND
    assert len(asked(there)) >= 2


def test_what_another_process_has_made_is_not_made_again(last, tmp_path):
    one, other = new(last, tmp_path), new(last, tmp_path)
    for _second in range(9):
        one.watch.look(), other.watch.look()
    assert sorted(asked(one) + asked(other)) == PATHS


def test_while_the_database_is_away_nothing_is_made(last, tmp_path):
    there = new(last, tmp_path)
    there.watch.look()
    made = asked(there)
    there.watch.away = True
    there.front.renew([], there.log.since(0))
    assert asked(there) == made


def test_it_takes_after_the_release_that_ran_last_and_passes_over_what_it_can_not_read(last, tmp_path):
    older = site(tmp_path, log=last.log, release="older")
    older.watch.look()
    get(older.front, "/long-gone/")
    os.utime(tmp_path / "older", (1, 1))
    next((tmp_path / "release").rglob("*.page")).write_bytes(b"nonsense")
    there = new(last, tmp_path)
    for _second in range(9):
        there.watch.look()
    assert len(asked(there)) == len(PATHS) - 1
    assert set(asked(there)) < set(PATHS)


def test_without_a_disk_there_is_nothing_to_take_over():
    there = site()
    there.watch.look()
    assert asked(there) == []
