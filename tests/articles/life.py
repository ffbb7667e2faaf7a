"""A house in which time passes: pages, reviewers who answer or do not, staff, news; by the deeds, at a set clock."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from articles import drafting, keeping, leaving, policy, publishing, recording, reviewing, snoozing
from articles.content import CitedSource, Content, SectionContent
from articles.due import Policy, Terms
from articles.models import (
    Alert,
    AlertPage,
    Article,
    Decision,
    Fact,
    FactMention,
    FactValue,
    Published,
    Reviewer,
)
from articles.refusals import Refused
from references.models import Source
from tests import cast

SOURCES = 7  # which the pages share
ABANDONED = 11  # a page of low tier that falls due early and that nobody touches, so that the policy takes it down
EARLY, MORNING = time(5), time(7, 10)  # people's deeds, and the timed work after them


@dataclass(frozen=True)
class Plot:
    """How long, how many, and what happens on which day."""

    pages: int
    doctors: int
    days: int
    months: tuple[int, int, int]
    leaves: int
    lapses: int
    policy: int
    superseded: tuple[int, ...]


class Clock:
    """What time it is, for everybody."""

    def __init__(self, day: date) -> None:
        self.day, self.minute = day, 0
        self.now = self.of(EARLY)

    def of(self, when: time) -> datetime:
        return timezone.make_aware(datetime.combine(self.day, when)).astimezone(UTC)

    day_begins = time(0)

    def next_day(self) -> None:
        self.day, self.minute = self.day + timedelta(days=1), 0
        self.now = self.of(EARLY)

    def tick(self) -> datetime:
        """A little later, so that no two deeds are done at the same time."""
        self.now += timedelta(seconds=1)
        return self.now


class House:
    """Everybody and everything. Dice are seeded: the same year happens every time."""

    def __init__(self, plot: Plot, clock: Clock, seed: int = 45) -> None:
        self.plot, self.clock, self.dice = plot, clock, random.Random(seed)
        self.started, self.people = clock.day, cast.cast()
        self.doctors = [self._doctor(number) for number in range(plot.doctors)]
        self.doctors[2].credentials_until = self.started + timedelta(days=plot.lapses - 1)
        self.doctors[2].save()
        self.set_policy(plot.months, withdraw_after=None)
        self.fact = self._fact()
        self.numbers: dict[int, int] = {}  # of pages, by key: keys depend on what ran before
        for number in range(plot.pages):
            self._page(number)

    def set_policy(self, months: tuple[int, int, int], *, withdraw_after: int | None) -> None:
        """Other terms, from now on; low tier pages that nobody reads are taken down."""
        event = {"high": 7, "standard": 14, "low": 30}
        tiers = {
            tier: Terms(
                months=m, event_days=event[tier], grace_days=3, withdraw_after=withdraw_after if tier == "low" else None
            )
            for tier, m in zip(event, months, strict=True)
        }
        lead = {"lead": self.people.edith, "mailbox": "board@example.org"}
        made = Policy(tiers=tiers, maximum_months=36)
        policy.set_policy(made, reason="As agreed.", by=self.people.paula, at=self.clock.tick(), **lead)

    def _doctor(self, number: int) -> Reviewer:
        return cast.reviewer(f"doctor{number:02}")

    def _fact(self) -> FactValue:
        fact = Fact.objects.create(name="New cases a year", latest=1)
        source = Source.objects.create(title="Figures", organization="Example Society")
        ends = self.started + timedelta(days=self.plot.days // 2)
        return FactValue.objects.create(
            **{"fact": fact, "number": 1, "value": "6,550", "source": source, "expires": ends},
            **{"as_of": date(2024, 1, 1), "by": self.people.stan, "at": self.clock.tick()},
        )

    def _page(self, number: int) -> None:
        """Written, read and published at some time before the story begins, so that its due date is anywhere in it."""
        place = number // 2 % 3
        tier, months = ("high", "standard", "low")[place], self.plot.months[place]
        age = self.dice.randrange(months * 28)
        now, ago = self.clock.now, timedelta(days=months * 28 - 5 if number == ABANDONED else age)
        self.clock.now -= ago
        article = drafting.start(words(number), by=self.people.wanda, at=self.clock.tick())
        doctor = self.doctors[number % len(self.doctors)]
        own = None if number % 5 else months + 1
        if (tier, own) != ("standard", None):  # as it is from the beginning
            keeping.set_cadence(article, tier=tier, months=own, by=self.people.stan, at=self.clock.tick())
        if number % 7:  # some have nobody assigned
            Article.objects.filter(pk=article.pk).update(reviewer=doctor)
        article.refresh_from_db()
        self.read(article, doctor)
        cast.publish(article, at=self.clock.tick())
        self.clock.now = max(now, self.clock.now - ago)
        if number % 6 == 0:
            self._prints_a_fact(article)
        self.numbers[article.pk] = number

    @transaction.atomic
    def _prints_a_fact(self, article: Article) -> None:
        edition = article.editions.open().get()
        FactMention.objects.get_or_create(article=article, edition=edition, value=self.fact)
        policy.settle([article.pk])

    def read(self, article: Article, doctor: Reviewer, **said: Any) -> None:
        """Somebody asks, and the doctor signs."""
        review = reviewing.request(article, reviewer=doctor, by=self.people.wanda, at=self.clock.tick())
        reviewing.attest(review, by=doctor.account, at=self.clock.tick(), digest=review.digest, **said)

    def live(self) -> Any:
        """Rows of pages that readers see."""
        return Published.objects.live().select_related("article", "edition", "review__reviewer").order_by("article")

    def pass_a_day(self) -> None:
        """What people do in the morning, and then the timed work; on some days that is run a second time."""
        self.clock.next_day()
        day = (self.clock.day - self.started).days
        self._happens(day)
        soon = self.clock.day + timedelta(days=10)
        for row in self.live().filter(next_due__lte=soon):
            if self.dice.random() < 0.1:
                self._somebody_acts(row)
        for when in (MORNING, time(15)) if day % 4 == 0 else (MORNING,):
            self.clock.now = max(self.clock.now, self.clock.of(when))
            call_command("run_due", stdout=StringIO())

    def _happens(self, day: int) -> None:
        """What the plot has for this day."""
        plot = self.plot
        if day == plot.leaves:
            leaving.leave(self.doctors[1].account, by=self.people.ada, at=self.clock.tick(), reason="Retired.")
        if day == plot.policy:
            shorter = (plot.months[0], max(plot.months[1] - 1, 1), plot.months[2])
            self.set_policy(shorter, withdraw_after=20)
        if day in plot.superseded:
            self._supersede(f"What is disease {plot.superseded.index(day)}?")
        if day % 9 == 0:
            self._alert(day)
        if day % 4 == 0:
            self._decide()

    def _supersede(self, title: str) -> None:
        old = Source.objects.get(title=title)
        self.clock.tick()
        old.superseded_by = Source.objects.create(title=f"{title} New edition", organization="Example Society")
        old.save()

    @transaction.atomic
    def _alert(self, day: int) -> None:
        rows = list(self.live())
        by = self.people.stan
        alert = Alert.objects.create(kind="guideline", title=f"Guideline {day}", by=by, at=self.clock.tick())
        pages = self.dice.sample(rows, k=min(2, len(rows)))
        AlertPage.objects.bulk_create(AlertPage(alert=alert, article=row.article) for row in pages)
        policy.settle([row.article_id for row in pages])

    @transaction.atomic
    def _decide(self) -> None:
        """Some news is let pass."""
        for row in self.live().filter(event_since__lte=self.clock.day - timedelta(days=3)):
            if self.dice.random() < 0.3:
                for alert in row.article.alerts.all():
                    self._let_pass(row, alert=alert.alert)
                for mention in row.article.fact_mentions.filter(value__expires__lt=self.clock.day):
                    self._let_pass(row, fact_value=mention.value)
                policy.settle([row.article_id])

    def _let_pass(self, row: Published, **about: Any) -> None:
        Decision.objects.create(
            **{"article": row.article, "edition": row.edition, "kind": "no impact", "reason": "Known already."},
            **{"by": self.people.edith, "at": self.clock.tick(), **about},
        )

    def _somebody_acts(self, row: Published) -> None:
        """The page's doctor reads it, or staff record that, or put it off, or its words are changed."""
        article, doctor = row.article, row.article.reviewer or row.review.reviewer
        if doctor == self.doctors[0] or self.numbers[article.pk] == ABANDONED:
            return  # who never answers, and what nobody touches
        deeds: list[tuple[int, Callable[[], Any]]] = [
            (6, lambda: self.read(article, doctor)),
            (1, lambda: self._recorded(article, doctor)),
            (2, lambda: self._put_off(article)),
            (1, lambda: self._faster(article)),
            (3, lambda: self._pause(article)),
            (2 if self.numbers[article.pk] % 6 else 0, lambda: self._rewrite(article, doctor)),
        ]
        deed = self.dice.choices([one for _weight, one in deeds], [weight for weight, _one in deeds])[0]
        with suppress(Refused):
            deed()

    def _recorded(self, article: Article, doctor: Reviewer) -> None:
        on = self.clock.day - timedelta(days=self.dice.randrange(5))
        by = self.people.stan
        recording.on_behalf(article, reviewer=doctor, on=on, evidence="A letter.", by=by, at=self.clock.tick())

    def _put_off(self, article: Article) -> None:
        until = self.clock.day + timedelta(days=self.dice.randrange(3, 40))
        keeping.defer(article, until=until, reason="Soon rewritten.", by=self.people.stan, at=self.clock.tick())

    def _pause(self, article: Article) -> None:
        until = self.clock.day + timedelta(days=self.dice.randrange(3, 60))
        snoozing.snooze(article, until=until, reason="On leave.", by=self.people.stan, at=self.clock.tick())

    def _faster(self, article: Article) -> None:
        months = self.dice.choice([None, 1, 2, 4])
        keeping.set_cadence(article, tier=article.risk_tier, months=months, by=self.people.stan, at=self.clock.tick())

    def _rewrite(self, article: Article, doctor: Reviewer) -> None:
        dose = f"<p>The usual dose is {self.dice.randrange(2, 99)} mg.</p>"
        content, base = cast.with_body(article.content(), "treatment", dose), article.revision
        drafting.revise(article, content, by=self.people.wanda, at=self.clock.tick(), base_revision=base)
        article.refresh_from_db()
        scope = self.dice.choice(["full", "changes"])
        self.read(article, doctor, scope=scope)
        publishing.publish(
            article, by=self.people.paula, at=self.clock.tick(), change_class="wording", change_note="A new dose."
        )


def words(number: int) -> Content:
    """A page of its own, which shares a source with others."""
    shared = number % SOURCES
    cite = f'<cite data-source="ref-{shared}"></cite>'
    source = CitedSource(
        key=f"ref-{shared}", organization="Example Society", title=f"What is disease {shared}?", published="2024"
    )
    return replace(
        cast.words(f"Example disease {number:04}"),
        sections=(
            SectionContent(anchor="what-it-is", heading="What it is", body=f"<p>It begins in the marrow.{cite}</p>"),
            SectionContent(anchor="treatment", heading="Treatment", body="<p>The usual dose is 5 mg.</p>"),
        ),
        sources=(source,),
    )
