"""Two people at what an article has beside its words: nobody undoes what the other did by saving the text."""

import pytest

from articles.models import Condition
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanda():
    """Wanda has opened the form; then Edith gives the article another address and a condition."""
    article, wanda, edith = cast.draft(), desk.client(), desk.client("edith", "Editor")
    url, condition = desk.change_url(article), Condition.objects.create(slug="example", name="Example disease")
    fields = {"initial-condition": "", **desk.opened(wanda, url)}  # browsers send an empty hidden field, too
    desk.send(edith, url, desk.opened(edith, url), slug="new-place", condition=str(condition.pk))
    return lambda **changes: (desk.send(wanda, url, fields, **changes), _fresh(article))


def _fresh(article):
    article.refresh_from_db()
    return article


def test_it_works(wanda):
    answer, article = wanda(title="Another title")
    assert answer.status_code == 302
    assert (article.title, article.slug, str(article.condition)) == ("Another title", "new-place", "Example disease")


def test_what_both_changed_is_said_and_needs_a_second_save(wanda):
    answer, article = wanda(slug="my-place")
    assert "Somebody else put “new-place” here" in desk.errors(answer)[0]
    assert article.slug == "new-place"
    again, article = wanda(**desk.values(answer))
    assert (again.status_code, article.slug) == (302, "my-place")


def test_both_may_have_meant_the_same(wanda):
    answer, article = wanda(slug="new-place")
    assert (answer.status_code, article.slug) == (302, "new-place")
