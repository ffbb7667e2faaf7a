"""The source library in the admin."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from articles import roles
from references.models import Source
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db

LIST = "/admin/references/source/"


@pytest.fixture
def facts():
    return Source.objects.create(title="Facts", doi="10.1000/facts", pmid="12345", url="https://example.org/facts")


def add(**fields):
    return desk.client().post(f"{LIST}add/", {"kind": "journal", "title": "Other facts", **fields})


def test_it_works():
    assert add(organization="Example Society", published="2022-11").status_code == 302
    assert Source.objects.get().published == "2022-11"


def test_no_key_is_shown_before_there_is_one(facts):
    assert "field-key" not in desk.client().get(f"{LIST}add/").content.decode()
    assert facts.key in desk.client().get(f"{LIST}{facts.pk}/change/").content.decode()


@pytest.mark.parametrize(
    "same",
    [
        {"doi": "10.1000/FACTS"},
        {"doi": "https://doi.org/10.1000/facts"},
        {"pmid": "PMID: 12345"},
        {"url": "https://EXAMPLE.org/facts/?utm_source=mail"},
        {"doi": "10.1000/facts", "pmid": "12345"},
    ],
)
def test_a_work_that_is_there_already_is_named(facts, same):
    answer = add(**same)
    assert f"already in the library: Facts (key {facts.key})" in desk.errors(answer)[0]
    assert Source.objects.count() == 1


def test_without_identifiers_the_same_title_date_and_journal_are_the_same_work():
    Source.objects.create(title="Other Facts", container="Blood", published="2020")
    assert "already in the library" in desk.errors(add(container="Blood", published="2020"))[0]
    assert add(container="Blood", published="2021").status_code == 302


def test_a_record_may_be_saved_again(facts):
    url = f"{LIST}{facts.pk}/change/"
    data = {"kind": "web", "title": "Facts, corrected", "doi": facts.doi, "pmid": facts.pmid, "url": facts.url}
    assert desk.client().post(url, data).status_code == 302
    facts.refresh_from_db()
    assert facts.title == "Facts, corrected"


@pytest.mark.parametrize("wrong", [{"doi": "no doi"}, {"pmid": "abc"}, {"published": "17.1.2024"}, {"url": "x y"}])
def test_what_is_no_identifier_is_refused_and_never_dropped(wrong):
    assert len(desk.errors(add(**wrong))) == 1
    assert not Source.objects.exists()


@pytest.mark.parametrize("words", ["facts", "10.1000/facts", "12345"])
def test_it_is_found_by_title_and_identifiers(facts, words):
    Source.objects.create(title="Something else")
    page = desk.client().get(LIST, {"q": words}).content.decode()
    assert "1 source" in page


def superuser():
    root = cast.person("root")
    root.is_staff = root.is_superuser = True
    root.save()
    return desk.client("root", roles.EDITOR)


def test_a_source_in_use_cannot_be_deleted():
    cast.draft()
    cited = Source.objects.get()
    assert superuser().post(f"{LIST}{cited.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Source.objects.exists()


def test_a_source_that_an_article_lists_without_citing_it_is_in_use(facts):
    cast.draft().uncited.add(facts)
    assert superuser().post(f"{LIST}{facts.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_source_that_nothing_leans_on_can_be_deleted(facts):
    assert superuser().post(f"{LIST}{facts.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Source.objects.exists()


def test_sources_are_not_deleted_in_bulk(facts):
    assert "delete_selected" not in superuser().get(LIST).content.decode()


def opened(browser, url):
    form = html.fromstring(browser.get(url).content.decode()).get_element_by_id("source_form")
    found = {name: value.removeprefix("\n") for name, value in form.form_values()}
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def test_a_record_that_somebody_else_changed_meanwhile_is_not_overwritten_unseen(facts):
    wanda, edith, url = desk.client(), desk.client("edith", roles.EDITOR), f"{LIST}{facts.pk}/change/"
    mine, hers = opened(wanda, url), opened(edith, url)
    edith.post(url, {**hers, "title": "Edith's facts"})
    answer = wanda.post(url, {**mine, "published": "2025"})
    assert "differs from this form: Title: Edith's facts; Published: –." in desk.errors(answer)[0]
    facts.refresh_from_db()
    assert (facts.title, facts.published) == ("Edith's facts", "")
    shown = html.fromstring(answer.content.decode()).get_element_by_id("source_form").form_values()
    assert wanda.post(url, dict(shown)).status_code == 302
    facts.refresh_from_db()
    assert (facts.title, facts.published) == ("Facts", "2025")


@pytest.mark.parametrize("field", ["archived", "superseded_by"])
def test_no_field_of_the_record_is_overwritten_unseen(facts, field):
    newer = Source.objects.create(title="Newer facts")
    copy = "https://web.archive.org/web/20240117120000/https://example.org/facts"
    value, shown = (copy, copy) if field == "archived" else (str(newer.pk), "Newer facts")
    wanda, edith, url = desk.client(), desk.client("edith", roles.EDITOR), f"{LIST}{facts.pk}/change/"
    mine, hers = opened(wanda, url), opened(edith, url)
    assert edith.post(url, {**hers, field: value}).status_code == 302
    assert f": {shown}" in desk.errors(wanda.post(url, {**mine, "published": "2025"}))[0]
    facts.refresh_from_db()
    assert str(facts.serializable_value(field)) == value


def test_a_source_was_not_read_on_a_day_to_come(facts):
    said = "Nobody can have read it on a day that has not come yet."
    days = {timezone.localdate() + timedelta(days=far): far > 1 for far in (0, 1, 2)}
    for day, refused in days.items():
        data = {**opened(desk.client(), f"{LIST}{facts.pk}/change/"), "accessed": day.isoformat()}
        answer = desk.client().post(f"{LIST}{facts.pk}/change/", data)
        assert (answer.status_code == 200 and said in desk.errors(answer)) == refused
