"""A hundred invented references of the styles that patient pages print: each alone, and all of them as lists."""

import json
import random
import textwrap
from dataclasses import asdict
from pathlib import Path

import pytest

from references.reading import plain

PRINTED = json.loads((Path(__file__).parent / "printed/references.json").read_text())
KEYS = ("authors", "publisher", "published", "title", "container", "volume", "issue", "pages")
KEYS += ("url", "doi", "pmid", "pmcid", "accessed")


def one_line(raw):
    return raw.replace("\n", " ")


def wrapped(raw):
    return textwrap.fill(one_line(raw), 78, break_long_words=False, break_on_hyphens=False)


def hanging(raw):
    return textwrap.fill(one_line(raw), 78, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def as_it_is(raw):
    return raw


LAYOUTS = {
    "one per line": ("", "\n", one_line),
    "address on its own line": ("", "\n", as_it_is),
    "blank lines": ("", "\n\n", as_it_is),
    "CRLF": ("", "\r\n", lambda raw: raw.replace("\n", "\r\n")),
    "1.": ("{}. ", "\n", as_it_is),
    "[1]": ("[{}] ", "\n", as_it_is),
    "1)": ("{}) ", "\n", as_it_is),
    "bullets": ("• ", "\n", as_it_is),
    "numbered and wrapped": ("{}. ", "\n", wrapped),
    "wrapped, blank lines": ("", "\n\n", wrapped),
    "wrapped, hanging": ("", "\n", hanging),
    "numbers glued": ("{}. ", "", as_it_is),
}


def listed(raws, layout):
    """Text of a list in that layout, and the span of each reference."""
    mark, separator, shape = LAYOUTS[layout]
    text, spans = "", []
    for number, raw in enumerate(raws, 1):
        text += (separator if number > 1 else "") + mark.format(number)
        spans.append((len(text), len(text) + len(shape(raw))))
        text += shape(raw)
    return text, spans


@pytest.mark.parametrize("printed", PRINTED, ids=lambda printed: f"{printed['style']}: {printed['raw'][:30]}")
def test_a_reference_alone_gives_its_fields_and_nothing_else(printed):
    (entry,) = plain.split(printed["raw"])
    assert entry.raw == printed["raw"]
    assert {key: asdict(entry)[key] for key in KEYS} == {key: printed.get(key) for key in KEYS}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_list_of_all_styles_is_split_exactly(layout):
    shuffled = random.Random(7)
    for _ in range(5):
        raws = [printed["raw"] for printed in shuffled.sample(PRINTED, 20)]
        text, spans = listed(raws, layout)
        assert [(entry.start, entry.end) for entry in plain.split(text)] == spans


@pytest.mark.parametrize("separator", ["", " "])
def test_references_that_touch_are_nearly_always_told_apart(separator):
    shuffled, right, total = random.Random(7), 0, 0
    for _ in range(60):
        raws = [one_line(printed["raw"]) for printed in shuffled.sample(PRINTED, 8)]
        starts = {entry.start for entry in plain.split(separator.join(raws))}
        position = 0
        for raw in raws:
            right, total = right + (position in starts), total + 1
            position += len(raw) + len(separator)
    assert right / total > 0.95


@pytest.mark.parametrize("style", ["ama", "vancouver", "apa", "pubmed", "nci", "web"])
@pytest.mark.parametrize("separator", ["", " "])
def test_references_of_one_style_that_touch_are_told_apart(style, separator):
    raws = [printed["raw"] for printed in PRINTED if printed["style"] == style]
    assert [entry.raw for entry in plain.split(separator.join(raws))] == raws


def test_a_heading_before_the_list_is_no_part_of_it():
    raws = [printed["raw"] for printed in PRINTED[:3]]
    assert [entry.raw for entry in plain.split("References\n\n" + "\n".join(raws))] == raws


def test_a_paragraph_after_a_numbered_list_is_no_part_of_it():
    text, spans = listed([printed["raw"] for printed in PRINTED[:3]], "1.")
    entries = plain.split(text + "\n\nReviewed by Dr. A. Example.")
    assert [(entry.start, entry.end) for entry in entries] == spans


def test_an_odd_line_among_numbered_references_is_kept():
    raws = [PRINTED[0]["raw"], "Personal communication.", PRINTED[1]["raw"], PRINTED[2]["raw"]]
    text, spans = listed(raws, "1.")
    assert [(entry.start, entry.end) for entry in plain.split(text)] == spans


def test_numbers_that_begin_again_are_one_list_after_the_other():
    text, spans = listed([printed["raw"] for printed in PRINTED[:3]], "1.")
    again = [(start + len(text) + 1, end + len(text) + 1) for start, end in spans]
    assert [(entry.start, entry.end) for entry in plain.split(f"{text}\n{text}")] == spans + again


def test_an_address_broken_by_a_line_end_is_joined():
    (entry,) = plain.split(
        "American Cancer Society (2018). Tests.\nhttps://www.cancer.org/acute-\nlymphocytic/tests.html"
    )
    assert entry.url == "https://www.cancer.org/acute-lymphocytic/tests.html"


def test_an_address_in_angle_brackets_ends_before_them():
    (entry,) = plain.split("American Cancer Society (2018). Tests. <https://www.cancer.org/tests>.")
    assert entry.url == "https://www.cancer.org/tests"


def test_capitals_inside_an_address_do_not_begin_a_reference():
    text = "Riverside Clinic (2018). Tests. https://a.org/HealthTopics American Cancer Society (2019). Cells. https://b.org/c"
    assert [entry.url for entry in plain.split(text)] == ["https://a.org/HealthTopics", "https://b.org/c"]


def test_an_odd_reference_keeps_its_raw_and_no_field_is_invented():
    (entry,) = plain.split("Smith J. Untitled note. 2019.")
    assert (entry.authors, entry.title, entry.published) == ("Smith J", "Untitled note", "2019")
    assert not any([entry.publisher, entry.container, entry.volume, entry.pages, entry.url, entry.doi])
