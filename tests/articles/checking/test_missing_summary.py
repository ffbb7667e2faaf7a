import pytest

from articles.checking import Severity, missing_summary
from tests.articles.checking.tools import page, silent_on, speaks_on


@pytest.mark.parametrize("summary", ["", '<p><cite data-source="ab"></cite></p>'])
def test_it_warns_of_a_page_without_summary(summary):
    (found,) = speaks_on(missing_summary, page(summary=summary))
    assert found.severity is Severity.WARNING


def test_it_is_silent_on_a_summary():
    silent_on(missing_summary, page())
