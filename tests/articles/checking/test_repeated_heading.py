from articles.checking import Severity, repeated_heading
from tests.articles.checking.tools import page, section, silent_on, speaks_on


def test_it_warns_of_the_second_section_with_a_heading():
    (found,) = speaks_on(repeated_heading, page(section(), section(anchor="b")), "b", says="“About”")
    assert found.severity is Severity.WARNING


def test_capitals_and_spaces_make_no_difference():
    speaks_on(repeated_heading, page(section(heading="The  Signs"), section(heading="the signs", anchor="b")), "b")


def test_it_speaks_on_every_later_one():
    speaks_on(repeated_heading, page(section(), section(anchor="b"), section(anchor="c")), "b", "c")


def test_it_leaves_missing_headings_to_their_rule():
    silent_on(repeated_heading, page(section(heading=""), section(heading="", anchor="b")))


def test_it_is_silent_on_different_headings():
    silent_on(repeated_heading, page(section(), section(heading="Signs", anchor="b")))
