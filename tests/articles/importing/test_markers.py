import pytest

from articles.importing import markers
from tests.articles.importing import reading

LIST = """
References
1. Poe E. Tumor lysis in adults. Example Oncol. 2017;4:5-9.
2. Doe R. Emergencies in blood cancer. Example Emerg Med. 2018;9(2):1-8.
3. Roe J. Uric acid explained. Sample Med. 2019;1:2-3.
"""
REFS = "".join(
    f'<li id="r{n}">Roe J. Title {n} of many. Example J. 201{n};{n}:1-9.</li>' for n in (1, 2, 3)
)  # the list of an HTML page


def cited(text, listed=LIST):
    manuscript = reading.read(f"Tumor Lysis\nIt is an emergency. {text}\n{listed}")
    return [mark.key for mark in manuscript.content.marks()], manuscript.content.summary


def cited_in_html(text):
    page = f"<h1>Tumor lysis</h1><p>It is an emergency. {text}</p><h2>References</h2><ol>{REFS}</ol>"
    manuscript = reading.read(page, "page.html")
    return [mark.key for mark in manuscript.content.marks()], manuscript.content.summary


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Cells die at once [3].", ["ref-3"]),
        ("Cells die at once.[1,3]", ["ref-1", "ref-3"]),
        ("Cells die at once.[1-3]", ["ref-1", "ref-2", "ref-3"]),
        ("Cells die at once [1–2; 3].", ["ref-1", "ref-2", "ref-3"]),
        ("Cells die at once.²", ["ref-2"]),
        ("Cells die at once.¹⁻³ Call us.", ["ref-1", "ref-2", "ref-3"]),
        ("Cells die.¹ Kidneys fail.²,³", ["ref-1", "ref-2", "ref-3"]),
        ("Cells die (1). Kidneys fail (2,3).", ["ref-1", "ref-2", "ref-3"]),
        ("Cells die.1 Kidneys fail.2,3", ["ref-1", "ref-2", "ref-3"]),
    ],
)
def test_a_marker_in_text_becomes_a_citation(text, keys):
    assert cited(text)[0] == keys


@pytest.mark.parametrize(
    "text",
    [
        "Give 100 mg/m² a day.",
        "There are 10³ or 5 × 10⁹ cells.",
        "Ask (1) when to call, (2) whom to call.",
        "Only one place (2).",
        "The value is 10.5 and rises.",
        "The year [2019] was warm.",
        "Cells die [0].",
    ],
)
def test_what_only_looks_like_a_marker_stays_text(text):
    keys, summary = cited(text)
    assert keys == []
    assert text in summary


def test_without_a_reference_list_nothing_is_a_marker():
    keys, summary = cited("Cells die [3].² See note [1].", listed="")
    assert keys == []
    assert "Cells die [3].² See note [1]." in summary


def test_a_marker_without_a_reference_stays_and_is_reported():
    manuscript = reading.read(f"Tumor Lysis\nCells die [1]. Kidneys fail [7].\n{LIST}")
    assert "Kidneys fail [7]." in manuscript.content.summary
    assert any("The marker [7] in the text has no reference" in note for note in manuscript.notes)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Cells die.<sup>2</sup>", ["ref-2"]),
        ("Cells die<sup>1, 3</sup>", ["ref-1", "ref-3"]),
        ("Cells die<sup>[2]</sup>.", ["ref-2"]),
        ('Cells die.<sup><a href="#r3">3</a></sup>', ["ref-3"]),
        ('Cells die <a href="#r1">[1]</a>.', ["ref-1"]),
        ("Cells die [1, 2].", ["ref-1", "ref-2"]),
    ],
)
def test_a_marker_in_html_becomes_a_citation(text, keys):
    assert cited_in_html(text)[0] == keys


@pytest.mark.parametrize(
    "text", ["10<sup>2</sup> cells", "5 mg/m<sup>2</sup>", "CO<sub>2</sub>", "the 1<sup>st</sup> day"]
)
def test_powers_and_indices_in_html_stay(text):
    keys, summary = cited_in_html(text)
    assert keys == []
    assert text in summary


def test_printed_numbers_decide_not_places():
    listed = "References\n4. Poe E. One of two. Ex Oncol. 2017;4:5-9.\n7. Doe R. Two of two. Ex Med. 2018;9:1-8.\n"
    manuscript = reading.read(f"Tumor Lysis\nCells die [7].\n{listed}")
    assert [mark.key for mark in manuscript.content.marks()] == ["ref-2"]
    assert manuscript.uncited == ("ref-1",)


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [("1", [1]), ("1,3-5", [1, 3, 4, 5]), ("²,⁴⁻⁵", [2, 4, 5]), ("5-2", []), ("1-90", []), ("1 and 2", [1, 2])],
)
def test_numbers_of_a_marker(printed, numbers):
    assert markers.numbers(printed) == numbers
