from datetime import date

from articles.checking import Beside, Severity, uncited_source
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on

BESIDE = Beside(on=date(2026, 11, 2), uncited=(source(title="Never used"),))


def test_it_hints_at_a_source_of_the_list_that_nothing_cites():
    (found,) = speaks_on(uncited_source, page(), "", beside=BESIDE, says="“Never used” is in this article's list")
    assert (found.severity, found.source) == (Severity.HINT, "roe2020")


def test_a_source_that_was_cited_meanwhile_is_none():
    silent_on(uncited_source, page(section(f"<p>So.{cite()}</p>"), sources=(source(),)), BESIDE)


def test_an_empty_list_is_none():
    silent_on(uncited_source, page(), Beside(on=date(2026, 11, 2)))
