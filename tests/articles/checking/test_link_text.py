import pytest

from articles.checking import Severity, link_text
from tests.articles.checking.tools import page, section, silent_on, speaks_on


def link(words: str) -> str:
    return f'<p>For trials, <a href="https://example.org/trials">{words}</a>.</p>'


@pytest.mark.parametrize("words", ["click here", "Here", "<strong>Read more</strong>", "More…", "this link", "→ Here!"])
def test_it_warns_of_words_that_say_nothing(words):
    (found,) = speaks_on(link_text, page(section(link(words))), "about")
    assert found.severity is Severity.WARNING


def test_it_reads_the_summary_too():
    speaks_on(link_text, page(summary=link("here")), "")


@pytest.mark.parametrize(
    "words", ["our trials", "more about trials", "Click here for the list of trials", "800-555-0100"]
)
def test_it_is_silent_on_words_that_say_where(words):
    silent_on(link_text, page(section(link(words))))


def test_here_without_a_link_is_a_word_like_any_other():
    silent_on(link_text, page(section("<p>Click here</p>")))
