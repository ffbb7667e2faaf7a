"""Questions whose SQL is written once: the same rows as ever, of each value its own."""

import threading

import pytest
from django.db import connection, connections

from articles.models import Published
from leukemia_site.prepared import NUMBER, TEXT, Prepared
from tests.cast import draft, published, words

pytestmark = pytest.mark.django_db


def of(slug):
    return Published.objects.select_related("edition", "review__reviewer").defer("review__content").filter(slug=slug)


@pytest.fixture
def slugs():
    return [published(draft(words(title))).article.slug for title in ("One page", "Another page")]


def test_every_value_has_its_own_rows(slugs):
    prepared = Prepared(Published, of, mark=TEXT)
    for slug in [*slugs, "no-page"]:
        assert prepared(slug) == list(of(slug))


def test_what_comes_with_a_row_is_there_already(slugs, django_assert_num_queries):
    prepared = Prepared(Published, of, mark=TEXT)
    for slug in slugs:
        with django_assert_num_queries(1):
            (row,) = prepared(slug)
            assert row.edition.digest == row.review.digest
            assert row.review.reviewer.name
        assert "content" in row.review.get_deferred_fields()


def test_the_queryset_is_made_once(slugs):
    asked = []
    prepared = Prepared(Published, lambda slug: asked.append(slug) or of(slug), mark=TEXT)
    for slug in slugs:
        prepared(slug)
    assert asked == [TEXT]


def test_each_thread_asks_over_its_own_connection(slugs):
    used = []

    def ask():
        written = prepared._written["default"].get_compiler("default")
        used.append(written.connection is connections["default"])
        connection.close()

    prepared = Prepared(Published, of, mark=TEXT)
    prepared(slugs[0])
    other = threading.Thread(target=ask)
    other.start()
    other.join()
    assert used == [True]


def test_what_does_not_hold_its_value_is_refused():
    with pytest.raises(ValueError, match="hold its value"):
        Prepared(Published, lambda number: Published.objects.all(), mark=NUMBER)(1)
