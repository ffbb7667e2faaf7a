"""All rules together, and what holds for each."""

from datetime import date

import pytest
from django.utils import translation

from articles import checking
from articles.checking import GUARDS, RULES, Beside, Severity, blocking, check, name_of
from articles.content import INSTITUTIONAL, Content
from tests.articles.checking.tools import cite, page, section, source
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


def test_of_one_sentence_only_the_first_claim_speaks():
    found = check(page(section("<p>Studies show that 5 of 10 children are given 40 mg.</p>")))
    assert [finding.rule for finding in found] == ["uncited_dose"]


def test_rules_that_need_to_be_told_more_are_silent_without_it():
    beside = Beside(on=date(2026, 11, 2), uncited=(source(),))
    assert check(page()) == ()
    assert [finding.rule for finding in check(page(), beside)] == ["uncited_source"]


# -- severities --------------------------------------------------------------------------------------------------------

FIGURE = page(section("<p>It befalls 5 of 100,000.</p>"))


@pytest.mark.parametrize("wanted", [Severity.BLOCKING, Severity.WARNING])
def test_a_rule_weighs_what_it_is_said_to(wanted):
    (found,) = check(FIGURE, severities={"uncited_figure": wanted.value})
    assert found.severity is wanted


def test_a_rule_that_is_off_is_silent_and_no_other_takes_its_place():
    assert check(page(section("<p>He takes 40 mg.</p>")), severities={"uncited_dose": "off"}) == ()


def test_a_rule_that_guards_a_promise_blocks_whatever_is_said():
    severities = {name_of(rule): "off" for rule in RULES}
    found = check(Content(title=""), severities=severities)
    assert {finding.rule for finding in found} == {"missing_title", "no_medical_section"}
    assert {finding.severity for finding in found} == {Severity.BLOCKING}


def test_the_rules_that_block_by_themselves_are_the_guards():
    bad = page(
        section("", heading="", kind=INSTITUTIONAL), section('<p>x<cite data-source="gone"></cite></p>'), title=""
    )
    assert {one.rule for one in check(bad) if one.severity is Severity.BLOCKING} <= {name_of(rule) for rule in GUARDS}


BAD = page(
    section("", heading="", kind=INSTITUTIONAL),
    section("<p>Studies show that 5 of 10 children are given 40 mg.</p>"),
    section(f"<p>It befalls 5 of 100,000.</p><p>Click <a href='https://example.org'>here</a>.{cite('gone')}</p>"),
    title="",
)


@pytest.mark.parametrize("rule", [None, *RULES], ids=lambda rule: rule and name_of(rule))
def test_what_blocks_is_found_without_asking_every_rule(rule):
    """Whichever rule is said to block; of one sentence still only the first claim speaks."""
    severities, beside = {name_of(rule): "blocking"} if rule else {}, Beside(on=date(2026, 11, 2), uncited=(source(),))
    all_ = check(BAD, beside, severities)
    assert blocking(BAD, beside, severities) == tuple(one for one in all_ if one.severity is Severity.BLOCKING)


def test_every_file_of_a_rule_that_can_block_by_itself_is_of_a_guard():
    files = (ROOT / "articles" / "checking").glob("*.py")
    blocking_ = {path.stem for path in files if "Severity.BLOCKING" in path.read_text()} - {"__init__"}
    assert blocking_ == {name_of(rule) for rule in GUARDS}


# -- each rule ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.rsplit(".", 1)[-1])
def test_each_rule_names_the_guideline_it_rests_on_in_two_lines(rule):
    assert len(rule.__doc__.strip().splitlines()) == 2
    authorities = {"WCAG", "AMA", "CDC", "AHRQ", "HONcode", "GDPR"}
    assert rule.__doc__.strip().splitlines()[1].split()[0].strip(",") in authorities


def test_each_rule_has_its_file_its_place_in_rules_and_its_tests():
    folder, tests = (ROOT / "articles" / "checking"), (ROOT / "tests" / "articles" / "checking")
    files = {path.stem for path in folder.glob("*.py")} - {"__init__", "finding", "statements"}
    assert files == {rule.__name__.rsplit(".", 1)[-1] for rule in RULES}
    assert files <= {path.stem.removeprefix("test_") for path in tests.glob("test_*.py")}
    assert checking.__doc__
