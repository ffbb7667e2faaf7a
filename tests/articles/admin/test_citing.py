"""What the citation dialog asks the server for."""

import pytest
from django.test import Client

from articles import roles
from references.models import Source
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db

SOURCES = "/admin/articles/article/sources/"
NEW = f"{SOURCES}new/"


def found(words: str = "", **more) -> list[str]:
    answer = desk.client().get(SOURCES, {"q": words, **more})
    return [row["key"] for row in answer.json()["results"]]


@pytest.fixture
def facts():
    return Source.objects.create(
        title="Facts and figures", publisher="Example Press", doi="10.1000/facts", published="2023-05"
    )


def test_it_works(facts):
    row = desk.client().get(SOURCES, {"q": "figures"}).json()["results"][0]
    assert row["key"] == facts.key
    assert row["label"] == "Example Press 2023"
    assert row["reference"].startswith("Example Press. Facts and figures.")


@pytest.mark.parametrize("words", ["facts", "FIGURES facts", "10.1000/facts", "example press"])
def test_title_doi_and_publisher_find_it(facts, words):
    Source.objects.create(title="Something else")
    assert found(words) == [facts.key]


def test_what_the_article_lists_and_does_not_cite_comes_first(facts):
    article = cast.draft()
    Source.objects.create(title="A source that sorts first")
    article.uncited.add(facts)
    assert found(article=article.pk)[0] == facts.key


def test_the_source_of_the_mark_that_is_edited_comes_first(facts):
    article = cast.draft()
    article.uncited.add(Source.objects.create(title="A"))
    assert found(article=article.pk, key=facts.key)[0] == facts.key


def test_at_most_twenty_are_shown_and_more_are_announced():
    Source.objects.bulk_create(Source(title=f"Source {number}") for number in range(25))
    answer = desk.client().get(SOURCES).json()
    assert (len(answer["results"]), answer["more"]) == (20, True)


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "²", "٣"])
def test_a_strange_article_number_finds_the_library_all_the_same(facts, number):
    assert found(article=number) == [facts.key]


@pytest.mark.parametrize("url", [SOURCES, NEW])
def test_visitors_are_sent_to_sign_in(url):
    assert Client().get(url).status_code == 302


@pytest.mark.parametrize("url", [SOURCES, NEW])
def test_staff_without_a_role_are_refused(url):
    browser, nobody = Client(), cast.person("norma")
    nobody.is_staff = True
    nobody.save()
    browser.force_login(nobody)
    assert browser.get(url).status_code == 403


def test_a_publisher_may_look_and_not_add():
    browser = desk.client("paula", roles.PUBLISHER)
    assert browser.get(SOURCES).status_code == 200
    assert browser.post(NEW, {"kind": "web", "title": "T"}).status_code == 403


def test_a_new_source_is_made_in_the_dialog():
    answer = desk.client().post(NEW, {"kind": "web", "title": "New facts", "organization": "Example Society"})
    assert answer.status_code == 201
    assert answer.json()["source"]["key"] == Source.objects.get(title="New facts").key


def test_the_empty_form_is_offered_without_complaints():
    form = desk.client().get(NEW).json()["form"]
    assert 'name="title"' in form
    assert "errorlist" not in form


def test_a_new_source_that_is_wrong_comes_back_with_what_was_typed():
    answer = desk.client().post(NEW, {"kind": "web", "title": "", "publisher": "Typed", "published": "17.1.2024"})
    assert answer.status_code == 422
    form = answer.json()["form"]
    assert 'value="Typed"' in form
    assert form.count('class="errorlist"') == 2
    assert desk.client().post(NEW).status_code == 422
    assert not Source.objects.exists()


@pytest.mark.parametrize("typed", [{"doi": "https://doi.org/10.1000/FACTS"}, {"doi": "10.1000/facts", "title": ""}])
def test_a_work_that_is_there_already_is_offered_instead(facts, typed):
    answer = desk.client().post(NEW, {"kind": "web", "title": "Other title"} | typed)
    assert answer.json()["already"] is True
    assert answer.json()["source"]["key"] == facts.key
    assert Source.objects.count() == 1


def test_markup_in_a_title_is_escaped_where_it_is_html():
    answer = desk.client().post(NEW, {"kind": "web", "title": "<script>a()</script>", "published": "never"})
    assert "<script>" not in answer.json()["form"]
