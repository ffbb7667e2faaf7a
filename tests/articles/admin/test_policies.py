"""The review policy in the admin: its history in sentences, and another one, after a look at what it would do."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from articles import policy, roles
from articles.models import Published, ReviewPolicy
from tests import cast
from tests.articles.admin.signing import client, links, text

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/reviewpolicy/"
SET = f"{LIST}set/"


def filled_in(response):
    form = html.fromstring(response.content.decode()).get_element_by_id("article_form")
    # Empty fields, too; and HTML lets a text begin with a line of its own.
    return {name: (value or "").removeprefix("\n") for name, value in form.fields.items() if name != "step"}


def send(browser, step="look", **typed):
    usual = filled_in(client("stan").get(SET))
    return browser.post(SET, {**usual, "reason": "A new standard.", "step": step, **typed}, follow=True)


def old_page(days=200):
    at = timezone.now() - timedelta(days=days)
    return cast.published(at=at).article


def test_the_list_says_what_counts_and_that_settings_count_until_somebody_sets_a_policy():
    shown = client("stan").get(LIST)
    assert "Standard: every 12 months; due 30 days after news; 0 days of grace; never taken down" in text(shown)
    assert "Nobody has set a policy yet" in text(shown)
    assert links(shown, "Change the policy…") == [SET]
    assert links(client("wanda").get(LIST), "Change the policy…") == []


def test_a_steward_looks_and_then_lets_it_count():
    article = old_page()
    browser = client("stan")
    look = send(browser, standard_months="6")
    counts = html.fromstring(look.content.decode()).xpath("//tr[contains(., 'Become overdue')]/td/text()")
    assert counts == ["1", "0", "1", "0"]
    assert links(look, article.title) == [f"/admin/articles/article/{article.pk}/dates/"]
    assert not ReviewPolicy.objects.exists()
    done = send(browser, "do", standard_months="6")
    assert "due dates have moved with it" in text(done)
    row = ReviewPolicy.objects.get()
    assert (row.value().tiers["standard"].months, row.by.username, row.reason) == (6, "stan", "A new standard.")
    assert Published.objects.overdue(timezone.localdate()).exists()
    assert "Nobody has set a policy yet" not in text(done)


def test_the_history_tells_what_each_policy_changed():
    browser = client("paula")
    send(browser, "do", mailbox="dates@example.org")
    shown = send(browser, "do", high_months="4", high_withdraw_after="90", reason="Faster.")
    assert "High: 4 months between reviews, not 6 months; taken down 90 days after the due date." in text(shown)
    assert "Mailbox: dates@example.org." in text(shown)
    one = client("wanda").get(f"{LIST}{ReviewPolicy.objects.latest('pk').pk}/change/")
    assert "High: every 4 months" in text(one)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"reason": " "}, "Say why the policy is changed."),
        ({"low_months": "99"}, "Low: between 1 month and the maximum of 36 months."),
        ({"low_months": "a few"}, "Enter a whole number."),
        ({"low_grace_days": ""}, "How many? 0 is possible."),
        ({"high_withdraw_after": "30", "high_grace_days": "60"}, "before it is taken down"),
    ],
)
def test_nothing_typed_is_lost_when_it_is_refused(typed, said):
    page = send(client("paula"), mailbox="dates@example.org", **typed)
    assert said in text(page)
    kept = filled_in(page)
    assert {**kept, **typed, "mailbox": "dates@example.org"} == kept
    assert not ReviewPolicy.objects.exists()


def test_who_goes_back_finds_everything_as_typed():
    page = send(client("stan"), "edit", standard_months="5", reason="Because.")
    assert (filled_in(page)["standard_months"], filled_in(page)["reason"]) == ("5", "Because.")


def test_who_was_too_late_sees_the_other_policy_before_theirs_counts():
    browser, base = client("stan"), "0"
    policy.set_policy(policy.current(), reason="Mine.", by=cast.person("paula", roles.PUBLISHER), at=timezone.now())
    late = send(browser, "do", standard_months="6", base=base)
    assert "Somebody set another policy meanwhile" in text(late)
    assert "Set meanwhile by paula" in text(late)
    assert ReviewPolicy.objects.count() == 1
    typed = filled_in(late)
    assert typed["standard_months"] == "6"
    browser.post(SET, {**typed, "step": "do"})
    assert policy.current().tiers["standard"].months == 6


@pytest.mark.parametrize("step", ["look", "do"])
def test_a_steward_can_not_let_pages_be_taken_down_and_is_told_whom_to_ask(step):
    page = send(client("stan"), step, high_withdraw_after="90")
    assert "ask a publisher" in text(page)
    assert filled_in(page)["high_withdraw_after"] == "90"


def test_a_policy_that_would_take_pages_down_at_once_says_how_many():
    old_page(500)
    assert "1 page has been due for so long" in text(send(client("paula"), standard_withdraw_after="60"))


def test_every_page_that_a_number_counts_is_listed(monkeypatch):
    article, browser = old_page(), client("stan")
    [address] = links(send(browser, standard_months="6"), "Become overdue")
    assert "reason" not in address
    assert links(browser.get(address), article.title)
    assert "No page." in text(browser.get(f"{address}&tier=high"))
    assert browser.get(f"{SET}newly_overdue/?maximum_months=x").status_code == 404
    assert browser.get(address.replace("newly_overdue", "nothing")).status_code == 404
