"""The redline of a whole page."""

import dataclasses

import pytest
from hypothesis import given

from articles.content import INSTITUTIONAL, CitedSource, Content, SectionContent, sha256
from articles.redline import Row, redline_content
from tests.articles.redline.tools import new_words, shown
from tests.articles.test_content import CONTENTS

PAGE = Content(
    title="Acute leukemia",
    summary="<p>A cancer of the blood.</p>",
    sections=tuple(
        SectionContent(anchor=name, heading=f"About {name}", body=f"<p>Words on {name} and more words.</p>")
        for name in ("signs", "tests", "care")
    ),
    sources=(CitedSource(key="ab", organization="Example Society", title="On blood", published="2020-05"),),
)


def changed_rows(new: Content, old: Content = PAGE) -> list[Row]:
    return [row for row in redline_content(old, new) if row.changed]


def page(*sections: SectionContent, **other: object) -> Content:
    return dataclasses.replace(PAGE, sections=sections or PAGE.sections, **other)


def section(**other: object) -> SectionContent:
    return dataclasses.replace(PAGE.sections[0], **other)


def test_it_works():
    rows = redline_content(PAGE, page(title="Acute leukaemia"))
    assert [row.part for row in rows] == ["title", "summary", "section", "section", "section", "references"]
    assert [row.anchor for row in rows] == ["", "", "signs", "tests", "care", ""]
    assert [row.changed for row in rows] == [True, False, False, False, False, False]
    assert shown(rows[0].html) == "<p>Acute [-leukemia-] [+leukaemia+]</p>"


@given(CONTENTS)
def test_a_page_compared_with_itself_has_no_change(content):
    assert not any(row.changed for row in redline_content(content, content))


@given(CONTENTS, CONTENTS)
def test_pages_with_different_digests_never_look_the_same(old, new):
    if old.digest != new.digest:
        assert any(row.changed for row in redline_content(old, new))


def test_the_language_is_shown_only_where_it_changed():
    (row,) = changed_rows(page(language="es"))
    assert (row.part, shown(row.html)) == ("language", "<p>[-en-][+es+]</p>")


def test_a_renamed_section_is_the_same_section():
    renamed = dataclasses.replace(PAGE.sections[0], heading="About symptoms")
    (row,) = changed_rows(page(renamed, *PAGE.sections[1:]))
    assert (shown(row.heading), row.notes) == ("About [-signs-] [+symptoms+]", ())


def test_a_new_section_stands_in_its_place():
    new = SectionContent(anchor="new", heading="New", body="<p>x</p>")
    rows = redline_content(PAGE, page(PAGE.sections[0], new, *PAGE.sections[1:]))
    assert [row.anchor for row in rows][2:6] == ["signs", "new", "tests", "care"]
    assert rows[3].notes == ("section added",)
    assert shown(rows[3].html) == '<p class="redline-added">[+x+]</p>'


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_section_that_went_is_shown_where_it_stood(gone):
    left = [section for at, section in enumerate(PAGE.sections) if at != gone]
    rows = redline_content(PAGE, page(*left))
    assert [row.anchor for row in rows][2:5] == ["signs", "tests", "care"]
    assert rows[2 + gone].notes == ("section removed",)
    assert new_words(rows[2 + gone].html) == []


def test_two_neighbors_that_went_stand_in_their_order():
    rows = redline_content(PAGE, page(PAGE.sections[0]))
    assert [row.anchor for row in rows][2:5] == ["signs", "tests", "care"]


def test_only_the_section_that_moved_is_called_moved():
    signs, tests, care = PAGE.sections
    (row,) = changed_rows(page(care, signs, tests))
    assert (row.anchor, row.notes) == ("care", ("section moved",))


def test_a_section_that_changed_its_kind_says_so():
    made = dataclasses.replace(PAGE.sections[2], kind=INSTITUTIONAL)
    (row,) = changed_rows(page(*PAGE.sections[:2], made))
    assert row.notes == ("was medical, is now institutional",)
    (back,) = changed_rows(PAGE, page(*PAGE.sections[:2], made))
    assert back.notes == ("was institutional, is now medical",)


def test_without_anchors_sections_are_matched_by_heading():
    bare = [dataclasses.replace(section, anchor="") for section in PAGE.sections]
    assert changed_rows(page(*bare)) == []
    (row,) = changed_rows(page(*bare[1:]))
    assert row.notes == ("section removed",)


def test_repeated_anchors_and_headings_lose_no_section():
    twin = PAGE.sections[0]
    rows = redline_content(page(twin, twin), page(twin, twin, twin))
    assert [row.notes for row in rows if row.part == "section"] == [(), (), ("section added",)]


def test_a_changed_source_is_shown_among_the_references():
    (row,) = changed_rows(page(sources=(dataclasses.replace(PAGE.sources[0], title="On bones"),)))
    assert row.part == "references"
    assert "[-blood-] [+bones+]" in shown(row.html)


def test_citations_carry_the_name_of_their_source():
    cited = dataclasses.replace(PAGE.sections[0], body='<p>So it is<cite data-source="ab"></cite>.</p>')
    row = changed_rows(page(cited, *PAGE.sections[1:]))[0]
    assert '<cite data-source="ab">[Example Society, 2020]</cite>' in row.html


def test_headings_and_sources_are_escaped():
    nasty = page(
        SectionContent(anchor="a", heading="<script>", body=""),
        title="<script>",
        sources=(CitedSource(key="ab", organization="<script>", title="<img onerror>"),),
    )
    assert not any("<script" in row.html + row.heading or "<img" in row.html for row in redline_content(PAGE, nasty))


def test_a_redacted_part_says_so():
    gone = PAGE.erase(sha256(PAGE.sections[1].body))
    [row] = changed_rows(gone)
    assert row.notes == ("removed for legal reasons",)


def test_who_answers_for_a_claim_is_part_of_the_page():
    ours = dataclasses.replace(PAGE.sections[2], kind=INSTITUTIONAL)
    claimed = dataclasses.replace(ours, claim_owner="The director", claim_from="2026-01-01", claim_until="2027-01-01")
    [row] = changed_rows(page(*PAGE.sections[:2], claimed), page(*PAGE.sections[:2], ours))
    assert row.notes == ("claim: – → The director, 2026-01-01, 2027-01-01",)


def test_what_a_block_is_and_was_is_said_in_words():
    text = SectionContent(anchor="a", heading="Fever", body="<p>Call us.</p>")
    old, new = (Content(title="T", sections=(one,)) for one in (text, dataclasses.replace(text, form="urgent")))
    (row,) = (row for row in redline_content(old, new) if row.part == "section")
    assert row.block == "When to get help: urgent"
    assert row.notes == ("was “Text”, is now “When to get help: urgent”",)
    assert row.changed
