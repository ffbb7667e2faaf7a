"""Earlier states at the desk: listed, looked at, compared, brought back."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles import earlier, roles
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db


def url(article, place="", query=""):
    name = {"": "earlier", "look": "earlier_look", "compare": "earlier_compare", "back": "bring_back"}[place]
    return reverse(f"admin:articles_article_{name}", args=[article.pk]) + query


def text(answer):
    assert answer.status_code == 200, answer
    return " ".join(answer.content.decode().split())


@pytest.fixture
def article():
    """Published with 5 mg; then 6 mg."""
    return cast.edited(cast.published().article, "6 mg")


def test_it_works(article):
    page = text(desk.client().get(url(article)))
    assert page.index("today's words") < page.index("edition 1") < page.index("signed by Rosa Example")
    assert page.count("Look at it") == 2
    assert page.count("Bring it back") == 1


def test_a_state_is_looked_at_as_a_page(article):
    page = text(desk.client().get(url(article, "look", "?state=1")))
    assert "The usual dose is 5 mg." in page
    assert "noindex" in page


@pytest.mark.parametrize("query", ["?old=1&new=2", "?old=2&new=1"])
def test_two_states_are_compared_from_the_older_to_the_newer(article, query):
    page = text(desk.client().get(url(article, "compare", query)))
    assert "removed: </span>5<span" in page
    assert "added: </span>6<span" in page


def test_one_is_brought_back_after_its_changes_were_shown(article):
    wanda = desk.client()
    page = text(wanda.get(url(article, "back", "?state=1")))
    assert "removed: </span>6<span" in page
    assert wanda.post(url(article, "back", "?state=1"), {"base_revision": "2"}).url == desk.change_url(article)
    assert "5 mg" in article.content().sections[1].body
    assert article.revisions.last().how == "restore"


@pytest.mark.parametrize("base", ["1", "", "x", "9" * 40])
def test_a_save_in_between_is_told_and_nothing_is_brought_back(article, base):
    answer = desk.client().post(url(article, "back", "?state=1"), {"base_revision": base})
    assert "Someone else saved this article" in text(answer)
    assert article.revisions.count() == 2


@pytest.mark.parametrize("query", ["", "?state=0", "?state=x", f"?state={'9' * 30}", "?old=1&new=77"])
@pytest.mark.parametrize("place", ["look", "compare", "back"])
def test_states_that_are_not_there_lead_back_to_the_list(article, place, query):
    answer = desk.client().get(url(article, place, query), follow=True)
    assert "Choose states whose words are kept." in text(answer)


def test_thinned_states_stand_in_the_list_without_their_words(article):
    for number in range(3, 6):
        article = cast.edited(article, f"{number + 20} mg")
    cast.published(article, at=cast.later(days=1))
    assert earlier.thin(article, at=cast.later(days=400)) == 3
    wanda = desk.client()
    assert text(wanda.get(url(article))).count("Words no longer kept.") == 3
    for place, query in (("look", "?state=2"), ("back", "?state=2"), ("compare", "?old=2&new=5")):
        assert "Choose states whose words are kept." in text(wanda.get(url(article, place, query), follow=True))


def test_the_list_takes_as_many_queries_for_sixty_states_as_for_two(article):
    wanda = desk.client()

    def queries(query=""):
        with CaptureQueriesContext(connection) as seen:
            page = text(wanda.get(url(article, "", query)))
        return len(seen), page.count("<li value=")

    few, _rows = queries()
    for number in range(58):
        article = cast.edited(article, f"{number + 10} mg")
    assert queries() == (few + 0, 50)
    assert queries("?page=2")[1] == 10


def test_who_may_not_write_looks_and_brings_nothing_back(article):
    paula = desk.client("paula", roles.PUBLISHER)
    assert "Bring it back" not in text(paula.get(url(article)))
    assert paula.post(url(article, "back", "?state=1"), {"base_revision": "2"}).status_code == 403
