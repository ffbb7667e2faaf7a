from datetime import date

import pytest

from articles.checking import Beside, Severity, ended_story
from articles.content import INSTITUTIONAL, STORY
from tests.articles.checking.tools import page, section, silent_on, speaks_on

TOLD = section("", form=STORY, kind=INSTITUTIONAL, story="abc", story_hash="1" * 64)


def beside(*stories):
    return Beside(on=date(2026, 11, 2), stories=stories)


def test_it_warns_of_a_story_that_is_not_shown_any_more():
    (found,) = speaks_on(ended_story, page(section(), TOLD), "about", beside=beside(), says="no longer shown")
    assert found.severity is Severity.WARNING


def test_a_story_that_may_be_shown_is_fine():
    silent_on(ended_story, page(section(), TOLD), beside(("abc", "1" * 64)))


@pytest.mark.parametrize("other", [("abc", "2" * 64), ("abd", "1" * 64)])
def test_another_story_or_another_wording_does_not_stand_for_it(other):
    speaks_on(ended_story, page(section(), TOLD), "about", beside=beside(other))


def test_a_section_in_which_no_story_was_chosen_yet_is_an_empty_section():
    silent_on(ended_story, page(section("", form=STORY, kind=INSTITUTIONAL)), beside())
