from articles.checking import Severity, missing_heading
from tests.articles.checking.tools import figure, page, section, silent_on, speaks_on


def test_it_speaks_on_a_section_without_heading():
    (found,) = speaks_on(missing_heading, page(section(heading="")), "about", says="Section 1")
    assert found.severity is Severity.BLOCKING


def test_it_counts_sections_from_the_top():
    speaks_on(missing_heading, page(section(), section(heading=" ", anchor="")), "", says="Section 2")


def test_it_is_silent_on_a_heading():
    silent_on(missing_heading, page())


def test_a_figure_may_stand_without_one_under_the_section_before_it():
    silent_on(missing_heading, page(section(), figure(heading="")))
