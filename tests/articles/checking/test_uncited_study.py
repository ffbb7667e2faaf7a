import pytest

from articles.checking import Severity, uncited_study
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on


def test_it_warns_of_what_studies_show_without_naming_them():
    (found,) = speaks_on(uncited_study, page(section("<p>It is rare. Studies show that walking helps.</p>")), "about")
    assert found.severity is Severity.WARNING
    assert found.quote == "Studies show that walking helps."


@pytest.mark.parametrize(
    "claim",
    [
        "Research suggests that sleep helps.",
        "It has been shown to lower the risk.",
        "Doctors have found that it helps.",
        "Researchers have not found a cause yet.",
        "There is not enough evidence for it.",
        "According to a recent study, it helps.",
    ],
)
def test_these_are(claim):
    speaks_on(uncited_study, page(section(f"<p>{claim}</p>")), "about")


@pytest.mark.parametrize(
    "words",
    [
        "Blood studies show whether cells are missing.",
        "Imaging studies may show the tumor.",
        "If a clinical trial shows that it is better, it may become the standard.",
        "A clinical trial is a study of a new treatment.",
        "Clinical trials can be found online.",
        "Researchers hope to find a better drug.",
    ],
)
def test_these_are_not(words):
    silent_on(uncited_study, page(section(f"<p>{words}</p>")))


def test_a_citation_supports_it():
    silent_on(uncited_study, page(section(f"<p>Studies show that walking helps.{cite()}</p>"), sources=(source(),)))


def test_it_reads_english_only():
    silent_on(uncited_study, page(section("<p>Studies show that walking helps.</p>"), language="es"))
