"""News that people bring, and facts that run out: what waits where, who lets it pass, and how due dates follow."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import alerting, binning, events, news, policy, reminders, roles, surveillance
from articles.alerting import Brought, NotBrought
from articles.due import Why
from articles.models import Alert, AlertPage, Article, Decision, Message, Published, TimelineEntry
from articles.models.news import GRAVITY
from tests import cast
from tests.articles.sources import alerted, dies, expires, printed, renewed, reported

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def page():
    found = cast.published().article
    cast.cast()
    return found


def two():
    return [cast.published(cast.draft(cast.words(title))).article for title in ("First", "Second")]


def due(article):
    row = Published.objects.live().get(article=article)
    assert (row.event_since or TODAY()) >= events.since([article.pk]).get(article.pk, TODAY())
    return row.due_why, row.next_due


def decide(article, kind="no impact", *, by="rosa", at=None):
    keys = [one.key for one in news.of_page(article)]
    doer = {"rosa": lambda: cast.reviewer().account}.get(by, lambda: getattr(cast.cast(), by))()
    return surveillance.decide(article, about=keys, kind=kind, reason="Because.", by=doer, at=at or timezone.now())


def days(article):
    return timedelta(days=policy.current().tiers[article.risk_tier].event_days)


def waits():
    return sorted({(key.partition(".")[0], article) for key, article in news.waiting()})


# -- bringing ------------------------------------------------------------------------------------------------------


def test_it_works():
    first, second = two()
    alert = alerted(first, second)
    assert waits() == [("alert", first.pk), ("alert", second.pk)]
    assert list(alert.pages.values_list("article", flat=True)) == [first.pk, second.pk]
    [entry] = TimelineEntry.objects.filter(article=first, what="alerted")
    assert entry.detail == "new guideline: A new guideline"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "gossip"}, "what kind"),
        ({"title": "  "}, "few words"),
        ({"title": "x" * 201}, "too long"),
        ({"url": "javascript:alert(1)"}, "https"),
    ],
)
def test_news_that_can_not_be_is_refused_in_words(page, wrong, said):
    with pytest.raises(NotBrought, match=said):
        alerting.raise_alert(
            Brought(**{"kind": "other", "title": "A", **wrong}), [page], by=cast.cast().stan, at=cast.NOON
        )
    assert not Alert.objects.exists()


def test_only_pages_that_readers_see_can_be_named(page):
    draft = cast.draft(cast.words("A draft"))
    with pytest.raises(NotBrought, match="“A draft” is not online"):
        alerted(page, draft)
    binned = binning.bin_draft(draft, by=cast.cast().wanda, at=cast.NOON) and Article.objects.get(pk=draft.pk)
    with pytest.raises(Exception, match="in the bin"):
        alerted(page, binned)
    assert not AlertPage.objects.exists()


def test_other_pages_can_be_added_and_none_twice():
    first, second = two()
    alert = alerted(first)
    count = alerting.add_pages(alert, [first, second], by=cast.cast().wanda, at=timezone.now())
    assert (count, alert.pages.count()) == (1, 2)
    assert due(second)[0] == Why.EVENT


# -- who lets it pass ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["guideline", "safety", "evidence"])
def test_what_is_a_question_of_medicine_only_a_doctor_lets_pass(page, kind):
    alerted(page, kind=kind)
    with pytest.raises(roles.NotAllowed, match="your role does not allow"):
        decide(page, by="edith")
    decide(page)
    assert waits() == []


@pytest.mark.parametrize("by", ["edith", "rosa"])
@pytest.mark.parametrize("happens", [reported, expires])
def test_a_readers_report_and_a_fact_either_can_let_pass(page, happens, by):
    happens()
    decide(page, by=by)
    assert waits() == []


# -- dates ---------------------------------------------------------------------------------------------------------


def test_a_due_date_comes_forward_and_goes_back_with_what_is_decided(page):
    calm = due(page)
    assert calm[0] == Why.TIER
    alerted(page)
    early = (Why.EVENT, TODAY() + days(page))
    assert due(page) == early
    decide(page)
    assert due(page) == calm
    decide(page, "reopened", by="edith")
    assert due(page) == early


def test_a_change_keeps_it_early_until_it_is_online(page):
    alerted(page)
    decide(page, "change", by="edith")
    assert (waits(), [one.under_way for one in news.of_page(page)]) == ([], [True])
    assert due(page)[0] == Why.EVENT
    cast.published(cast.edited(page, at=timezone.now()), at=timezone.now())
    assert (due(page)[0], news.of_page(page)) == (Why.TIER, [])


def test_a_page_that_is_taken_down_waits_for_nothing(page):
    alerted(page)
    keys = [one.key for one in news.of_page(page)]
    surveillance.withdraw(page, about=keys, by=cast.cast().paula, at=timezone.now(), reason="It is dangerous.")
    assert (Decision.objects.get().kind, waits()) == ("withdraw", [])
    assert Published.objects.get().next_due is None


def test_a_fact_says_before_it_runs_out_when_the_page_will_be_due(page):
    printed(page, days=3)
    assert waits() == []
    assert due(page) == (Why.EVENT, TODAY() + timedelta(days=4) + days(page))


def test_a_fact_that_ran_out_waits_and_goes(page):
    calm = due(page)
    expires(page)
    [one] = news.of_page(page)
    assert (one.kind, one.since, one.title) == ("expired", TODAY(), "New cases a year")
    assert due(page) == (Why.EVENT, TODAY() + days(page))
    decide(page)
    assert due(page) == calm


def test_who_lets_an_old_fact_pass_has_not_let_its_newer_value_pass(page):
    value = expires(page)
    decide(page, at=timezone.now() - timedelta(hours=1))
    assert waits() == []
    renewed(value)
    [one] = news.of_page(page)
    assert (one.kind, one.since, one.waits) == ("updated", TODAY(), True)
    assert due(page) == (Why.EVENT, TODAY() + days(page))
    decide(page, at=timezone.now() + timedelta(minutes=1))
    assert waits() == []


def test_a_page_that_prints_the_newest_value_has_no_news(page):
    value = printed(page)
    renewed(value)
    assert [one.kind for one in news.of_page(page)] == ["updated"]
    page.fact_mentions.update(value=value.fact.values.get(number=2))
    assert news.of_page(page) == []


# -- one queue -----------------------------------------------------------------------------------------------------


def test_the_queue_is_one_the_gravest_first_and_says_when_the_first_page_is_due():
    first, second = two()
    Published.objects.filter(article=first).update(risk_tier="high")
    Article.objects.filter(pk=first.pk).update(risk_tier="high")
    expires(first)
    reported()
    alerted(second, kind="safety", title="A recall")
    found = [(row["what"], row["pages"], row["first"]) for row in news.queue()]
    assert found == [("safety", 1, second.pk), ("reader", 2, first.pk), ("expired", 1, first.pk)]
    terms = policy.current().tiers
    assert [row["soon"] for row in news.queue(kinds=["reader"])] == [terms["high"].event_days]
    assert [row["what"] for row in news.queue(words="recall second")] == ["safety"]
    assert list(news.queue(under_way=True)) == []


def test_a_question_about_some_kinds_finds_what_the_whole_one_finds_of_them():
    articles = [cast.published(cast.draft(cast.words(f"Disease {n}"))).article for n in range(3)]
    for number, kind in enumerate(Alert.Kind.values):
        alerted(articles[number % 3], kind=kind, title=kind)
    dies()
    expires(articles[0])
    everything = list(news.queue())
    assert {row["what"] for row in everything} == {*Alert.Kind.values, "dead", "expired"}
    for kind in GRAVITY:
        mine = [row for row in everything if row["what"] == kind]
        assert list(news.queue(kinds=[kind])) == news.gravest(9, [kind]) == mine, kind
    assert news.gravest(9) == everything[:9]


def test_a_warning_is_mailed_at_once_and_other_news_is_a_line(page):
    alerted(page)
    reminders.retractions(at=timezone.now())
    assert not Message.objects.filter(kind="action", path__startswith=news.PLACE).exists()
    alert = alerted(page, kind="safety", title="A recall")
    for _twice in range(2):
        reminders.retractions(at=timezone.now())
    told = Message.objects.filter(kind="action", path=f"{news.PLACE}alert/{alert.pk}/")
    assert sorted(told.values_list("person__username", flat=True)) == ["edith", "paula", "rosa", "stan"]
    assert (told[0].subject, told[0].body[:21]) == ("Safety warning: A recall", "It is about 1 page. D")


def test_readers_hear_nothing_of_it(client, page):
    alerted(page, kind="reader", title="A secret alarm")
    assert "A secret alarm" not in client.get(f"/{page.slug}/").content.decode()
