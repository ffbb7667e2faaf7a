"""Which sentences a citation supports."""

import pytest

from articles.checking import speaks, statements
from tests.articles.checking.tools import cite, page, section


def unsupported(body: str, **more) -> list[str]:
    return [one.sentence for one in statements.unsupported(page(section(body), summary="", **more))]


def test_a_mark_supports_its_sentence_and_those_before_it():
    assert unsupported(f"<p>First of all. Then again.{cite()} At the end.</p>") == ["At the end."]


@pytest.mark.parametrize(
    "sentence",
    [f"This is so.{cite()}", f"This is so{cite()}.", f"This{cite()} is so for all of them.", f"This is so. {cite()}"],
)
def test_a_mark_stands_before_or_behind_the_stop_or_amid_the_sentence(sentence):
    assert unsupported(f"<p>{sentence} But that is not.</p>") == ["But that is not."]


def test_the_quote_in_a_mark_may_hold_any_sign():
    mark = '<cite data-quote="Of 5 > 4. So." data-source="roe2020"></cite>'
    assert unsupported(f"<p>This is so.{mark} But that is not.</p>") == ["But that is not."]


def test_a_mark_in_another_paragraph_supports_nothing():
    assert unsupported(f"<p>This is so.</p><p>That is, too.{cite()}</p>") == ["This is so."]


def test_a_line_with_a_colon_lends_its_mark_to_the_list_below_it_and_no_further():
    listed = "<ul><li>One of them is</li><li>Another one is</li></ul>"
    assert unsupported(f"<p>These are known:{cite()}</p>{listed}<p>And so on.</p>") == ["And so on."]
    assert len(unsupported(f"<p>These are known.{cite()}</p>{listed}")) == 2


def test_questions_labels_and_headings_state_nothing():
    assert unsupported("<h3>It is so</h3><p>Is it so?</p><p>Side effects</p>") == []


def test_other_languages_are_passed_over():
    assert unsupported("<p>Uno de cada 20 niños.</p>", language="es") == []
    assert [speaks(page(language=code)) for code in ("en", "en-US", "es")] == [True, True, False]
