"""A small site in which anything at all happens, by deeds and past them; dice are seeded."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from articles import drafting, keeping, policy, publishing, recording, reviewing, rewording
from articles.content import CitedSource, Content, SectionContent
from articles.models import Article, Edition, Published, Reviewer, SiteText
from articles.refusals import Refused
from references.models import Retraction, Source
from tests import cast
from tests.articles import stories

PAGES, SOURCES = 5, 6
SITE = ("/", "/reviewers/", "/editorial-policy/", "/privacy/", "/sitemap.xml", "/feeds/updates.atom")


def words(number: int) -> Content:
    """A page that shares two sources with others."""
    keys = [f"ref-{(number + step) % SOURCES}" for step in (0, 1)]
    cites = "".join(f'<cite data-source="{key}"></cite>' for key in keys)
    body = SectionContent(anchor="what-it-is", heading="What it is", body=f"<p>It begins in the marrow.{cites}</p>")
    dose = SectionContent(anchor="treatment", heading="Treatment", body="<p>The usual dose is 5 mg.</p>")
    cited = (CitedSource(key=key, organization="A Society", title=f"On {key}", published="2024") for key in keys)
    return replace(cast.words(f"Disease {number}"), sections=(body, dose), sources=tuple(cited))


class Site:
    """Pages, and `happen`, which does one thing to them and says what."""

    def __init__(self, seed: int) -> None:
        self.dice, self.people = random.Random(seed), cast.cast()
        self.now = timezone.now() - timedelta(days=20)
        self.rosa = cast.reviewer()  # whatever her page is called by then
        self.story = stories.fresh()
        for number in range(PAGES):
            self.publish(cast.draft(words(number)))
        stories.placed(self.story, Article.objects.earliest("pk"), at=self.tick())
        self.publish(Article.objects.earliest("pk"))
        for number in range(SOURCES):
            Source.objects.filter(title=f"On ref-{number}").update(doi=f"10.1000/{number}")
        Source.objects.create(title="A twin of the first", doi="10.1000/twin")
        self.what: list[Callable[[], Any]] = [
            *(self.revise, self.republish, self.withdraw, self.move, self.read_again, self.put_off, self.risk),
            *(self.policy, self.health, self.notice, self.retraction, self.merge, self.part, self.profile, self.rename),
            *(self.credentials, self.reword, self.story_ends, self.story_goes_on, self.draft, self.publish_new),
            *(self.by_hand, self.nothing),
        ]

    def tick(self) -> Any:
        self.now += timedelta(minutes=3)
        return self.now

    def happen(self) -> str:
        deed = self.dice.choice(self.what)
        with suppress(Refused):
            deed()
        return deed.__name__

    def addresses(self) -> list[str]:
        """Every page of the public side that has an address now or had one."""
        found = list(SITE)
        for row in Published.objects.order_by("slug"):
            found += [f"/{row.slug}/", f"/{row.slug}/history/", f"/{row.slug}/editions/1/", f"/{row.slug}/references/"]
        return found + [f"/reviewers/{one.slug}/" for one in Reviewer.objects.order_by("slug")]

    def any(self, rows: "QuerySet[Any] | type[Model]") -> Any:
        found = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
        return self.dice.choice(list(found.order_by("pk")))

    def article(self) -> Article:
        found: Article = self.any(Article)
        return found

    # -- deeds -----------------------------------------------------------------------------------------------------

    def publish(self, article: Article) -> None:
        article.refresh_from_db()
        self.rosa.refresh_from_db()
        asked = reviewing.request(article, reviewer=self.rosa, by=self.people.wanda, at=self.tick())
        reviewing.attest(asked, by=self.people.rosa, at=self.tick(), digest=asked.digest)
        cast.publish(article, at=self.tick())

    def revise(self) -> None:
        cast.edited(self.article(), dose=f"{self.dice.randrange(99)} mg", at=self.tick())

    def republish(self) -> None:
        article = self.article()
        cast.edited(article, dose=f"{self.dice.randrange(99)} mg", at=self.tick())
        self.publish(article)

    def publish_new(self) -> None:
        self.publish(cast.draft(words(10 + self.dice.randrange(1000))))

    def draft(self) -> None:
        cast.draft(words(10 + self.dice.randrange(1000)))

    def withdraw(self) -> None:
        instead = self.dice.choice([None, self.article()])
        publishing.withdraw(self.article(), by=self.people.paula, at=self.tick(), reason="Old.", instead=instead)

    def move(self) -> None:
        article, slug = self.article(), f"moved-{self.dice.randrange(4)}"
        with transaction.atomic():
            Article.objects.exclude(slug=slug).filter(pk=article.pk).update(slug=f"{slug}-{article.pk}")
            article.refresh_from_db()
            drafting.settle(article, by=self.people.wanda, at=self.tick())

    def read_again(self) -> None:
        on, by = self.now.date(), self.people.stan
        said = {"reviewer": self.rosa, "on": on, "evidence": "A letter."}
        recording.on_behalf(self.article(), **said, by=by, at=self.tick())

    def put_off(self) -> None:
        until = self.now.date() + timedelta(days=self.dice.randrange(30, 400))
        keeping.defer(self.article(), until=until, reason="Soon.", by=self.people.stan, at=self.tick())

    def risk(self) -> None:
        tier, months = self.dice.choice(["high", "low"]), self.dice.choice([None, 3, 9])
        keeping.set_cadence(self.article(), tier=tier, months=months, by=self.people.stan, at=self.tick())

    def policy(self) -> None:
        now = policy.current()
        terms = {tier: replace(one, months=self.dice.randrange(1, 36)) for tier, one in now.tiers.items()}
        said = {"reason": "As agreed.", "by": self.people.paula, "at": self.tick()}
        policy.set_policy(replace(now, tiers=terms), **said)

    def reword(self) -> None:
        text, base = f"<p>We keep {self.dice.randrange(9)} lists.</p>", SiteText.objects.of("privacy").count()
        rewording.reword("privacy", body=text, base=base, by=self.people.ada, at=self.tick())

    # -- past the deeds --------------------------------------------------------------------------------------------

    def source(self, **columns: Any) -> None:
        Source.objects.filter(pk=self.any(Source).pk).update(**columns)

    def health(self) -> None:
        self.source(health=self.dice.choice(["dead", "alive"]), archived="https://web.archive.org/web/2024/x")

    def notice(self) -> None:
        self.source(notice=self.dice.choice(["", "concern", "retraction"]))

    def retraction(self) -> None:
        said = {"nature": "concern", "notice_doi": f"10.1000/n{self.dice.randrange(9)}"}
        Retraction.objects.update_or_create(doi=self.any(Source).doi, defaults=said)

    def merge(self) -> None:
        keep, gone = self.any(Source.objects.unmerged()), self.any(Source.objects.unmerged())
        if keep != gone:
            Source.objects.filter(merged_into=gone).update(merged_into=keep)
            Source.objects.filter(pk=gone.pk).update(merged_into=keep)

    def part(self) -> None:
        self.source(merged_into=None)

    def reviewer(self, **columns: Any) -> None:
        Reviewer.objects.filter(pk=self.any(Reviewer).pk).update(**columns)

    def profile(self) -> None:
        self.reviewer(profile=f"<p>Speaks {self.dice.randrange(9)} languages.</p>", page_wanted=True)

    def rename(self) -> None:
        self.reviewer(slug=f"doctor-{self.dice.randrange(10**6)}")

    def credentials(self) -> None:
        self.reviewer(credentials_until=self.dice.choice([None, timezone.localdate() - timedelta(days=1)]))

    def story_ends(self) -> None:
        type(self.story).objects.update(ends_on=timezone.localdate() - timedelta(days=1), given_on="2020-01-01")

    def story_goes_on(self) -> None:
        type(self.story).objects.update(ends_on=timezone.localdate() + timedelta(days=99))

    def by_hand(self) -> None:
        row = self.any(Published.objects.filter(edition__isnull=False))
        Published.objects.filter(pk=row.pk).update(title=f"Title {self.dice.randrange(9)}")

    def nothing(self) -> None:
        for row in Published.objects.all():
            row.save()
        Edition.objects.count()
