"""What the citation dialog asks the server for."""

import pytest
from django.test import Client
from django.utils import timezone

from articles import library, roles
from references.health import State
from references.models import Source
from tests import cast
from tests.articles.admin import desk
from tests.references.test_lookups import service  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db

SOURCES = "/admin/articles/article/sources/"
NEW = f"{SOURCES}new/"
FINE = {State.ALIVE, State.UNKNOWN}


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


def test_the_sources_of_a_whole_place_come_first():
    first, second = (Source.objects.create(title=title) for title in ("Y", "Z"))
    Source.objects.create(title="A")
    assert found(key=[second.key, first.key])[:2] == [first.key, second.key]


def test_a_row_says_what_the_source_is_how_old_and_how_it_stands(facts):
    newer = Source.objects.create(title="Newer facts", organization="Example Press")
    year = timezone.localdate().year - 3
    Source.objects.filter(pk=facts.pk).update(published=f"{year}-05", kind="journal", notice="concern")
    Source.objects.filter(pk=facts.pk).update(superseded_by=newer, health="superseded")
    row = desk.client().get(SOURCES, {"q": "facts and"}).json()["results"][0]
    assert row["facts"] == f"Journal article, {year}, 3 years old"
    assert row["warnings"] == [
        "Superseded by: Example Press. Newer facts.",
        "Its publisher expressed concern about it.",
    ]


def test_a_newer_source_that_was_merged_is_named_by_the_record_that_stands(facts):
    stands = Source.objects.create(title="Facts that stand")
    merged = Source.objects.create(title="Newer facts", merged_into=stands)
    Source.objects.filter(pk=facts.pk).update(superseded_by=merged, health="superseded")
    row = desk.client().get(SOURCES, {"key": facts.key}).json()["results"][0]
    assert row["warnings"] == ["Superseded by: Facts that stand."]


@pytest.mark.parametrize(("health", "warned"), [*((s, s not in FINE) for s in State if s != State.SUPERSEDED)])
def test_every_state_that_is_not_fine_is_said_in_words(facts, health, warned):
    Source.objects.filter(pk=facts.pk).update(health=health)
    row = desk.client().get(SOURCES).json()["results"][0]
    assert bool(row["warnings"]) == warned
    assert row["retracted"] == (health == State.RETRACTED)


def named(text):
    return desk.client().get(SOURCES, {"q": text}).json()["named"]


def test_a_pasted_reference_is_offered_with_its_fields_and_not_filed():
    (work,) = named("Roe J, Doe A. Rare findings. Example J Med. 2018;12(3):45-50. doi:10.1000/rare")
    wanted = {"kind": "journal", "title": "Rare findings", "authors": "Roe J\nDoe A", "container": "Example J Med"}
    assert {name: work["fields"][name] for name in wanted} == wanted
    assert work["reference"].startswith("Roe J, Doe A. Rare findings.")
    assert not Source.objects.exists()


def test_an_identifier_alone_brings_no_title():
    (work,) = named("https://doi.org/10.1000/rare")
    assert (work["fields"]["doi"], work["fields"]["title"]) == ("10.1000/rare", "")


@pytest.mark.usefixtures("service")
def test_a_work_is_looked_up_into_the_empty_fields_of_the_form():
    typed = {"kind": "web", "doi": "10.1000/blood", "title": "Typed by hand", "look_up": "1"}
    answer = desk.client().post(NEW, typed).json()
    assert 'value="Typed by hand"' in answer["form"]
    assert 'value="12"' in answer["form"]
    assert "errorlist" not in answer["form"]
    assert answer["said"].startswith("Filled in from Crossref: ")
    assert not Source.objects.exists()


def test_looking_up_says_where_it_is_off_and_loses_nothing():
    answer = desk.client().post(NEW, {"kind": "book", "doi": "10.1000/blood", "pages": "typed", "look_up": "1"}).json()
    assert answer["said"] == "Looking up is switched off on this site."
    assert 'value="typed"' in answer["form"]
    assert desk.client().get(NEW).json()["looksUp"] is False


@pytest.mark.parametrize(
    "text", ["leukemia", "facts of 2018", "how common is acute leukemia in small children", "x" * 9000]
)
def test_a_search_for_words_names_no_work(text):
    assert named(text) == []


def test_a_known_work_is_found_by_its_pasted_reference(facts):
    assert found(f"Example Press. Facts and figures. {'And more. ' * 30}2023. https://doi.org/10.1000/FACTS") == [
        facts.key
    ]


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


def test_a_mark_that_knows_a_source_by_an_old_key_keeps_it(facts):
    keep = Source.objects.create(title="Facts and figures", publisher="Example Press")
    library.merge(keep, facts, by=cast.person("edith", roles.EDITOR), at=cast.NOON)
    assert found("figures", key=facts.key) == [facts.key]
    assert found("figures") == [keep.key]
