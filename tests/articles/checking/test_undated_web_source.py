from articles.checking import Severity, undated_web_source
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on

CITING = section(f"<p>x{cite()}</p>")


def test_it_warns_of_a_web_page_that_nobody_dated():
    (found,) = speaks_on(undated_web_source, page(CITING, sources=(source(accessed=""),)), "about", says="On blood")
    assert found.severity is Severity.WARNING


def test_it_speaks_once_where_the_source_is_first_cited():
    again = section(f"<p>y{cite()}</p>", anchor="later")
    speaks_on(undated_web_source, page(CITING, again, sources=(source(accessed=""),)), "about")


def test_it_is_silent_on_print():
    silent_on(undated_web_source, page(CITING, sources=(source(accessed="", kind="journal"),)))


def test_it_is_silent_on_a_dated_page_and_on_one_that_nothing_cites():
    silent_on(undated_web_source, page(CITING, sources=(source(), source("other", accessed=""))))
