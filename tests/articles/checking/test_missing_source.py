from articles.checking import Severity, missing_source
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on


def test_it_speaks_on_a_citation_without_source():
    (found,) = speaks_on(missing_source, page(section(f"<p>x{cite()}</p>")), "about", says="roe2020")
    assert found.severity is Severity.BLOCKING


def test_it_speaks_on_the_summary_as_the_page():
    speaks_on(missing_source, page(summary=f"<p>x{cite()}</p>"), "")


def test_it_speaks_once_for_a_place_and_key():
    twice = f"<p>x{cite('aa')} y{cite('aa')} z{cite('bb')}</p>"
    speaks_on(missing_source, page(section(twice)), "about", "about")


def test_it_is_silent_where_the_source_is_there():
    silent_on(missing_source, page(section(f"<p>x{cite()}</p>"), sources=(source(),)))
