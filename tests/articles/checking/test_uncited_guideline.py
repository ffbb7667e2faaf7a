import pytest

from articles.checking import Severity, uncited_guideline
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on


def test_it_warns_of_a_recommendation_without_source():
    (found,) = speaks_on(
        uncited_guideline, page(section("<p>It is rare. Guidelines recommend a test each year.</p>")), "about"
    )
    assert found.severity is Severity.WARNING
    assert found.quote == "Guidelines recommend a test each year."


@pytest.mark.parametrize(
    "claim",
    [
        "Screening is recommended for smokers.",
        "The drug was approved by the FDA in 2014.",
        "Experts recommend exercise.",
        "The American Cancer Society recommends a yearly test.",
        "It is FDA-approved for children.",
        "Imatinib is the standard of care.",
        "Aspirin is not recommended for children.",
    ],
)
def test_these_are(claim):
    speaks_on(uncited_guideline, page(section(f"<p>{claim}</p>")), "about")


@pytest.mark.parametrize(
    "words",
    [
        "Your doctor may recommend surgery.",
        "Ask which tests are right for you.",
        "Follow the guidelines of your care team.",
        "Your insurance must clear the treatment first.",
    ],
)
def test_these_are_not(words):
    silent_on(uncited_guideline, page(section(f"<p>{words}</p>")))


def test_a_citation_supports_it():
    silent_on(
        uncited_guideline, page(section(f"<p>Guidelines recommend a test each year.{cite()}</p>"), sources=(source(),))
    )


def test_it_reads_english_only():
    silent_on(uncited_guideline, page(section("<p>Guidelines recommend a test each year.</p>"), language="es"))
