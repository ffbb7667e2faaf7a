import pytest

from articles import markup
from tests.articles.importing import reading

TEXT = "Doctors look at blood under a microscope to find the cause."


def outline(text):
    manuscript = reading.read(f"A Title\n{text}")
    found = []
    for section in manuscript.content.sections:
        proposed = section.anchor in manuscript.proposed_headings
        found += [] if proposed else [section.heading]
    return found


@pytest.mark.parametrize(
    "text",
    [
        f"\n{TEXT}\n\nWhat to expect\n\n{TEXT}",
        f"{TEXT}\nWhat to expect\n{TEXT}",
        f"\n{TEXT}\n\n## What to expect\n\n{TEXT}",
        f"\n{TEXT}\n\nWhat to expect\n==============\n\n{TEXT}",
        f"\n{TEXT}\n\n**What to expect**\n\n{TEXT}",
        f"\n{TEXT}\n\nWhat to expect:\n{TEXT}",
    ],
)
def test_a_printed_heading_is_recognized(text):
    assert outline(text) == ["What to expect"]


@pytest.mark.parametrize(
    "line", ["WHAT TO EXPECT", "Does it hurt?", "¿Duele?", "Stage IV", "5 ways to cope", "COVID-19"]
)
def test_headings_have_many_shapes(line):
    assert outline(f"\n{TEXT}\n\n{line}\n\n{TEXT}") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "A short sentence.",
        "a line in lower case",
        "Tired, pale, short of breath,",
        "See https://example.org/help",
        "write to help@example.org",
        "April 3, 2024",
        "It is common.[1]",
    ],
)
def test_other_short_lines_are_no_headings(line):
    assert outline(f"\n{TEXT}\n\n{line}\n\n{TEXT}") == []


def test_a_heading_below_a_heading_is_a_sub_heading():
    manuscript = reading.read(f"A Title\n{TEXT}\n\nTreatment\n\nWatchful waiting\n\n{TEXT}")
    assert reading.body(manuscript, "treatment") == f"<h3>Watchful waiting</h3><p>{TEXT}</p>"


def test_headings_that_shout_stand_above_those_that_do_not():
    text = f"CAUSES\n{TEXT}\nTREATMENT\n{TEXT}\nWatchful waiting\n{TEXT}"
    assert outline(text) == ["CAUSES", "TREATMENT"]


def test_levels_are_never_skipped():
    manuscript = reading.read(f"# A Title\n{TEXT}\n\n### Treatment\n\n##### Tablets\n\n{TEXT}")
    assert reading.headings(manuscript) == ["Treatment"]
    assert "<h3>Tablets</h3>" in reading.body(manuscript, "treatment")


@pytest.mark.parametrize("bullet", ["- ", "• ", "* ", "– ", "▪ ", "o "])
def test_bullets_become_a_list(bullet):
    manuscript = reading.read(f"A Title\n{TEXT}\n\nSymptoms\n{bullet}Fever\n{bullet}Chills")
    assert reading.body(manuscript, "symptoms") == "<ul><li>Fever</li><li>Chills</li></ul>"


def test_numbers_in_order_become_a_numbered_list():
    manuscript = reading.read(f"A Title\n{TEXT}\n\nTreatment\n1. Rest\n2) Water\n\n3. Sleep")
    assert reading.body(manuscript, "treatment") == "<ol><li>Rest</li><li>Water</li><li>Sleep</li></ol>"


def test_numbers_out_of_order_are_kept_as_they_are_printed():
    manuscript = reading.read(f"A Title\n{TEXT}\n\nTreatment\n3. Rest well.\n5. Drink water.")
    assert markup.text(reading.body(manuscript, "treatment")) == "3. Rest well.\n5. Drink water."


def test_indented_bullets_are_nested():
    manuscript = reading.read(f"A Title\n{TEXT}\n\nSymptoms\n- Fever\n  - at night\n- Chills")
    expected = "<ul><li>Fever<ul><li>at night</li></ul></li><li>Chills</li></ul>"
    assert reading.body(manuscript, "symptoms") == expected


def test_short_lines_after_a_colon_are_a_list_that_lost_its_bullets():
    manuscript = reading.read(
        f"A Title\n{TEXT}\n\nSymptoms\nThey may include:\nFever\nNight sweats\n\nDiagnosis\n{TEXT}"
    )
    assert reading.body(manuscript, "symptoms").endswith("<ul><li>Fever</li><li>Night sweats</li></ul>")
    assert reading.headings(manuscript) == ["Symptoms", "Diagnosis"]


def test_columns_become_a_table():
    manuscript = reading.read(
        f"A Title\n{TEXT}\n\nStages\n| Stage | Meaning |\n|---|---|\n| I | Early |\n| II | Late |"
    )
    body = reading.body(manuscript, "stages")
    assert body.startswith('<table><thead><tr><th scope="col">Stage</th>')
    assert "<tr><td>II</td><td>Late</td></tr>" in body


def test_hard_wrapped_paragraphs_are_put_together():
    text = (
        "Acute leukemia begins in the bone marrow, where blood cells are\n"
        "made, and the cells move into the blood. It grows quickly, and it\n"
        "needs treatment soon after it was found. Most people who have it\n"
        "are treated in a hospital.\n\nIt is rare."
    )
    manuscript = reading.read(f"A Title\n\n{text}")
    assert "blood cells are made, and the cells" in manuscript.content.summary
    assert manuscript.content.summary.count("<p>") + sum(s.body.count("<p>") for s in manuscript.content.sections) == 2


def test_one_paragraph_a_line_is_not_put_together():
    manuscript = reading.read(
        "A Title\nThe first paragraph ends here.\nThe second one, which is longer, ends here, too."
    )
    both = [manuscript.content.summary, *(section.body for section in manuscript.content.sections)]
    assert sum(body.count("<p>") for body in both) == 2


def test_markup_in_a_text_is_text():
    manuscript = reading.read("A Title\nA count < 5 & a <b>low</b> level of **iron** matter.", "page.txt")
    assert manuscript.content.summary == (
        "<p>A count &lt; 5 &amp; a &lt;b&gt;low&lt;/b&gt; level of <strong>iron</strong> matter.</p>"
    )
