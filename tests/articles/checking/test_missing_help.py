import pytest

from articles.checking import Severity, missing_help
from articles.content import GLANCE, HELP
from tests.articles.checking.tools import page, section, silent_on, speaks_on

SYMPTOMS = section(anchor="symptoms", heading="Symptoms of leukemia")


@pytest.mark.parametrize("telling", [SYMPTOMS, section(anchor="symptoms", heading="Look out", form=GLANCE[2])])
def test_it_hints_that_a_page_tells_symptoms_and_not_when_to_get_help(telling):
    (found,) = speaks_on(missing_help, page(section(), telling), "symptoms")
    assert found.severity is Severity.HINT


@pytest.mark.parametrize("form", HELP)
def test_it_is_silent_on_a_page_that_says_when(form):
    silent_on(missing_help, page(SYMPTOMS, section(anchor="now", heading="Call us if:", form=form)))


def test_it_is_silent_on_a_page_without_symptoms():
    silent_on(missing_help, page())
