import pytest

from articles.checking import Severity, uncited_figure
from articles.content import INSTITUTIONAL
from tests.articles.checking.tools import cite, page, section, silent_on, source, speaks_on


def test_it_hints_at_a_figure_without_source():
    (found,) = speaks_on(uncited_figure, page(section("<p>It is rare. About 6,550 people fall ill.</p>")), "about")
    assert found.severity is Severity.HINT
    assert found.message.endswith("“About 6,550 people fall ill.”")
    assert found.quote == "About 6,550 people fall ill."


@pytest.mark.parametrize(
    "claim",
    [
        "Some 85% of them live.",
        "Eighty percent of them live.",
        "It befalls 1 in 20 people.",
        "Fewer than one in five need surgery.",
        "About half of patients recover.",
        "Boys have it twice as often.",
        "The five-year survival is good.",
        "In 2020, 5,000 people fell ill.",
        "Of children under 5, 30 fell ill.",
        "Grade 3 tumors are 2 centimeters or larger.",
    ],
)
def test_these_are_figures(claim):
    speaks_on(uncited_figure, page(section(f"<p>{claim}</p>")), "about")


@pytest.mark.parametrize(
    "words",
    [
        "CD19, BCR-ABL1, CA 125 and COVID-19 are names.",
        "The change t(9;22) joins chromosome 22 to another, and 17p is lost.",
        "In stage 4, in grades 3 and 4, and for type 2 diabetes.",
        "Call 800-555-0100, (650) 555-0100, 911 or 1-800-4-CANCER.",
        'Call <a href="tel:18005550100">1 800 5550 100</a> now please.',
        "It was named in 1872, and on May 5, 2021 again.",
        "The clinic is open at 8:30 a.m. and 24 hours a day.",
        "Children younger than 5, people aged 60 or older and 12-year-olds.",
        "Adults over 50 and teenagers between 15 and 19 years of age.",
        "1. Ask your doctor about it.",
        "There are 3 types of it, and two main forms.",
        "Vitamin B12 and HPV types 16 and 18 are named so.",
        "Write to Palo Alto, CA 94304, or a1@example.org.",
        "How do 5 of 10 people live?",
    ],
)
def test_names_dates_ages_and_addresses_are_not(words):
    silent_on(uncited_figure, page(section(f"<p>{words}</p>")))


def test_a_table_is_one_statement():
    rows = "".join(f"<tr><td>Drug</td><td>{share} of 100</td></tr>" for share in (5, 10))
    speaks_on(uncited_figure, page(section(f"<table><tbody>{rows}</tbody></table>")), "about")
    cited = f"<table><caption>Doses{cite()}</caption><tbody>{rows}</tbody></table>"
    silent_on(uncited_figure, page(section(cited), sources=(source(),)))


def test_institutional_sections_and_headings_claim_nothing():
    silent_on(uncited_figure, page(section("<p>We have 50 beds.</p>", kind=INSTITUTIONAL)))
    silent_on(uncited_figure, page(section("<h3>The 5 of 10</h3><p>Text of it.</p>")))


def test_long_sentences_are_cut_at_a_word_and_quoted_whole():
    (found,) = speaks_on(uncited_figure, page(section(f"<p>5 of {'many ' * 40}</p>")), "about")
    assert found.message.endswith("many…”")
    assert found.quote.count("many") == 40
