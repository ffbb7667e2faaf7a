import pytest

from articles.checking import Severity, other_audience
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on

CHILD = source(title="Leukemia: ALL - Childhood: Symptoms")
ADULT = source(title="Adult ALL treatment")
BODY = f"<p>You may feel tired.{cite()}</p><p>Again.{cite()}</p>"


def about(title: str, of, body: str = BODY, **more):
    return page(section(body, **more), title=title, sources=(of,))


def test_it_hints_once_at_a_source_about_children_under_words_for_everybody():
    (found,) = speaks_on(other_audience, about("Leukemia", CHILD), "about", says="“Leukemia: ALL - Childhood")
    assert (found.severity, found.source) == (Severity.HINT, "roe2020")


@pytest.mark.parametrize("title", ["Adult ALL", "ALL in adults"])
def test_it_hints_at_a_source_about_children_on_a_page_about_adults(title):
    speaks_on(other_audience, about(title, CHILD), "about", says="this page is about adults")


def test_it_hints_at_a_source_about_adults_on_a_page_about_children():
    speaks_on(other_audience, about("Childhood ALL", ADULT), "about", says="these words are about children")


@pytest.mark.parametrize(
    "of",
    [
        source(title="Treatment", container="Pediatric Blood & Cancer"),
        source(title="Symptoms", url="https://www.cancer.net/leukemia-all-childhood/symptoms?x=1"),
        source(title="Leucemia infantil"),
    ],
)
def test_journals_and_addresses_tell_the_audience_too(of):
    speaks_on(other_audience, about("Leukemia", of), "about")


def test_a_page_for_all_ages_may_speak_of_children_under_a_heading_or_in_a_paragraph():
    silent_on(other_audience, about("Leukemia", CHILD, heading="In children"))
    silent_on(other_audience, about("Leukemia", CHILD, f"<p>Children may feel tired.{cite()}</p>"))


def test_sources_for_everybody_and_for_the_same_age_are_right():
    silent_on(other_audience, about("Leukemia", ADULT))
    silent_on(other_audience, about("Childhood ALL", CHILD))
    silent_on(other_audience, about("Adult ALL", source(title="ALL in children and adults")))
