"""Due dates: pure, and the same in SQL."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import due, policy
from articles.due import Known, Policy, Terms, Why
from articles.models import Alert, AlertPage, Fact, FactMention, FactValue, Published
from tests import cast
from tests.articles.dated import TIERS, a_known, a_policy, lay_out
from tests.conftest import PROOF

days = st.dates(date(1999, 1, 1), date(2060, 12, 31)) | st.sampled_from([date(2028, 2, 29), date(2026, 1, 31)])
terms = st.builds(
    Terms,
    months=st.integers(1, 120),
    event_days=st.integers(0, 730),
    grace_days=st.integers(0, 730),
    withdraw_after=st.none() | st.integers(0, 730),
)
policies = st.builds(
    Policy, tiers=st.fixed_dictionaries(dict.fromkeys(TIERS, terms)), maximum_months=st.integers(1, 120)
)
knowns = st.builds(
    Known,
    last_reviewed=st.none() | days,
    tier=st.sampled_from(TIERS),
    override=st.none() | st.integers(1, 120),
    deferred_until=st.none() | days,
    event_since=st.none() | days,
)
USUAL = Policy(tiers=dict.fromkeys(TIERS, Terms(months=12, event_days=30)), maximum_months=36)


@pytest.mark.pure
@given(knowns, policies)
def test_no_page_goes_unread_for_longer_than_the_maximum_and_news_never_makes_it_later(known, policy):
    found = due.derive(known, policy)
    calm = due.derive(due_without_news(known), policy)
    if known.last_reviewed:
        assert found.on <= due.add_months(known.last_reviewed, policy.maximum_months)
        assert found.on <= calm.on
    assert (found.on is None) is (found.why == Why.NONE) is (known.last_reviewed is None and not known.event_since)


def due_without_news(known: Known) -> Known:
    return Known(
        last_reviewed=known.last_reviewed,
        tier=known.tier,
        override=known.override,
        deferred_until=known.deferred_until,
    )


@pytest.mark.pure
@pytest.mark.parametrize(
    ("known", "on", "why"),
    [
        ({}, date(2028, 2, 29), Why.TIER),
        ({"override": 11}, date(2028, 1, 28), Why.OVERRIDE),
        ({"deferred_until": date(2028, 5, 1)}, date(2028, 5, 1), Why.DEFERRAL),
        ({"deferred_until": date(2040, 5, 1)}, date(2030, 2, 28), Why.DEFERRAL),
        ({"event_since": date(2027, 6, 1)}, date(2027, 7, 1), Why.EVENT),
        ({"event_since": date(2028, 2, 20)}, date(2028, 2, 28), Why.TIER),
        ({"last_reviewed": None}, None, Why.NONE),
        ({"last_reviewed": None, "event_since": date(2027, 6, 1)}, date(2027, 7, 1), Why.EVENT),
    ],
)
def test_each_reason_by_example(known, on, why):
    if on == date(2028, 2, 29):
        on = date(2028, 2, 28)
    found = due.derive(Known(**{"last_reviewed": date(2027, 2, 28), "tier": "standard"} | known), USUAL)
    assert (found.on, found.why) == (on, why)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("reviewed", "months", "on"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 2, 28), 12, date(2028, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
    ],
)
def test_a_month_that_is_shorter_ends_with_its_last_day(reviewed, months, on):
    known = Known(last_reviewed=reviewed, tier="standard", override=months)
    assert due.derive(known, Policy(tiers=USUAL.tiers, maximum_months=120)).on == on


@pytest.mark.pure
@given(knowns, policies, st.integers(0, 400))
def test_the_page_says_so_and_is_taken_down_when_its_days_are_over_and_not_before(known, policy, late):
    found, terms = due.derive(known, policy), policy.tiers[known.tier]
    if found.on:
        today = found.on + timedelta(days=late)
        assert found.overdue_by(today) == late
        assert (found.said_from <= today) is (late > terms.grace_days)
        down = found.withdrawn_on is not None and found.withdrawn_on <= today
        assert down is (terms.withdraw_after is not None and late > terms.withdraw_after)


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [datetime(2027, 1, 1, 7, 30, tzinfo=UTC), datetime(2027, 1, 1, 0, 30, tzinfo=UTC)])
def test_days_are_those_of_the_organization_on_the_last_evening_of_a_year_too(hour):
    """Half past eleven at night, and half past four in the afternoon, in Los Angeles; a new year in London."""
    article = cast.published(at=hour).article
    page = Published.objects.get()
    assert (page.last_reviewed_on, page.next_due) == (date(2026, 12, 31), date(2027, 12, 31))
    alert = Alert.objects.create(kind="safety", title="A warning", by=cast.person("stan"), at=hour)
    AlertPage.objects.create(alert=alert, article=article)
    policy.settle([article.pk])
    page = Published.objects.get()
    assert (page.event_since, page.next_due) == (date(2026, 12, 31), date(2027, 1, 30))


@pytest.mark.django_db
def test_a_fact_moves_the_date_from_the_day_after_its_last_or_from_its_newer_value():
    edition, day = cast.published(), timezone.localdate(cast.NOON)
    fact, source = Fact.objects.create(name="New cases"), edition.article.reliances.get().source
    said = {"fact": fact, "value": "6,550", "as_of": date(2024, 1, 1), "source": source, "by": cast.person("stan")}
    ends = day + timedelta(days=89)
    old = FactValue.objects.create(number=1, expires=ends, at=cast.NOON, **said)
    FactMention.objects.create(article=edition.article, edition=edition, value=old)
    policy.settle([edition.article.pk])
    assert Published.objects.get().event_since == day + timedelta(days=90)
    FactValue.objects.create(number=2, expires=date(2030, 1, 1), at=cast.later(days=1), **said)
    policy.settle([edition.article.pk])
    assert Published.objects.get().event_since == day + timedelta(days=1)


# -- in SQL, for many pages at once --------------------------------------------------------------------------------

ROWS = {"sample": 2000, "full": 50_000}[PROOF]
TODAY = date(2026, 11, 30)


@pytest.fixture
def pages(django_db_setup, db):
    """What is known of each of thousands of open pages, by address; stored dates are whatever."""
    chance = random.Random(6)
    return lay_out([a_known(chance) for _ in range(ROWS)], chance)


def stored():
    return {row.slug: (row.next_due, row.due_why, row.overdue_from) for row in Published.objects.all()}


def wanted(pages, policy):
    found = {slug: due.derive(known, policy) for slug, known in pages.items()}
    return {slug: (one.on, one.why, one.said_from) for slug, one in found.items()}


@pytest.mark.parametrize("seed", range(3))
def test_sql_says_what_the_function_says_of_every_page(pages, seed):
    policy = a_policy(random.Random(seed))
    rows = {row.slug: row for row in Published.objects.derived(policy, on=TODAY)}
    assert {slug: (row.due, row.why, row.said_from) for slug, row in rows.items()} == wanted(pages, policy)
    late = {slug: due.derive(known, policy).overdue_by(TODAY) for slug, known in pages.items()}
    assert {slug: row.overdue_by for slug, row in rows.items()} == late


def test_what_is_stored_is_what_follows_and_a_policy_that_goes_comes_back_to_the_same_dates(pages):
    usual, other = a_policy(random.Random(1)), a_policy(random.Random(2))
    Published.objects.settle(usual)
    before = stored()
    assert before == wanted(pages, usual)
    assert Published.objects.settle(usual) == 0
    assert Published.objects.settle(other) > 0
    assert stored() == wanted(pages, other)
    Published.objects.settle(usual)
    assert stored() == before


def test_questions_are_answered_from_what_is_stored(pages):
    policy, last = a_policy(random.Random(1)), TODAY + timedelta(days=30)
    Published.objects.settle(policy)
    found = {slug: due.derive(known, policy) for slug, known in pages.items()}

    def those(rule):
        return {slug for slug, one in found.items() if rule(one)}

    def slugs(rows):
        return set(rows.values_list("slug", flat=True))

    rows = Published.objects.all()
    assert slugs(rows.overdue(TODAY)) == those(lambda one: one.on and one.on < TODAY)
    assert slugs(rows.due_between(TODAY, last)) == those(lambda one: one.on and TODAY <= one.on <= last)
    for why in Why:
        assert slugs(rows.because(why)) == those(lambda one, why=why: one.why == why)
    late = dict(rows.with_overdue_by(TODAY).values_list("slug", "overdue_by"))
    assert late == {slug: one.overdue_by(TODAY) for slug, one in found.items()}
