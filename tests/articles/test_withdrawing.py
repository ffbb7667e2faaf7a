"""A page that the policy takes down goes after its warnings, never without; by somebody who may; and all are told."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import outbox, policy, reminding, roles, withdrawing
from articles.models import Edition, Message, Published, TimelineEntry
from tests import cast
from tests.articles.reminded import day, on, page, rules, rungs

pytestmark = pytest.mark.django_db


def warn(days):
    """People are reminded, and the mail goes out."""
    reminding.remind(at=day(days))
    outbox.send_digests(at=day(days))


def gone():
    return Edition.objects.filter(closed_how="withdrawn").exists()


def test_it_goes_on_its_day_after_three_warnings():
    page()
    rules(withdraw_after=40, lead=cast.person("edith"))
    for days in (11, 27, 38):
        warn(days)
    warned = [(name, rung.partition(":")[0]) for name, rung in rungs() if rung.startswith("down")]
    assert set(warned) == {(name, f"down-{days}") for name in ("rosa", "edith", "paula") for days in (30, 14, 3)}
    assert withdrawing.withdraw_due(at=day(40)) == "0 pages taken down"
    assert withdrawing.withdraw_due(at=day(41)) == "1 page taken down"
    assert gone()
    assert withdrawing.withdraw_due(at=day(42)) == "0 pages taken down"


def test_readers_see_why_and_everybody_concerned_is_told():
    article = page()
    rules(withdraw_after=40)
    warn(38)
    withdrawing.withdraw_due(at=day(41))
    said = "A medical review of this page was due on November 2, 2027, and it has not been reviewed since."
    response = Client().get(f"/{article.slug}/")
    assert response.status_code == 410
    assert said in response.content.decode()
    told = Message.objects.filter(subject__contains="was taken down").values_list("person__username", flat=True)
    assert set(told) == {"rosa", "paula"}
    entry = TimelineEntry.objects.get(what="withdrawn")
    assert (entry.by.username, "(review policy of November 2, 2026)" in entry.detail) == ("paula", True)


def test_without_a_warning_it_is_warned_now_and_stays_for_three_days_more():
    page()
    rules(withdraw_after=40)
    assert withdrawing.withdraw_due(at=day(60)) == "0 pages taken down"
    warn(60)
    body = Message.objects.filter(person__username="rosa").latest("pk").body
    assert "It will be taken down on Jan. 4, 2028 unless it has been reviewed by then." in body
    assert withdrawing.withdraw_due(at=day(62)) == "0 pages taken down"
    assert withdrawing.withdraw_due(at=day(63)) == "1 page taken down"


def test_a_warning_of_another_day_is_none():
    page()
    rules(withdraw_after=90)
    warn(70)
    rules(withdraw_after=40)
    assert withdrawing.come(on=on(80)) == []


def test_a_warning_that_never_left_the_house_is_none(monkeypatch):
    page()
    rules(withdraw_after=40)

    def away(rows):
        raise ConnectionRefusedError("away")

    with monkeypatch.context() as patch:
        patch.setattr("articles.letters.send", away)
        reminding.remind(at=day(38))
        with pytest.raises(outbox.ServerAway):
            outbox.send_digests(at=day(38))
        assert withdrawing.withdraw_due(at=day(60)) == "0 pages taken down"
    outbox.send_digests(at=day(60))
    assert withdrawing.withdraw_due(at=day(62)) == "0 pages taken down"
    assert withdrawing.withdraw_due(at=day(63)) == "1 page taken down"


@pytest.mark.parametrize("change", ["policy", "tier"])
def test_what_changes_while_others_are_taken_down_counts(monkeypatch, change):
    first, second = page("First disease"), page("Second disease")
    rules(withdraw_after=40)
    warn(38)
    real = withdrawing.publishing.withdraw

    def slow(article, **more):
        assert article.pk == first.pk
        if change == "policy":
            rules()
        else:  # a tier that stands for as many months, and takes nothing down
            Published.objects.filter(article=second).update(risk_tier="low")
            monkeypatch.setattr("articles.models.ReviewPolicy.value", lambda row: without_low(policy_of(row)))
        return real(article, **more)

    policy_of = withdrawing.ReviewPolicy.value
    monkeypatch.setattr("articles.publishing.withdraw", slow)
    assert withdrawing.withdraw_due(at=day(41)) == "1 page taken down"
    assert Published.objects.live().get().article == second


def without_low(rule):
    return replace(rule, tiers={**rule.tiers, "low": replace(rule.tiers["low"], withdraw_after=None)})


def test_a_page_that_was_reviewed_meanwhile_stays():
    article = page()
    rules(withdraw_after=40)
    warn(38)
    Published.objects.filter(article=article).update(next_due=on(300))
    assert withdrawing.withdraw_due(at=day(41)) == "0 pages taken down"
    assert not gone()


def test_it_is_done_by_the_next_who_may_where_who_set_it_has_left():
    page()
    rules(withdraw_after=40)
    warn(38)
    User.objects.filter(username="paula").update(is_active=False)
    with pytest.raises(roles.NotAllowed, match="nobody left who may take a page down"):
        withdrawing.withdraw_due(at=day(41))
    assert len(withdrawing.come(on=on(41))) == 1
    cast.person("pia", roles.PUBLISHER)
    withdrawing.withdraw_due(at=day(42))
    assert Edition.objects.get(closed_how="withdrawn").closed_by.username == "pia"


def test_one_page_that_can_not_go_keeps_no_other(monkeypatch):
    first, _second = page("First disease"), page("Second disease")
    rules(withdraw_after=40)
    warn(38)
    real = withdrawing.publishing.withdraw

    def picky(article, **more):
        if article.pk == first.pk:
            raise withdrawing.publishing.NotOnline("Somebody was faster.")
        return real(article, **more)

    monkeypatch.setattr("articles.publishing.withdraw", picky)
    with pytest.raises(withdrawing.NotTakenDown, match=r"1 pages could not be taken down: Somebody was faster\."):
        withdrawing.withdraw_due(at=day(41))
    assert gone()


def test_without_such_a_rule_nothing_is_taken_down():
    page()
    reminding.remind(at=day(400))
    assert withdrawing.withdraw_due(at=day(500)) == "0 pages taken down"
    assert policy.current().tiers["high"].withdraw_after is None
