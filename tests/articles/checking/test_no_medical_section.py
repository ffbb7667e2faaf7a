from articles.checking import Severity, no_medical_section
from articles.content import INSTITUTIONAL, Content
from tests.articles.checking.tools import page, section, silent_on, speaks_on


def test_it_speaks_on_a_page_without_sections():
    (found,) = speaks_on(no_medical_section, Content(title="Leukemia"))
    assert found.severity is Severity.BLOCKING


def test_it_speaks_where_every_section_is_institutional():
    speaks_on(no_medical_section, page(section(kind=INSTITUTIONAL)))


def test_it_is_silent_on_one_medical_section_among_others():
    silent_on(no_medical_section, page(section(kind=INSTITUTIONAL), section(anchor="b")))
