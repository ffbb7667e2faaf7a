"""Finished handouts: whole or not there, found by what they show, and gone when asked."""

import os
import time

import pytest

from articles.handouts import shelf

ONE, OTHER = "a" * 64, "b" * 64
pytestmark = pytest.mark.pure


@pytest.fixture(autouse=True)
def root(tmp_path, settings):
    settings.HANDOUTS_ROOT = tmp_path / "handouts"
    return settings.HANDOUTS_ROOT


def put(key=ONE, article=7, edition=3, pdf=b"%PDF-"):
    return shelf.put(article, edition, key, sheets=5, pdf=pdf)


def names(root):
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_what_was_put_is_found(root):
    made = put(pdf=b"%PDF-1234" * 1000)
    found = shelf.find(7, ONE)
    assert found == made
    assert (found.edition, found.sheets, found.kilobytes) == (3, 5, 9)
    assert found.read().startswith(b"%PDF-1234")
    assert names(root) == [f"3-{ONE}-5.pdf"]


def test_what_was_not_put_is_not_found():
    assert shelf.find(7, ONE) is None
    put(article=8)
    assert shelf.find(7, ONE) is None


def test_twice_is_once(root):
    put(pdf=b"first")
    put(pdf=b"second")
    assert len(names(root)) == 1


def test_what_could_not_be_set_is_remembered_until_it_is_tidied():
    shelf.refuse(7, ONE, "A complaint")
    assert (shelf.refused(7, ONE), shelf.refused(7, OTHER), shelf.find(7, ONE)) == (True, False, None)
    shelf.clear(7, keep={ONE})
    assert not shelf.refused(7, ONE)


def test_it_has_any_of_an_edition_that_was_made_and_of_an_article_that_was_refused():
    assert not shelf.has_any(7, 3)
    put()
    assert (shelf.has_any(7, 3), shelf.has_any(7, 4), shelf.has_any(8, 3)) == (True, False, False)
    shelf.refuse(8, OTHER, "A complaint")
    assert shelf.has_any(8, 3)


def test_clearing_keeps_what_is_named(root):
    put(ONE)
    put(OTHER)
    put(OTHER, article=8)
    assert shelf.clear(7, keep={ONE}) == 1
    assert names(root) == [f"3-{ONE}-5.pdf", f"3-{OTHER}-5.pdf"]
    shelf.clear(7)
    assert [one.key for one in shelf.of(8)] == [OTHER]
    assert list(shelf.of(7)) == []


def test_a_file_that_is_being_written_is_left_alone_for_an_hour(root):
    put()
    part = root / "7" / f".{OTHER}.123"
    part.write_bytes(b"%P")
    shelf.clear(7)
    assert part.exists()
    os.utime(part, (0, time.time() - 3601))
    shelf.clear(7)
    assert not part.exists()


def test_other_articles_are_cleared_whole(root):
    put(article=7)
    put(article=8)
    (root / ".lock").touch()
    assert shelf.clear_others({7}) == 1
    assert names(root) == [".lock", f"3-{ONE}-5.pdf"]
