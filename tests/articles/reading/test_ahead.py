"""Whoever makes the pages of many articles asks for all of them at once, and the pages say what they say alone."""

import pytest
from django.utils import timezone

from articles import drafting
from articles.reading import ahead
from leukemia_site.once import still
from references.models import Source
from tests import cast
from tests.articles.reading.pages import ADDRESS, move, wanda, withdraw
from tests.articles.reading.test_history import page_with

pytestmark = pytest.mark.django_db
BELOW = ["", *"history/ editions/1/ editions/2/ changes/ references/ references/by-year/ references.ris".split()]
SLUGS = ["acute-example-disease", "other-page", "gone-page", "former", "nothing"]


@pytest.fixture
def site(monkeypatch):
    """A page with a correction, one in its first edition, one that was taken down, one that moved."""
    page_with(2, change_class="correction")
    cast.published(cast.draft(cast.words("Other page")))
    withdraw(cast.published(cast.draft(cast.words("Gone page", "77 mg"))).article)
    move(cast.published(drafting.start(cast.words("Former"), by=wanda(), at=cast.NOON)).article)
    Source.objects.update(notice="retracted")
    monkeypatch.setattr(timezone, "now", lambda: cast.later(days=2))


def answers(client):
    found = [client.get(f"/{slug}/{below}") for slug in SLUGS for below in BELOW]
    return [(one.status_code, one.content, one.get("Location")) for one in found]


@pytest.mark.usefixtures("site")
def test_pages_say_what_they_say_alone(client):
    alone = answers(client)
    with still():
        ahead.look(SLUGS, today=timezone.localdate())
        assert answers(client) == alone
    assert b"Corrected on" in alone[0][1]
    assert b"etracted" in alone[0][1]


@pytest.mark.usefixtures("site")
def test_pages_ask_no_more(client, django_assert_num_queries):
    with still():
        ahead.look(SLUGS, today=timezone.localdate())
        with django_assert_num_queries(0):
            assert all(client.get(f"{ADDRESS}{below}").status_code == 200 for below in BELOW)


@pytest.mark.usefixtures("site")
@pytest.mark.parametrize("count", [1, 4])
def test_it_asks_as_much_for_many_as_for_one(count, django_assert_max_num_queries):
    with still(), django_assert_max_num_queries(9):
        ahead.look(SLUGS[:count], today=timezone.localdate())
