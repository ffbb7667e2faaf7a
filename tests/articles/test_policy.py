"""The review policy: what another one would do is what it does, and who may set it."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles import due, policy, roles
from articles.due import Terms
from articles.models import Alert, AlertPage, Article, Published, ReviewPolicy, TimelineEntry
from tests import cast
from tests.articles import sources
from tests.articles.dated import a_known, a_policy, lay_out

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
NEVER = replace(Terms(months=12, event_days=30), withdraw_after=None)


def usual(**tiers):
    """A policy like the settings, but for these tiers."""
    found = policy.current()
    return replace(found, tiers={**found.tiers, **tiers})


def put(value, *, by="stan", role=roles.RECORDS_STEWARD, reason="A new standard.", **more):
    return policy.set_policy(value, reason=reason, by=cast.person(by, role), at=cast.NOON, **more)


def adopt(value, base, **more):
    draft = policy.Draft(terms=value, base=base, **more)
    return policy.adopt(draft, reason="A new standard.", by=cast.person("stan", roles.RECORDS_STEWARD), at=cast.NOON)


def row():
    return Published.objects.live().get()


def test_it_works():
    cast.published()
    assert row().next_due == date(2027, 11, 2)
    put(usual(standard=Terms(months=6, event_days=30, grace_days=10)))
    assert (row().next_due, row().overdue_from) == (date(2027, 5, 2), date(2027, 5, 13))
    entry = TimelineEntry.objects.get(what="policy_set")
    assert (entry.by.username, entry.article, entry.detail) == ("stan", None, "A new standard.")


def test_settings_count_until_somebody_sets_a_policy_and_no_longer(settings):
    settings.REVIEW_CADENCE_MONTHS = {"high": 1, "standard": 18, "low": 48}
    assert {tier: terms.months for tier, terms in policy.current().tiers.items()} == settings.REVIEW_CADENCE_MONTHS
    assert policy.current().maximum_months == 48
    put(policy.current())
    settings.REVIEW_CADENCE_MONTHS = {"high": 2, "standard": 2, "low": 2}
    assert policy.current().tiers["standard"].months == 18


@pytest.mark.parametrize("seed", range(3))
def test_what_it_would_do_is_what_it_does(seed):
    chance = Random(seed)
    lay_out([a_known(chance) for _ in range(400)], chance)
    put(usual())
    was = told()
    new = a_policy(chance)
    new = replace(new, tiers={tier: cut(terms, new.maximum_months) for tier, terms in new.tiers.items()})
    seen = policy.preview(new, on=TODAY)
    listed = {what: set(policy.affected(new, what, on=TODAY).values_list("pk", flat=True)) for what in COUNTED}
    put(new, by="paula", role=roles.PUBLISHER)
    now = told()
    late, was_late = ({pk for pk, one in those.items() if is_late(one)} for those in (now, was))
    expected = {
        "pages": set(now),
        "moved": {pk for pk in now if now[pk] != was[pk]},
        "newly_overdue": late - was_late,
        "no_longer_overdue": was_late - late,
        "overdue": late,
        "would_be_withdrawn": {pk for pk in now if is_down(pk, new)},
    }
    assert listed == expected
    for what, those in expected.items():
        assert getattr(seen, what) == len(those), what
        assert sum(getattr(one, what) for one in seen.by_tier.values()) == len(those), what


COUNTED = ("pages", "moved", "newly_overdue", "no_longer_overdue", "overdue", "would_be_withdrawn")


def told():
    return dict(Published.objects.values_list("pk", "next_due"))


def is_late(day):
    return day is not None and day < TODAY


def is_down(pk, value):
    page = Published.objects.get(pk=pk)
    known = due.Known(
        last_reviewed=page.last_reviewed_on,
        tier=page.risk_tier,
        override=page.cadence_months,
        deferred_until=page.deferred_until,
        event_since=page.event_since,
    )
    down = due.derive(known, value).withdrawn_on
    return down is not None and down <= TODAY


def cut(terms, most):
    """What a policy may say."""
    down = terms.withdraw_after
    down = None if down is None or down <= terms.grace_days else down
    return replace(terms, months=min(terms.months, most), withdraw_after=down)


def test_a_preview_is_one_question_and_changes_nothing(django_assert_num_queries):
    cast.published()
    before, new = told(), usual(standard=Terms(months=1, event_days=0))
    with django_assert_num_queries(1):
        policy.preview(new, on=TODAY)
    assert (told(), ReviewPolicy.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (lambda: replace(usual(), tiers={"high": NEVER}), "each risk tier"),
        (lambda: replace(usual(), maximum_months=121), "between 1 and 120"),
        (lambda: usual(low=replace(NEVER, months=37)), "Low: between 1 month and the maximum of 36"),
        (lambda: usual(low=replace(NEVER, grace_days=731)), "Low: between 0 and 730 days"),
        (lambda: usual(low=replace(NEVER, grace_days=9, withdraw_after=9)), "before it is taken down"),
    ],
)
def test_what_can_not_be_a_policy_is_refused(bad, said):
    with pytest.raises(policy.NotSet, match=said):
        put(bad(), by="paula", role=roles.PUBLISHER)


def test_a_mailbox_is_nobodys_own_for_they_would_get_two_digests_a_day():
    cast.cast()
    with pytest.raises(policy.NotSet, match="is the address of"):
        put(usual(), mailbox=cast.person("edith").email.upper())
    User.objects.filter(username="edith").update(is_active=False)
    assert put(usual(), mailbox=cast.person("edith").email).mailbox


def test_a_policy_has_a_reason():
    with pytest.raises(policy.PolicyNeedsReason):
        put(usual(), reason="  ")


def test_only_who_may_take_a_page_down_lets_pages_be_taken_down():
    down = usual(high=replace(NEVER, withdraw_after=90))
    with pytest.raises(roles.NotAllowed, match="takes pages down by itself"):
        put(down)
    assert put(down, by="paula", role=roles.PUBLISHER).value() == down


def test_who_was_too_late_is_told():
    first = adopt(usual(), 0)
    with pytest.raises(policy.StalePolicy):
        adopt(usual(high=NEVER), 0)
    assert adopt(usual(high=NEVER), first.pk).value().tiers["high"] == NEVER


# -- dates follow news ---------------------------------------------------------------------------------------------


def warned(article):
    alert = Alert.objects.create(kind="safety", title="A warning", by=cast.person("stan"), at=timezone.now())
    AlertPage.objects.create(alert=alert, article=article)


def test_dates_that_somebody_was_killed_before_moving_are_brought_in_line():
    article = cast.published().article
    warned(article)
    assert policy.unsettled() == [article.pk]
    assert policy.settle_all(at=timezone.now()) == "1 due dates brought in line"
    page = row()
    assert (page.event_since, page.due_why) == (timezone.localdate(), "event")
    assert page.next_due == timezone.localdate() + timedelta(days=30)
    assert policy.settle() == 0


def test_news_that_is_none_any_more_moves_the_date_back(django_capture_on_commit_callbacks):
    cast.published()
    before = row().next_due
    with django_capture_on_commit_callbacks(execute=True):
        source = sources.dies()
    assert row().due_why == "event"
    with django_capture_on_commit_callbacks(execute=True):
        sources.comes_back(source)
    assert (row().due_why, row().next_due, row().event_since) == ("tier", before, None)


def test_a_list_that_is_too_long_for_one_statement_is_followed_too(monkeypatch):
    monkeypatch.setattr(policy, "MANY", 2)
    for number in range(5):
        warned(cast.published(cast.draft(cast.words(f"Disease {number}"))).article)
    assert policy.settle(list(Article.objects.values_list("pk", flat=True))) == 5
    assert policy.unsettled() == []


def test_a_tampered_date_is_found_whatever_is_empty():
    cast.published()
    Published.objects.update(next_due=None, overdue_from=None)
    assert len(policy.unsettled()) == policy.settle() == 1
