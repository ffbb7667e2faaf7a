import pytest

from articles.checking import Severity, missing_alternative
from tests.articles.checking.tools import figure, page, section, silent_on, speaks_on


@pytest.mark.parametrize("alt", ["", "  "])
def test_it_speaks_on_a_picture_without_words(alt):
    (found,) = speaks_on(missing_alternative, page(figure(alt=alt)), "about", says="“About”")
    assert found.severity is Severity.BLOCKING


def test_a_figure_without_a_heading_is_named_too():
    speaks_on(missing_alternative, page(figure(alt="", heading="")), "about", says="A figure does not say")


def test_it_is_silent_where_there_are_words_or_no_picture_at_all():
    silent_on(missing_alternative, page(figure(), figure(figure="", alt=""), section()))


def test_it_is_silent_where_the_picture_was_removed_by_law():
    silent_on(missing_alternative, page(figure(alt="", figure_erased="b" * 64)))
