import pytest

from articles.checking import Severity, poor_alternative
from tests.articles.checking.tools import figure, page, section, silent_on, speaks_on


@pytest.mark.parametrize("alt", ["IMG_1234.jpg", "blood-cells.PNG", "DSC 0042", "Screenshot 12"])
def test_it_speaks_on_the_name_of_a_file(alt):
    (found,) = speaks_on(poor_alternative, page(figure(alt=alt)), "about", says="name of a file")
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize(
    "alt", ["Image of a bone", "a picture showing cells", "Photograph of a ward", "The graphic shows"]
)
def test_it_speaks_on_what_every_listener_hears_anyway(alt):
    speaks_on(poor_alternative, page(figure(alt=alt)), "about", says="Leave out")


def test_it_hints_at_a_long_text():
    (found,) = speaks_on(poor_alternative, page(figure(alt="a cell " * 40)), "about", says="279 characters")
    assert found.severity is Severity.HINT


@pytest.mark.parametrize(
    "alt",
    ["A bone, cut open.", "A nurse shows a picture of a bone.", "Dr. Roe opens scan.png", "Imaging of the chest", ""],
)
def test_it_is_silent_on_what_there_is_to_see(alt):
    silent_on(poor_alternative, page(figure(alt=alt), section("<p>IMG_1234.jpg</p>")))
