import pytest

from articles.checking import Severity, repeated_alternative
from tests.articles.checking.tools import cite, figure, page, silent_on, speaks_on


@pytest.mark.parametrize("body", ["<p>Where blood is made.</p>", f"<p><em>where  blood</em> is made{cite()}</p>"])
def test_it_speaks_on_the_caption_said_twice(body):
    twice = figure(alt="Where blood is made", body=body)
    (found,) = speaks_on(repeated_alternative, page(twice), "about", says="the same words")
    assert found.severity is Severity.WARNING


def test_it_is_silent_on_other_words_and_on_none():
    silent_on(repeated_alternative, page(figure(), figure(alt="", body="")))
