"""Stories on a page: only what a consent is about, only apart from the medical review, and only until its last day."""

from datetime import date, timedelta

import pytest

from articles import page
from articles.content import INSTITUTIONAL, MEDICAL, STORY, Content, SectionContent
from articles.told import Told

TODAY = date(2026, 11, 23)
KEY = ("abc", "1" * 64)
TOLD = Told(title="My year", name="Maria", body="<p>I came <script>x</script>home.</p>", language="es")
SHOWN = {KEY: page.Story(told=TOLD, until=TODAY + timedelta(days=5))}


def section(kind=INSTITUTIONAL, **other):
    named = {"form": STORY, "story": KEY[0], "story_hash": KEY[1]}
    return SectionContent(**{"anchor": "story", "heading": "Patient story", "body": "", "kind": kind, **named, **other})


def build(*sections, stories=SHOWN, **facts):
    content = Content(title="Title", summary="<p>In short.</p>", sections=sections)
    return page.build(content, page.Facts(today=TODAY, stories=stories, **facts))


def test_it_stands_apart_with_its_title_its_teller_and_its_language():
    shown = build(section())
    (part,) = shown.institutional
    assert (part.heading, part.body, part.teller, part.language) == ("My year", "<p>I came home.</p>", "Maria", "es")
    assert part.template == "articles/_story.html"
    assert [one.heading for one in shown.toc] == ["My year"]


@pytest.mark.parametrize("other", [{"story": "abd"}, {"story_hash": "2" * 64}])
def test_another_story_or_wording_is_not_shown_in_its_place(other):
    assert build(section(**other)).institutional == ()


def test_without_a_consent_there_is_no_trace_of_it_on_the_page():
    assert build(section(), stories={}).toc == ()


def test_an_edition_says_where_one_stood():
    (part,) = build(section(), stories={}, is_edition=True).institutional
    assert (part.heading, part.body, part.teller) == ("Patient story", "<p>This story is no longer shown.</p>", "")


def test_a_preview_shows_the_empty_place():
    (part,) = build(section(), stories={}, preview=True).institutional
    assert part.body == ""


def test_no_story_stands_in_the_part_that_reviewers_sign():
    assert build(section(kind=MEDICAL)).medical == ()


def test_what_stands_in_the_section_itself_is_never_shown():
    assert build(section(body="<p>Stolen.</p>"), stories={}).institutional == ()


@pytest.mark.parametrize(
    ("facts", "until"),
    [
        ({}, 5),
        ({"overdue_from": TODAY + timedelta(days=4)}, 3),
        ({"overdue_from": TODAY - timedelta(days=2)}, 5),  # overdue already: nothing changes that
        ({"corrections": (page.Correction(TODAY - timedelta(days=27), "So."),)}, 2),
        ({"stories": {}}, None),
    ],
)
def test_a_page_says_until_when_it_reads_so(facts, until):
    expected = None if until is None else TODAY + timedelta(days=until)
    assert build(section(), **facts).valid_until == expected
