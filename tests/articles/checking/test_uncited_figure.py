import pytest

from articles.checking import Severity, uncited_figure
from articles.content import INSTITUTIONAL
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on


def test_it_hints_at_a_figure_without_source():
    (found,) = speaks_on(uncited_figure, page(section("<p>It is rare. About 6,550 people fall ill.</p>")), "about")
    assert found.severity is Severity.HINT
    assert found.message.endswith("“About 6,550 people fall ill.”")


@pytest.mark.parametrize("claim", ["Some 85% live.", "Eighty percent live.", "½ a tablet", "<5 mg", "In 2020 it rose."])
def test_these_are_figures(claim):
    speaks_on(uncited_figure, page(section(f"<p>{claim.replace('<', '&lt;')}</p>")), "about")


@pytest.mark.parametrize(
    "words",
    [
        "CD19, BCR-ABL1 and COVID-19 are names.",
        "The change t(9;22) joins chromosome 22 to another.",
        "In stage 4, in grade 3, and for type 2 diabetes.",
        "Call 800-555-0100, (650) 555-0100 or 1-800-4-CANCER.",
        'Call <a href="tel:18005550100">1 800 5550 100</a> now.',
    ],
)
def test_names_and_telephone_numbers_are_not(words):
    silent_on(uncited_figure, page(section(f"<p>{words}</p>")))


def test_a_citation_anywhere_in_the_paragraph_is_enough():
    silent_on(uncited_figure, page(section(f"<p>In 5 of 10. More.{cite()}</p>"), sources=(source(),)))


def test_a_citation_in_another_paragraph_is_not():
    speaks_on(uncited_figure, page(section(f"<p>In 5 of 10.</p><p>x{cite()}</p>")), "about")


def test_a_table_is_one_paragraph():
    rows = "".join(f"<tr><td>Drug</td><td>{dose} mg</td></tr>" for dose in (5, 10))
    speaks_on(uncited_figure, page(section(f"<table><tbody>{rows}</tbody></table>")), "about")
    cited = f"<table><caption>Doses{cite()}</caption><tbody>{rows}</tbody></table>"
    silent_on(uncited_figure, page(section(cited)))


def test_institutional_sections_and_headings_claim_nothing():
    silent_on(uncited_figure, page(section("<p>50 beds</p>", kind=INSTITUTIONAL), section("<h3>Top 5</h3><p>x</p>")))


def test_long_sentences_are_cut_at_a_word():
    (found,) = speaks_on(uncited_figure, page(section(f"<p>5 of {'many ' * 40}</p>")), "about")
    assert found.message.endswith("many…”")
