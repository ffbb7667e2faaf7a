from dataclasses import replace
from datetime import date

import pytest

from articles import checking
from articles.checking import Severity, unowned_claim
from articles.content import INSTITUTIONAL
from tests.articles.checking.tools import page, section, silent_on, speaks_on

CLAIMS = """
We have been named a best hospital for cancer for over a decade.
The only center in the region that offers it.
Our world-class transplant program.
We were the first to perform it.
Ranked among the top ten.
Better than expected survival outcomes for over 10 years.
One of the few facilities designated a comprehensive cancer center.
Our developments are recognized internationally.
The nation's leading transplant team.
An award-winning program.
At 5 years, 90% of our patients are in remission.
98% of families would recommend us.
Trials that are unavailable elsewhere.
Our doctors are the best.
The most experienced team.
""".strip().splitlines()
HARMLESS = """
At your first visit you meet the whole team.
The best time to call is in the morning.
We do our best to see you within a week.
You only need one phone number.
Take the elevator to the top floor.
The first step is a call to our nurses.
Ask what works best for you.
Bring a list of the medicines you take, leading up to your visit.
At no cost to you, 24 hours a day.
The clinic has 12 rooms, and 8 of them have a window.
""".strip().splitlines()


def ours(sentence: str, **claim: str):
    return section(f"<p>{sentence}</p>", anchor="our-program", heading="Our program", kind=INSTITUTIONAL, **claim)


def owned(sentence: str = CLAIMS[0], since: str = "2026-01-01", until: str = "2026-12-31"):
    return ours(sentence, claim_owner="Jo Example, Communications", claim_from=since, claim_until=until)


@pytest.mark.parametrize("sentence", CLAIMS)
def test_it_blocks_a_claim_that_nobody_answers_for(sentence):
    (found,) = speaks_on(unowned_claim, page(section(), ours(sentence)), "our-program", says="who answers for it")
    assert found.severity is Severity.BLOCKING


@pytest.mark.parametrize("sentence", HARMLESS)
def test_it_is_silent_on_words_that_claim_nothing(sentence):
    silent_on(unowned_claim, page(section(), ours(sentence)))


def test_an_owned_claim_may_stand():
    silent_on(unowned_claim, page(section(), owned()))


@pytest.mark.parametrize("missing", ["claim_owner", "claim_from", "claim_until"])
def test_owner_beginning_and_end_are_all_needed(missing):
    speaks_on(unowned_claim, page(replace(owned(), **{missing: ""})), "our-program")


def test_a_claim_ends_after_it_begins():
    speaks_on(unowned_claim, page(owned(until="2026-01-01")), "our-program", says="a day after")


def test_a_heading_claims_too():
    speaks_on(unowned_claim, page(replace(ours("We are here."), heading="An award-winning program")), "our-program")


def test_a_medical_section_is_left_to_its_reviewer():
    silent_on(unowned_claim, page(section("<p>The best treatment depends on the first tests.</p>")))


@pytest.mark.parametrize(
    ("on", "good"), [("2025-12-31", False), ("2026-01-01", True), ("2026-12-31", True), ("2027-01-01", False)]
)
def test_a_claim_is_good_from_its_first_day_to_its_last(on, good):
    found = checking.claims_out_of_date(page(section(), owned()), date.fromisoformat(on))
    assert [one.anchor for one in found] == ([] if good else ["our-program"])
