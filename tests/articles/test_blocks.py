"""Blocks: what their form decides, and questions as lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import blocks, markup
from articles.content import FIGURE, GLANCE, HELP, INSTITUTIONAL, MEDICAL, QUESTIONS, STORY

FORMS = ("", *GLANCE, *HELP, QUESTIONS, FIGURE, STORY)


def test_every_form_has_a_label():
    assert set(blocks.LABELS) == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_usual_heading_is_there_where_the_words_are_always_the_same(form):
    assert bool(blocks.usual_heading(form)) is (form in (*GLANCE, *HELP, QUESTIONS, STORY))


@pytest.mark.parametrize(
    ("form", "wanted", "kind"),
    [
        (HELP[0], INSTITUTIONAL, MEDICAL),
        (GLANCE[0], INSTITUTIONAL, MEDICAL),
        (QUESTIONS, INSTITUTIONAL, MEDICAL),
        (STORY, MEDICAL, INSTITUTIONAL),
        (FIGURE, INSTITUTIONAL, INSTITUTIONAL),
        (FIGURE, MEDICAL, MEDICAL),
        ("", INSTITUTIONAL, INSTITUTIONAL),
    ],
)
def test_what_tells_a_patient_what_to_do_is_always_reviewed_and_a_story_never(form, wanted, kind):
    assert blocks.kind_of(form, wanted) == kind


def test_questions_are_one_a_line_whatever_bullets_were_pasted():
    typed = "  - What type do I have?\r\n\r\n2. Is it < 5 cm?\n• Who can  I call?"
    body = "<ul><li>What type do I have?</li><li>Is it &lt; 5 cm?</li><li>Who can I call?</li></ul>"
    assert blocks.body_of_questions(typed) == body


def test_a_question_that_begins_with_a_number_keeps_it():
    assert "2 weeks from now" in blocks.body_of_questions("2 weeks from now, what will we know?")


def test_questions_that_read_the_same_stay_to_the_letter():
    before = '<ul><li>What <strong>type</strong> do I have?<cite data-source="ab"></cite></li></ul>'
    assert blocks.body_of_questions("What type do I have?", before) == before
    assert blocks.body_of_questions("What kind do I have?", before) == "<ul><li>What kind do I have?</li></ul>"


@given(st.text())
def test_questions_come_back_as_they_were_typed_and_pass_the_gate_unchanged(typed):
    body = markup.clean(blocks.body_of_questions(typed))
    again = blocks.questions_of(body)
    assert markup.clean(blocks.body_of_questions(again, body)) == body
