import pytest

from articles.checking import Severity, check, missing_caption
from tests.articles.checking.tools import cite, figure, page, section, silent_on, speaks_on


@pytest.mark.parametrize("body", ["", "<p> </p>", f"<p>{cite()}</p>"])
def test_it_speaks_on_a_figure_without_a_caption(body):
    (found,) = speaks_on(missing_caption, page(figure(body=body)), "about", says="“About” has no caption")
    assert found.severity is Severity.BLOCKING


def test_no_other_rule_says_the_same():
    assert [one.rule for one in check(page(figure(body="")))] == ["missing_caption"]


def test_it_is_silent_on_a_caption_on_an_erased_one_and_on_texts():
    silent_on(missing_caption, page(figure(), figure(body="", erased="b" * 64), section("")))
