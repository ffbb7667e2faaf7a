from articles.checking import Severity, missing_picture
from tests.articles.checking.tools import figure, page, section, silent_on, speaks_on


def test_it_speaks_on_a_figure_without_a_picture():
    (found,) = speaks_on(missing_picture, page(figure(figure="")), "about", says="The figure “About” has no picture")
    assert found.severity is Severity.BLOCKING


def test_it_is_silent_on_a_figure_that_has_one_and_on_texts():
    silent_on(missing_picture, page(figure(), section()))
