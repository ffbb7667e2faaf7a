"""Blocks in the article form: what each is decides its heading, its kind and its fields."""

import pytest

from articles.content import GLANCE, HELP, INSTITUTIONAL, MEDICAL, QUESTIONS, SectionContent
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db


def saved(article, **fields):
    """The last section after the form was sent with one more, or with changes to the last."""
    browser, url = desk.client(), desk.change_url(article)
    answer = desk.send(browser, url, desk.opened(browser, url), **fields)
    assert answer.status_code == 302, desk.errors(answer)
    article.refresh_from_db()
    return article.content().sections[-1]


def one_more(article, **fields):
    number = len(article.content().sections)
    new = {"heading": "", "kind": MEDICAL, "body": "", "position": 99, "id": "", "article": article.pk, **fields}
    return {**desk.row(number, **new), "sections-TOTAL_FORMS": number + 1}


def with_questions(*questions):
    article = cast.draft()
    saved(article, **one_more(article, form=QUESTIONS, questions="\n".join(questions)))
    return article


def test_a_block_without_a_heading_gets_its_usual_one():
    article = cast.draft()
    block = saved(article, **one_more(article, form=HELP[0], body="<ul><li>You can not breathe.</li></ul>"))
    assert (block.form, block.heading) == ("emergency", "Call 911 or go to an emergency room now if:")
    assert block.anchor


def test_a_text_without_a_heading_is_refused_in_words():
    article, browser = cast.draft(), desk.client()
    url = desk.change_url(article)
    answer = desk.send(browser, url, desk.opened(browser, url), **one_more(article, form="", body="<p>Words.</p>"))
    assert desk.errors(answer) == ["Write a heading that says what is in this section."]


def test_an_urgent_box_that_becomes_an_emergency_is_headed_as_one():
    article = cast.draft()
    saved(article, **one_more(article, form=HELP[1], body="<p>You bleed.</p>"))
    number = len(article.content().sections) - 1
    assert saved(article, **desk.row(number, form=HELP[0])).heading == "Call 911 or go to an emergency room now if:"


def test_a_heading_of_the_writer_stays_whatever_the_block_becomes():
    article = cast.draft()
    saved(article, **one_more(article, form=HELP[1], heading="Call us if:", body="<p>You bleed.</p>"))
    number = len(article.content().sections) - 1
    assert saved(article, **desk.row(number, form=HELP[0])).heading == "Call us if:"


def test_what_tells_a_patient_what_to_do_is_reviewed_whatever_was_chosen():
    article = cast.draft()
    block = saved(article, **one_more(article, form=GLANCE[3], kind=INSTITUTIONAL, body="<p>Call us.</p>"))
    assert block.kind == MEDICAL


def test_questions_are_typed_one_a_line_and_shown_so_again():
    article = with_questions("- What type do I have?", "", "Who can I call?")
    assert article.content().sections[-1].body == "<ul><li>What type do I have?</li><li>Who can I call?</li></ul>"
    shown = desk.opened(desk.client(), desk.change_url(article))
    number = len(article.content().sections) - 1
    assert shown[f"sections-{number}-questions"].splitlines() == ["What type do I have?", "Who can I call?"]


def test_saving_questions_untouched_changes_nothing():
    article = with_questions("What type do I have?")
    before = article.revision
    saved(article)
    assert article.revision == before


def test_questions_that_become_a_text_keep_what_was_typed_last():
    article = with_questions("What type do I have?")
    number = len(article.content().sections) - 1
    block = saved(article, **desk.row(number, form="", questions="Which type?", heading="Ask"))
    assert block == SectionContent(anchor=block.anchor, heading="Ask", body="<ul><li>Which type?</li></ul>")


def test_a_text_becomes_questions_line_by_line():
    article = cast.draft()
    last = len(article.content().sections) - 1
    block = saved(article, **desk.row(last, form=QUESTIONS, kind=MEDICAL, body="<p>What is it?</p><p>Why me?</p>"))
    assert block.body == "<ul><li>What is it?</li><li>Why me?</li></ul>"


def test_a_row_of_which_only_the_kind_of_block_was_chosen_is_no_section():
    article = cast.draft()
    before = len(article.content().sections)
    saved(article, **one_more(article, form=HELP[1]))
    assert len(article.content().sections) == before
