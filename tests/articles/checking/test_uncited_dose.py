import pytest

from articles.checking import Severity, uncited_dose
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on


def test_it_warns_of_a_dose_without_source():
    (found,) = speaks_on(uncited_dose, page(section("<p>It is rare. Adults take 40 mg a day.</p>")), "about")
    assert found.severity is Severity.WARNING
    assert found.quote == "Adults take 40 mg a day."


@pytest.mark.parametrize(
    "claim",
    [
        "Take two tablets with water.",
        "It is given by mouth twice a day.",
        "The total is 50.4 Gy over six weeks.",
        "Inject 300 units under the skin.",
        "The drug is infused every 3 weeks.",
    ],
)
def test_these_are(claim):
    speaks_on(uncited_dose, page(section(f"<p>{claim}</p>")), "about")


@pytest.mark.parametrize(
    "words",
    [
        "The level of glucose is 70 mg/dL or more.",
        "The tumor is 2 centimeters wide.",
        "Doctors find a dose that suits you.",
        "Brush your teeth twice a day.",
    ],
)
def test_these_are_not(words):
    silent_on(uncited_dose, page(section(f"<p>{words}</p>")))


def test_a_citation_supports_it():
    silent_on(uncited_dose, page(section(f"<p>Adults take 40 mg a day.{cite()}</p>"), sources=(source(),)))


def test_it_reads_english_only():
    silent_on(uncited_dose, page(section("<p>Adults take 40 mg a day.</p>"), language="es"))
