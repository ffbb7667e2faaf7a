"""The remarks beside the form: what was sent is checked, and never stored."""

import pytest
from django.urls import reverse

from articles import answering
from articles.admin import hints
from articles.models import FindingAnswer, Section
from references.models import Source
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return cast.draft()


@pytest.fixture
def sent(article):
    """What the form holds."""
    return desk.opened(desk.client(), desk.change_url(article))


def address(article, name="hints"):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def ask(article, sent, **changes):
    return desk.send(desk.client(), address(article), sent, **changes)


def answer(article, sent, **said):
    (hint,) = ask(article, sent).json()["hints"]
    fields = {"remark_key": hint["key"], "remark_reason": "common"} | said
    return desk.send(desk.client(), address(article, "hints_answer"), sent, **fields)


def test_it_works(article, sent):
    found = ask(article, sent).json()
    (hint,) = found["hints"]
    assert (hint["quote"], hint["field"], hint["place"]) == (
        "The usual dose is 5 mg.",
        "id_sections-1-body",
        "Treatment",
    )
    assert (hint["weight"], hint["answerable"], hint["citable"]) == ("Warning", True, True)
    assert found["counted"] == "1 remark"


def test_it_speaks_of_what_is_typed_and_stores_nothing(article, sent):
    changes = desk.row(0, body="<p>It befalls 1 in 20.</p>") | desk.row(1, body="<p>Nothing.</p>")
    (hint,) = ask(article, sent, **changes).json()["hints"]
    assert (hint["quote"], hint["field"]) == ("It befalls 1 in 20.", "id_sections-0-body")
    assert Section.objects.get(anchor="treatment").body == "<p>The usual dose is 5 mg.</p>"


def test_a_citation_that_was_just_typed_is_known(article, sent):
    body = f'<p>The dose is 5 mg.<cite data-source="{Source.objects.get().key}">[Example]</cite></p>'
    assert ask(article, sent, **desk.row(1, body=body)).json()["hints"] == []


def test_a_new_section_has_its_own_place_and_is_answered_when_it_has_a_sentence(article, sent):
    new = desk.row(3, id="", was="", heading="New", kind="medical", body="<p>It is 9 in 10.</p>", position=9)
    found = ask(article, sent, **{"sections-TOTAL_FORMS": 4}, **new).json()["hints"]
    assert [(one["field"], one["answerable"]) for one in found][-1] == ("id_sections-3-body", True)


def test_a_heading_a_title_and_the_list_of_sources_have_their_places(article, sent):
    article.uncited.add(Source.objects.create(title="Never used"))
    found = ask(article, sent, title=" ", **desk.row(0, heading="")).json()["hints"]
    assert {"id_title", "id_sections-0-heading", "id_uncited"} <= {one["field"] for one in found}
    assert [one["answerable"] for one in found if one["severity"] == "blocking"] == [False, False]


def test_an_article_that_was_never_saved_has_remarks_and_no_answers(sent):
    found = desk.send(desk.client(), reverse("admin:articles_article_hints_new"), sent).json()
    assert [one["answerable"] for one in found["hints"]] == [False]


def test_other_languages_say_what_is_not_checked(article, sent):
    article.language = "es"
    article.save()
    found = ask(article, sent).json()
    assert (found["hints"], found["note"]) == ([], "Statements are checked in English texts only.")


# -- answering ---------------------------------------------------------------------------------------------------------


def test_an_answer_drops_the_remark_and_counts_it(article, sent):
    found = answer(article, sent, remark_reason="other", remark_why="It is printed on the box.").json()
    assert (found["hints"], found["counted"]) == ([], "No remarks, 1 answered")
    assert found["answered"][0]["said"].endswith(": It is printed on the box.")
    assert FindingAnswer.objects.get().by.username == "wanda"


def test_an_answer_without_a_reason_is_refused_in_words(article, sent):
    response = answer(article, sent, remark_reason="other")
    assert response.status_code == 409
    assert "choose a reason" in response.json()["said"]


def test_a_sentence_that_is_not_in_the_text_is_not_answered(article, sent):
    response = answer(article, sent, remark_key="0" * 64)
    assert (response.status_code, FindingAnswer.objects.exists()) == (409, False)


def test_an_answer_is_taken_back(article, sent):
    answer(article, sent)
    made = FindingAnswer.objects.get()
    found = desk.send(desk.client(), address(article, "hints_take_back"), sent, remark_answer=made.pk)
    assert found.json()["counted"] == "1 remark"
    again = desk.send(desk.client(), address(article, "hints_take_back"), sent, remark_answer=made.pk)
    assert again.status_code == 409


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "12345"])
def test_an_answer_that_is_not_there_is_not_taken_back(article, sent, number):
    response = desk.send(desk.client(), address(article, "hints_take_back"), sent, remark_answer=number)
    assert response.status_code == 409


# -- nonsense ----------------------------------------------------------------------------------------------------------


def test_what_is_too_long_is_refused_in_words(article, sent):
    response = ask(article, sent, summary="x" * (hints.LIMIT + 1))
    assert response.status_code == 413
    assert "too long" in response.json()["said"]


@pytest.mark.parametrize("total", [None, "", "x", "-1", "99999"])
def test_what_is_no_form_is_refused_in_words(article, sent, total):
    response = ask(article, sent, **{"sections-TOTAL_FORMS": total})
    assert response.status_code == 400
    assert "Reload the page" in response.json()["said"]


@pytest.mark.parametrize(
    "body", ["<p>\x00 5 of 10</p>", "<p" * 500, "<ul><li>" * 400, '<cite data-source="\x00"></cite>']
)
def test_whatever_is_typed_it_answers(article, sent, body):
    assert ask(article, sent, **desk.row(1, body=body)).status_code == 200


def test_who_may_not_write_may_not_ask(article, sent):
    browser = desk.client("rosa", "Medical reviewer")
    assert desk.send(browser, address(article), sent).status_code == 403
    assert desk.client().get(address(article)).status_code == 405


# -- on the screen -----------------------------------------------------------------------------------------------------


def test_the_panel_stands_beside_the_form_of_those_who_write(article):
    page = desk.client().get(desk.change_url(article)).content.decode()
    assert f'data-ask="{address(article)}"' in page
    page = desk.client("rosa", "Medical reviewer").get(desk.change_url(article)).content.decode()
    assert 'id="hints"' not in page


def test_an_obstacle_leads_to_its_sentence(settings, article):
    settings.FINDING_SEVERITY = {"uncited_dose": "blocking"}
    (finding,) = answering.remarks(article, article.content(), at=cast.NOON).open
    page = desk.client().get(desk.change_url(article)).content.decode()
    assert f"?remark={finding.key}#sections-1" in page


def test_it_asks_few_questions(article, sent, django_assert_max_num_queries):
    browser = desk.client()
    with django_assert_max_num_queries(9):
        desk.send(browser, address(article), sent)
