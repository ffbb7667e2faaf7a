"""What changed of a figure: the picture, its words, its credit, its caption."""

import dataclasses

import pytest

from articles.content import FIGURE, Content, SectionContent
from articles.redline import between, redline_content
from articles.redline.figures import Picture
from tests.articles.redline.tools import shown

OLD, NEW = "a" * 64, "b" * 64
BASE = SectionContent(
    anchor="marrow", heading="Marrow", body="<p>Where blood is made.</p>", form=FIGURE,
    figure=OLD, size="900x600", alt="A bone, cut open.", credit="Drawing: A. Roe",
)  # fmt: skip


def row(before, after):
    (found,) = [one for one in redline_content(_page(before), _page(after)) if one.part == "section"]
    return found


def _page(*sections):
    return Content(title="Blood", sections=sections)


def test_a_replaced_picture_is_said_and_both_are_shown():
    found = row(BASE, dataclasses.replace(BASE, figure=NEW, size="800x800"))
    assert found.changed
    assert found.notes == ("picture replaced",)
    shape = {"alt": BASE.alt}
    assert found.pictures == (
        Picture("before", OLD, "900x600", **shape),
        Picture("after", NEW, "800x800", **shape),
    )


def test_an_unchanged_figure_shows_its_picture_once_and_no_change():
    found = row(BASE, BASE)
    assert (found.changed, found.notes) == (False, ())
    assert [one.when for one in found.pictures] == [""]
    assert "The picture in words: A bone, cut open." in found.html


@pytest.mark.parametrize(
    ("field", "words", "marked"),
    [
        ("alt", "A bone, broken.", "The picture in words: A bone, [-cut open-] [+broken+]."),
        ("credit", "Drawing: B. Roe", "Credit: Drawing: [-A-] [+B+]. Roe"),
    ],
)
def test_other_words_for_a_picture_are_marked(field, words, marked):
    found = row(BASE, dataclasses.replace(BASE, **{field: words}))
    assert found.changed
    assert marked in shown(found.html)


@pytest.mark.parametrize(("before", "after", "said"), [("", OLD, "picture added"), (OLD, "", "picture removed")])
def test_a_picture_that_came_or_went_is_said(before, after, said):
    found = row(dataclasses.replace(BASE, figure=before), dataclasses.replace(BASE, figure=after))
    assert found.notes == (said,)


def test_an_erased_picture_is_not_shown_and_said_to_be_gone():
    erased = _page(BASE).erase(OLD).sections[0]
    found = row(BASE, erased)
    assert found.notes == ("picture removed for legal reasons",)
    assert [one.when for one in found.pictures] == []


def test_a_replaced_picture_is_told_in_one_line():
    line = between(_page(BASE), _page(dataclasses.replace(BASE, figure=NEW)))
    assert line == "one change in Marrow: picture replaced"
