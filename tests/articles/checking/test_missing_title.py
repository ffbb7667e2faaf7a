from articles.checking import Severity, missing_title
from tests.articles.checking.tools import page, silent_on, speaks_on


def test_it_speaks_on_a_page_without_title():
    (found,) = speaks_on(missing_title, page(title=""), says="no title")
    assert found.severity is Severity.BLOCKING


def test_it_speaks_on_a_title_of_spaces():
    speaks_on(missing_title, page(title=" \u00a0\n"))


def test_it_is_silent_on_a_title():
    silent_on(missing_title, page(title="ALL"))
