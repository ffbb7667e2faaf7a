"""What changed, in one line."""

import pytest
from hypothesis import given

from articles.redline import between, in_short, redline_content
from tests.articles.redline.test_pages import PAGE, page, section
from tests.articles.test_content import CONTENTS

NEW = section(anchor="new", heading="New", body="<p>a b c</p>")


def said(old, new):
    old, new = (section(heading="Treatment", body=f"<p>{text}</p>") for text in (old, new))
    return in_short(redline_content(page(old), page(new)))


def test_it_works():
    assert said("The dose is 5 mg.", "The dose is 6 mg.") == "one change in Treatment: 5 mg → 6 mg"


CASES = {
    "a word": ("one or more", "two or more", "one → two"),
    "a word before a number": ("not 5 mg", "now 5 mg", "not → now"),
    "a raised number": ("10<sup>2</sup> cells", "10<sup>3</sup> cells", "10² cells → 10³ cells"),
    "words that came": ("It helps.", "It helps most people.", "“most people” added"),
    "words that went": ("It helps most people.", "It helps.", "“most people” removed"),
    "words that went before others came": ("<p>It is gone.</p><p>a b 5</p>", "<p>a b 6</p>", "“It is gone.” removed"),
    "formatting": ("It helps.", "It <strong>helps</strong>.", "formatting changed"),
    "a value and its year": (
        "6,550 cases or so (2024)",
        "6,700 cases or so (2026)",
        "6,550 cases → 6,700 cases, 2024 → 2026",
    ),
    "a sign": ("x &lt; 5", "x &gt; 5", "< 5 → > 5"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_first_change_is_quoted(case):
    old, new, expected = CASES[case]
    assert said(old, new).endswith(expected)


def test_a_rewritten_sentence_is_quoted_in_part():
    old, new = ("so and so many, ".join(f"{number} were " for number in (n, *range(9, 12), n)) for n in (5, 6))
    four = [" and then some more of the same ".join(str(start + n) for n in range(4)) for start in (10, 20)]
    assert said(old, new).count("→") == 2
    assert said(*four).count("→") == 3
    assert said(*four).endswith(", …")


def test_a_long_change_is_cut():
    assert len(said("word " * 100, "other " * 100)) < 160


def test_several_changes_are_counted():
    other = page(PAGE.sections[0], *PAGE.sections[1:], NEW, title="Another")
    assert in_short(redline_content(PAGE, other)).startswith("2 changes in Title · New; first: ")


def test_a_changed_heading_is_quoted():
    new = page(section(heading="About marks"), *PAGE.sections[1:])
    assert in_short(redline_content(PAGE, new)) == "one change in About marks: signs → marks"


def test_a_new_section_says_so():
    assert in_short(redline_content(PAGE, page(*PAGE.sections, NEW))) == "one change in New: section added"


def test_nothing_changed_says_nothing():
    assert in_short(redline_content(PAGE, PAGE)) == ""


def test_the_quick_way_is_not_misled_by_an_anchor_that_stands_twice():
    same = section(heading="About signs", body="<p>a</p>")
    old, new = page(section(heading="About marks", body="<p>a</p>"), same), page(same)
    assert between(old, new) == in_short(redline_content(old, new))


@given(CONTENTS, CONTENTS)
def test_the_quick_way_says_the_same(old, new):
    assert between(old, new) == in_short(redline_content(old, new))
