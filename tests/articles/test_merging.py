"""Three texts made one: nothing that anybody wrote goes unseen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import merging
from articles.content import Content, SectionContent
from tests import cast

BASE = cast.words()
TEXTS = st.sampled_from(["<p>a</p>", "<p>b</p>", "<p>c</p>", ""])
SECTIONS = st.lists(
    st.builds(SectionContent, anchor=st.sampled_from("pqrs"), heading=st.sampled_from("HIJ"), body=TEXTS),
    max_size=4,
    unique_by=lambda section: section.anchor,
)
ADDED = st.lists(st.builds(SectionContent, anchor=st.just(""), heading=st.sampled_from("XY"), body=TEXTS), max_size=2)
STORED = st.builds(Content, title=st.sampled_from("TUV"), summary=TEXTS, sections=SECTIONS.map(tuple))
TYPED = st.builds(lambda words, new: replace(words, sections=(*words.sections, *new)), STORED, ADDED)


def merged(mine, theirs, choice="both", base=BASE):
    parts = merging.compare(base, mine, theirs)
    return merging.join(parts, {part.key: choice for part in parts})


def conflicts(mine, theirs, base=BASE):
    return [part.key for part in merging.compare(base, mine, theirs) if part.conflicts]


def body(words, anchor="treatment"):
    return next(section.body for section in words.sections if section.anchor == anchor)


def without(words, anchor):
    return replace(words, sections=tuple(s for s in words.sections if s.anchor != anchor))


def plus(words, heading, anchor=""):
    return replace(words, sections=(*words.sections, SectionContent(anchor=anchor, heading=heading, body="<p>x</p>")))


MINE = cast.with_body(BASE, "treatment", "<p>Mine.</p>")
THEIRS = cast.with_body(BASE, "treatment", "<p>Theirs.</p>")


def test_it_works():
    found = merged(replace(BASE, title="My title"), THEIRS)
    assert (found.title, body(found)) == ("My title", "<p>Theirs.</p>")
    assert conflicts(replace(BASE, title="My title"), THEIRS) == []


@pytest.mark.parametrize(
    ("choice", "text"),
    [("mine", "<p>Mine.</p>"), ("theirs", "<p>Theirs.</p>"), ("both", "<p>Theirs.</p><p>Mine.</p>")],
)
def test_what_both_changed_is_chosen(choice, text):
    assert conflicts(MINE, THEIRS) == ["section-treatment"]
    assert body(merged(MINE, THEIRS, choice)) == text


def test_a_heading_and_a_text_of_one_section_changed_by_two_are_no_conflict():
    first, second, third = THEIRS.sections
    theirs = replace(THEIRS, sections=(first, replace(second, heading="Medicines", body=BASE.sections[1].body), third))
    assert conflicts(MINE, theirs) == []
    assert merged(MINE, theirs).sections[1] == replace(second, heading="Medicines", body="<p>Mine.</p>")


@pytest.mark.parametrize("sides", [(without(BASE, "treatment"), THEIRS), (THEIRS, without(BASE, "treatment"))])
def test_a_deletion_against_an_edit_is_a_conflict_and_keeps_the_text_by_default(sides):
    assert conflicts(*sides) == ["section-treatment"]
    assert body(merged(*sides)) == "<p>Theirs.</p>"
    anchors = [{s.anchor for s in merged(*sides, choice).sections} for choice in ("mine", "theirs")]
    assert sorted("treatment" in found for found in anchors) == [False, True]


def test_a_deletion_of_what_nobody_else_touched_stays_a_deletion():
    found = merged(without(BASE, "treatment"), replace(BASE, title="Their title"))
    assert [section.anchor for section in found.sections] == ["what-it-is", "our-program"]


def test_sections_added_on_both_sides_are_kept_beside_their_neighbors():
    found = merged(plus(BASE, "Mine"), plus(BASE, "Theirs", "theirs"))
    assert sorted(s.heading for s in found.sections[-2:]) == ["Mine", "Theirs"]
    assert len(found.sections) == 5


def test_an_order_that_only_one_changed_is_taken():
    turned = replace(BASE, sections=BASE.sections[::-1])
    anchors = [section.anchor for section in turned.sections]
    assert [s.anchor for s in merged(turned, THEIRS).sections] == anchors
    assert [s.anchor for s in merged(MINE, turned).sections] == anchors


def test_where_nobody_knows_the_beginning_everything_that_differs_is_chosen():
    found = conflicts(replace(MINE, title="Other"), without(THEIRS, "what-it-is"), base=Content(title=""))
    assert found == ["title", "section-treatment"]


@given(STORED, TYPED)
def test_where_only_one_wrote_the_result_is_theirs_to_the_letter(base, words):
    bare = replace(words, sources=())
    assert merged(words, base, base=base) == bare
    assert merged(base, words, base=base) == bare


@given(STORED, TYPED)
def test_the_same_changes_on_both_sides_are_no_conflict(base, words):
    known = replace(words, sections=tuple(s for s in words.sections if s.anchor))
    assert conflicts(known, known, base=base) == []
    assert merged(known, known, base=base) == known


@given(STORED, TYPED, STORED)
def test_nothing_that_either_wrote_is_lost(base, mine, theirs):
    found = merged(mine, theirs, base=base)
    shown = "".join([found.title, found.summary, *(s.heading + s.body for s in found.sections)])
    before = {base.title, base.summary, *(text for s in base.sections for text in (s.heading, s.body))}
    for words in (mine, theirs):
        for text in (words.title, words.summary, *(text for s in words.sections for text in (s.heading, s.body))):
            assert text in before or text in shown


@given(STORED, TYPED, STORED)
def test_what_only_one_changed_is_in_the_result_whatever_is_chosen(base, mine, theirs):
    for choice in ("mine", "theirs", "both"):
        found = merged(mine, theirs, choice, base=base).sections
        for part in merging.compare(base, mine, theirs)[3:]:
            if not part.conflicts and part.merged() is not None:
                assert part.merged() in found


@given(STORED, TYPED, STORED)
def test_every_section_of_the_merged_page_stands_in_it_once(base, mine, theirs):
    anchors = [section.anchor for section in merged(mine, theirs, base=base).sections if section.anchor]
    assert len(anchors) == len(set(anchors))
