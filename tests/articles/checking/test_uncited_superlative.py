import pytest

from articles.checking import Severity, uncited_superlative
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on


def test_it_hints_at_a_ranking_without_source():
    (found,) = speaks_on(
        uncited_superlative, page(section("<p>It is rare. ALL is the most common cancer of children.</p>")), "about"
    )
    assert found.severity is Severity.HINT
    assert found.quote == "ALL is the most common cancer of children."


@pytest.mark.parametrize(
    "claim",
    [
        "Smoking is the leading cause of lung cancer.",
        "It is more common in men than in women.",
        "Women are more likely to have it than men.",
        "It most often affects the hands.",
        "It has the highest risk of coming back.",
        "It is the third most common cancer.",
    ],
)
def test_these_are(claim):
    speaks_on(uncited_superlative, page(section(f"<p>{claim}</p>")), "about")


@pytest.mark.parametrize(
    "words",
    [
        "The most important thing is to ask.",
        "Most people feel well again.",
        "A trial may be the best treatment for you.",
        "You may need more rest than before.",
    ],
)
def test_these_are_not(words):
    silent_on(uncited_superlative, page(section(f"<p>{words}</p>")))


def test_a_citation_supports_it():
    silent_on(
        uncited_superlative,
        page(section(f"<p>ALL is the most common cancer of children.{cite()}</p>"), sources=(source(),)),
    )


def test_it_reads_english_only():
    silent_on(uncited_superlative, page(section("<p>ALL is the most common cancer of children.</p>"), language="es"))
