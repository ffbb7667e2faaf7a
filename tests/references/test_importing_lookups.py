"""Looking works up on the way into the library, and in the form of one."""

import pytest

from articles import roles
from references.models import Source
from tests.articles.admin import desk
from tests.references.test_importing import URL, fields, filed, words
from tests.references.test_lookups import service  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
ADD = "/admin/references/source/add/"


@pytest.mark.usefixtures("service")
def test_what_is_missing_is_looked_up_and_shown_before_it_is_filed():
    browser = desk.client()
    shown = browser.post(URL, {"text": "10.1000/blood\n10.1000/missing\nhttps://example.org/a"})
    assert "Look up what is missing" in words(shown)
    answer = browser.post(f"{URL}more/", fields(shown) | {"form-2-title": "A page", "look_up": "1"})
    assert "Filled in from Crossref: Authors, Title, Journal or book" in words(answer)
    assert "Crossref does not know the DOI 10.1000/missing." in words(answer)
    assert not Source.objects.exists()
    filed(browser, answer, **{"form-1-take": None})
    assert set(Source.objects.values_list("title", "volume")) == {
        ("On the blood of patients & others: A cohort study", "12"),
        ("A page", ""),
    }


@pytest.mark.usefixtures("service")
def test_a_work_that_the_look_up_shows_to_be_known_is_named():
    Source.objects.create(title="Known", doi="10.1000/blood")
    browser = desk.client()
    shown = browser.post(URL, {"text": "PMID: 77"})
    answer = browser.post(f"{URL}more/", fields(shown) | {"look_up": "1"})
    assert "1 is in the library already" in words(answer)


def test_there_is_no_button_where_it_is_off():
    assert "ook it up" not in (page := words(desk.client().post(URL, {"text": "10.1000/blood"})))
    assert "Look up" not in page


# -- in the form of one source -------------------------------------------------------------------------------------


def form(browser, url: str) -> dict:
    return _values(browser.get(url))


def _values(answer) -> dict:
    page = desk.html.fromstring(answer.content.decode()).get_element_by_id("source_form")
    return {k: v.removeprefix("\n") for k, v in page.form_values() if k != "csrfmiddlewaretoken"}


@pytest.mark.usefixtures("service")
def test_empty_fields_of_the_form_are_filled_and_nothing_is_saved():
    browser = desk.client()
    sent = form(browser, ADD) | {"doi": "doi:10.1000/blood", "title": "My title", "_look_up": "1"}
    answer = browser.post(ADD, sent)
    assert _values(answer)["title"] == "My title"
    assert _values(answer)["authors"].split("\n")[0].strip() == "Roe JA"
    assert "Nothing is saved yet" in words(answer)
    assert desk.errors(answer) == []
    assert not Source.objects.exists()
    browser.post(ADD, _values(answer))
    assert Source.objects.get().container == "Journal of Invented Blood"


@pytest.mark.usefixtures("service")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"doi": "10.1000/missing"}, "Crossref does not know the DOI"),
        ({"url": "https://example.org"}, "Only a DOI or a PMID can be looked up."),
        ({"doi": "10.1000/retracted"}, "Crossref says that this work was retracted."),
    ],
)
def test_the_form_says_what_came_of_it(typed, said):
    browser = desk.client()
    assert said in words(browser.post(ADD, form(browser, ADD) | typed | {"_look_up": "1"}))


def test_a_record_that_is_there_is_completed_too(service):  # noqa: F811
    source = Source.objects.create(title="On blood", doi="10.1000/blood")
    browser, url = desk.client(), f"/admin/references/source/{source.pk}/change/"
    answer = browser.post(url, form(browser, url) | {"_look_up": "1"})
    assert _values(answer)["volume"] == "12"
    browser.post(url, _values(answer))
    source.refresh_from_db()
    assert (source.title, source.volume) == ("On blood", "12")


def test_who_may_not_change_a_source_asks_nobody(service):  # noqa: F811
    source = Source.objects.create(title="On blood", doi="10.1000/blood")
    browser = desk.client("paula", roles.PUBLISHER)
    answer = browser.post(f"/admin/references/source/{source.pk}/change/", {"doi": "10.1000/blood", "_look_up": "1"})
    assert answer.status_code == 403
    assert service == []
