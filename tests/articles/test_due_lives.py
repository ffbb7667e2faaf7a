"""Lives of a page's dates, made by deeds and by what befalls it: after every step the stored columns, SQL, the rows
that prove them and an account in other words say the same."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from django.utils import timezone

from articles import addresses, policy, recording, surveillance
from articles.dates import add_months
from articles.models import Alert, AlertPage, Decision, Deferral, Published, ReviewPolicy
from articles.news import Origin, of_page
from articles.refusals import Refused
from articles.timeline import What, note
from references.models import Source, SourceChange
from tests.articles.dated import a_policy
from tests.articles.test_histories import latest_review
from tests.articles.test_policy import cut
from tests.articles.world import World
from tests.conftest import PROOF

pytestmark = pytest.mark.django_db
LIVES, STEPS = {"sample": (2, 30), "full": (40, 80)}[PROOF]


class Life(World):
    """A page whose first edition is online, and all that moves its dates."""

    def __init__(self, random):
        super().__init__()
        self.random = random
        self.do("request", "attest", "publish")

    def by(self, name):
        return self.people[name]

    def do(self, *deeds):
        usual = {"edit": "wanda", "request": "wanda", "publish": "paula", "withdraw": "paula"}
        for deed in deeds:
            self.at += timedelta(minutes=1)
            who = self.people.get(usual.get(deed))
            getattr(self, deed)(who, self.random.randrange(10) if deed != "request" else 0)

    def whole(self):
        self.do("request", "attest")

    def other_words(self):
        self.do("edit", "request", "attest", "publish")

    def only_changes(self):
        self.do("edit", "request", "attest_changes", "publish")

    def elsewhere(self):
        on = {"on": self.today, "evidence": "A letter."}
        recording.on_behalf(self.article, reviewer=self.doctor(0), **on, by=self.by("stan"), at=self.at)

    def put_off(self):
        self.defer(self.by("stan"), self.random.randrange(1, 10))

    def take_back(self):
        found = Deferral.objects.filter(article=self.pk, ended_at=None).first()
        if found is None:
            raise Refused("nothing was put off")
        found.end(by=self.by("stan"), at=self.at)
        note(self.article, What.UNDEFERRED, by=self.by("stan"), at=self.at, detail=str(found.pk))
        addresses.post(self.article, at=self.at)

    def other_cadence(self):
        self.cadence(self.by("stan"), self.random.randrange(12))

    def other_policy(self):
        value = a_policy(self.random)
        value = replace(value, maximum_months=max(value.maximum_months, 24))
        value = replace(value, tiers={tier: cut(terms, value.maximum_months) for tier, terms in value.tiers.items()})
        policy.set_policy(value, reason="A new one.", by=self.by("paula"), at=self.at)

    def take_down(self):
        self.do("withdraw", "request", "attest", "publish")

    def warn(self):
        alert = Alert.objects.create(kind="safety", title="A warning", by=self.by("stan"), at=self.at)
        AlertPage.objects.create(alert=alert, article=self.article)
        policy.settle([self.pk])

    def decide_about_a_warning(self):
        page = self.random.choice([*AlertPage.objects.all()] or [None])
        edition = self.article.editions.open().first()
        if page is None or edition is None:
            raise Refused("nobody warned")
        kind = self.random.choice(["no impact", "wording", "change", "reopened"])
        said = {"kind": kind, "reason": "So.", "by": self.by("stan"), "at": self.at}
        Decision.objects.create(article=page.article, edition=edition, alert=page.alert, **said)
        policy.settle([self.pk])

    def retract(self):
        self.source_is("retraction", SourceChange.Kind.RETRACTED)

    def clear(self):
        self.source_is("", SourceChange.Kind.CLEARED)

    def source_is(self, notice, kind):
        sources = Source.objects.filter(pk__in=self.article.reliances.values("source"))
        if not sources or sources[0].notice == notice:
            raise Refused("it is so already")
        pks = [source.pk for source in sources]
        sources.update(notice=notice)
        SourceChange.log([(pk, kind, "", "") for pk in pks], at=self.at)
        policy.hear(pks)  # which waits for the commit, and a test commits nothing

    def decide_about_a_source(self):
        about = [one.key for one in of_page(self.article) if one.origin == Origin.CHANGE]
        kind, who = self.random.choice([("no impact", "rosa"), ("change", "edith"), ("reopened", "edith")])
        said = {"kind": kind, "reason": "So.", "by": self.by(who), "at": self.at}
        surveillance.decide(self.article, about=about, **said)


# Every one of them comes before one comes again.
ROUND = [
    *("whole", "other_words", "only_changes", "elsewhere", "put_off", "take_back", "other_cadence", "other_policy"),
    *("clear take_down", "warn", "decide_about_a_warning", "decide_about_a_warning", "retract", "clear"),
    *("decide_about_a_source", "put_off put_off take_back", "put_off take_back"),
]


# -- the account in other words ------------------------------------------------------------------------------------


def account(life):
    """When the page is due, and why, told from the rows once more."""
    article = life.article
    edition = article.editions.open().get()
    review = latest_review(article, edition)
    terms, most = in_force(article.risk_tier)
    longest = add_months(review.reviewed_on, most)
    on = min(add_months(review.reviewed_on, article.cadence_months or terms.months), longest)
    why = "override" if article.cadence_months else "tier"
    for day in put_off(article, review):
        on, why = min(day, longest), "deferral"
    soon = min([day + timedelta(days=terms.event_days) for day in news(article, edition)], default=date.max)
    on, why = (soon, "event") if soon < on else (on, why)
    return on, why, on + timedelta(days=terms.grace_days + 1)


def in_force(tier):
    row = ReviewPolicy.objects.order_by("pk").last()
    value = row.value() if row else policy.current()
    return value.tiers[tier], value.maximum_months


def put_off(article, review):
    """The day that counts instead, if one does, alone in a list."""
    days = []
    for entry in article.timeline.filter(at__gte=review.answered_at).order_by("pk"):
        if entry.what == What.DEFERRED:
            days.append(date.fromisoformat(entry.detail[:10]))
        elif entry.what == What.UNDEFERRED and days:
            days.pop()
        elif entry.what == What.CADENCE_SET:
            days.clear()
    return days[-1:]


def news(article, edition):
    for page in article.alerts.all():
        last = page.alert.decisions.filter(article=article).order_by("pk").last() if decided(page) else None
        waits = last is None or last.kind == "reopened"
        if waits or (last.kind in ("wording", "change") and last.edition.digest == edition.digest):
            yield timezone.localdate(page.alert.at)
    for reliance in article.reliances.filter(source__notice="retraction"):
        change = reliance.source.changes.filter(kind="retracted").order_by("number").last()
        last = Decision.objects.filter(article=article, change=change).order_by("pk").last()
        if last is None or last.kind != "no impact":
            yield timezone.localdate(change.at)


def decided(page):
    return page.alert.decisions.filter(article=page.article).exists()


def check(life):
    page = Published.objects.get(article=life.pk)
    assert policy.unsettled() == []
    if page.edition is None:  # taken down, and a retraction keeps it from coming back
        assert (page.next_due, page.due_why, page.overdue_from, page.event_since) == (None, "", None, None)
        return
    now = (page.next_due, page.due_why, page.overdue_from)
    assert now == account(life)
    sql = Published.objects.derived(policy.current()).get(pk=page.pk)
    assert (sql.due, sql.why, sql.said_from) == now
    dated = addresses.dated(life.article, page.edition)
    assert (dated.due.on, dated.due.why, dated.due.said_from) == now
    known = dated.known
    assert (known.last_reviewed, known.event_since) == (page.last_reviewed_on, page.event_since)
    assert (known.deferred_until, known.tier) == (page.deferred_until, page.risk_tier)


def live(random):
    life, done, deck = Life(random), Counter(), []
    check(life)
    for _step in range(STEPS):
        deck = deck or random.sample(ROUND, len(ROUND))
        life.at += timedelta(days=random.choice([0, 1, 9, 40]))
        for name in deck.pop().split():
            life.at += timedelta(minutes=1)
            try:
                getattr(life, name)()
            except Refused:
                continue
            done[name] += 1
            check(life)
    return done


@pytest.mark.parametrize("seed", range(LIVES))
def test_a_date_is_what_follows_after_every_step(seed):
    done = live(Random(seed))
    # Some pages are taken down early, and then put off no more: not every life has all of it, and none has little.
    assert len(done) >= 9, done
    assert len({"put_off", "take_back", "other_policy", "warn", "retract"} & set(done)) >= 3, done
