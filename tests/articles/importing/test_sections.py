import pytest

from articles.content import INSTITUTIONAL, MEDICAL
from tests.articles.importing import reading

PARAGRAPHS = {
    "what-is": "CLL is a type of blood cancer that begins in white blood cells.",
    "how-common": "About 20,000 new cases are diagnosed each year in the United States.",
    "causes": "The exact cause is not known. Older age and family history are risk factors.",
    "symptoms": "Symptoms may include fatigue, fever and night sweats.",
    "diagnosis": "CLL is diagnosed using blood tests and a biopsy of the bone marrow.",
    "staging": "The Rai system has five stages, from 0 to IV.",
    "treatment": "Treatment often begins with targeted therapy or chemotherapy.",
    "clinical-trials": "Clinical trials study new medicines.",
    "outlook": "Survival has improved. The outlook depends on gene changes.",
    "living-with": "Coping takes time. Support groups and follow-up visits help.",
    "when-to-call": "Call your doctor right away for a fever.",
}


def started(*paragraphs):
    return reading.read(
        "Chronic Lymphocytic Leukemia\nChronic lymphocytic leukemia (CLL) is a cancer.\n" + "\n".join(paragraphs)
    )


def anchors(manuscript):
    return [section.anchor for section in manuscript.content.sections]


def test_lost_headings_are_proposed_from_what_paragraphs_say():
    manuscript = started(*PARAGRAPHS.values())
    assert anchors(manuscript) == list(PARAGRAPHS)
    assert manuscript.proposed_headings == set(PARAGRAPHS)


def test_a_proposed_heading_names_the_condition_as_the_page_does():
    manuscript = started(PARAGRAPHS["what-is"], PARAGRAPHS["causes"])
    assert reading.headings(manuscript) == [
        "What is chronic lymphocytic leukemia?",
        "Causes and risk factors of chronic lymphocytic leukemia",
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [("Hodgkin Lymphoma", "Hodgkin lymphoma"), ("Burkitt’s Disease", "Burkitt’s disease"),
     ("HIV Infection", "HIV infection"),
     ("B-Cell Lymphoma", "B-Cell lymphoma"), ("Leukemia (Overview)", "leukemia")],
)  # fmt: skip
def test_names_of_people_and_abbreviations_keep_their_capitals(title, name):
    manuscript = reading.read(f"{title}\nThis page is short.\n{PARAGRAPHS['symptoms']}")
    assert reading.headings(manuscript) == [f"Symptoms of {name}"]


def test_paragraphs_of_one_topic_share_a_section():
    manuscript = started(PARAGRAPHS["symptoms"], "Other symptoms are itching and weight loss.", PARAGRAPHS["treatment"])
    assert anchors(manuscript) == ["symptoms", "treatment"]
    assert reading.body(manuscript, "symptoms").count("<p>") == 2


def test_a_paragraph_that_says_nothing_clear_stays_where_it_stands():
    manuscript = started(PARAGRAPHS["treatment"], "Bring a friend if you like.")
    assert anchors(manuscript) == ["treatment"]


def test_a_topic_that_comes_back_gets_its_own_anchor():
    manuscript = started(PARAGRAPHS["symptoms"], PARAGRAPHS["treatment"], PARAGRAPHS["symptoms"])
    assert anchors(manuscript) == ["symptoms", "treatment", "symptoms-2"]


def test_a_list_stays_with_the_words_that_lead_to_it():
    manuscript = started("Symptoms may include:", "- chemotherapy pain", "- treatment rash", PARAGRAPHS["treatment"])
    assert reading.body(manuscript, "symptoms").endswith("</ul>")


def test_printed_headings_are_no_proposals():
    manuscript = started("", "Treatment", "", PARAGRAPHS["treatment"])
    assert manuscript.proposed_headings == frozenset()
    assert anchors(manuscript) == ["treatment"]


def test_repeated_headings_have_different_anchors():
    manuscript = started("", "Treatment", "", PARAGRAPHS["treatment"], "", "Treatment", "", PARAGRAPHS["treatment"])
    assert anchors(manuscript) == ["treatment", "treatment-2"]


def test_a_heading_too_long_for_a_section_is_shortened_and_kept_whole():
    long = "Why " + "very " * 60 + "tired"
    manuscript = reading.read(f"A Title\nA lead.\n\n## {long}\n\nA text.")
    (section,) = manuscript.content.sections
    assert len(section.heading) <= 200
    assert f"<h3>{long}</h3>" in section.body


@pytest.mark.parametrize(
    "heading",
    ["Leukemia Patient Stories", "Program Highlights", "Survivor Stories", "Our CLL Expertise", "Our Leukemia Program",
     "Meet our team", "Why choose Northfield", "Request an appointment", "Our locations", "Related news", "Contact us"],
)  # fmt: skip
def test_blocks_of_the_house_are_institutional(heading):
    manuscript = started("", heading, "", "We have many doctors.")
    assert manuscript.content.sections[-1].kind == INSTITUTIONAL


@pytest.mark.parametrize(
    "heading",
    ["Treatment", "Our bodies and blood", "Stories of cells", "Questions for your doctor",
     "Clinical trials", "About leukemia", "Living with CLL", "When to make a call", "Blood donation", "Team sports"],
)  # fmt: skip
def test_medical_headings_are_never_taken_for_the_house(heading):
    manuscript = started("", heading, "", "Some words about it.")
    assert manuscript.content.sections[-1].kind == MEDICAL
