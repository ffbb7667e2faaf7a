"""All rules together, and what holds for each."""

import pytest
from django.utils import translation

from articles import checking
from articles.checking import RULES, Severity, check
from articles.content import Content
from tests.articles.checking.tools import page, section
from tests.house import ROOT


def test_it_is_silent_on_a_good_page():
    assert check(page()) == ()


def test_the_gravest_findings_come_first():
    found = check(Content(title=""))
    assert [finding.severity for finding in found] == [Severity.BLOCKING, Severity.BLOCKING, Severity.WARNING]


def test_findings_follow_the_page_within_one_rule():
    bare = [section("", anchor=anchor, heading=anchor) for anchor in ("zebra", "apple")]
    assert [f.where for f in check(page(*bare)) if f.rule == "empty_section"] == ["zebra", "apple"]


def test_checking_changes_nothing_and_says_the_same_twice():
    content = page(section("<p>5 of 10</p>"))
    before = content.to_json()
    assert check(content) == check(content)
    assert content.to_json() == before


def test_messages_are_in_the_language_of_the_reader_not_of_the_first_call():
    with translation.override("es"):
        assert isinstance(check(Content(title=""))[0].message, str)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.rsplit(".", 1)[-1])
def test_each_rule_names_the_guideline_it_rests_on_in_two_lines(rule):
    assert len(rule.__doc__.strip().splitlines()) == 2
    assert rule.__doc__.strip().splitlines()[1].split()[0].strip(",") in {"WCAG", "AMA", "CDC", "HONcode"}


def test_each_rule_has_its_file_its_place_in_rules_and_its_tests():
    folder, tests = (ROOT / "articles" / "checking"), (ROOT / "tests" / "articles" / "checking")
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "finding"}
    assert files == {rule.__name__.rsplit(".", 1)[-1] for rule in RULES}
    assert files <= {path.stem.removeprefix("test_") for path in tests.glob("test_*.py")}
    assert checking.__doc__
