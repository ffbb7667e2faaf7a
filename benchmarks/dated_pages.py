"""100,000 pages with their reviews, in bulk: every row, seal and date as the deeds would have written it.

Words differ by page in their title alone, and so what they hash to is told from one pattern for each condition.
`manage.py verify_history` finds nothing to say about them (benchmarks/due_dates.py asks it of the first thousand).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils import timezone

from articles import policy, roles
from articles.content import Content, SectionContent, medical_part, sha256
from articles.models import (
    Alert,
    AlertPage,
    Article,
    Citation,
    Condition,
    ConditionCode,
    ConditionName,
    Cover,
    Deferral,
    Edition,
    Published,
    Reliance,
    Review,
    Reviewer,
    Revision,
    Section,
    TimelineEntry,
    cited_source,
)
from articles.reviewing import signature
from benchmarks.pouring import pour, settled
from references.models import Source, SourceChange

CONDITIONS, REVIEWERS, REVIEWS, CITED = 300, 200, 5, 3
AT_ONCE = 1_000  # pages
MARK = "TITLE-OF-THE-PAGE"
LEFT, LAPSED, WITHOUT_ACCOUNT = 37, 23, 19  # every so many reviewers
EVIDENCE = "Letter of that day."


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """The words of every page about one condition."""

    condition: Condition
    told: dict[str, Any]
    sources: tuple[Source, ...]
    sections: tuple[SectionContent, ...]
    stored: str
    medical: str

    @classmethod
    def of(cls, condition: Condition, sources: tuple[Source, ...]) -> "Pattern":
        cites = "".join(f'<cite data-source="{one.key}"></cite>' for one in sources)
        sections = (
            SectionContent(anchor="what-it-is", heading="What it is", body=f"<p>It begins in the marrow.{cites}</p>"),
            SectionContent(anchor="treatment", heading="Treatment", body="<p>The usual dose is 5 mg.</p>"),
        )
        by_key = sorted(sources, key=lambda one: one.key)  # as an article's own words have them
        words = Content(title=MARK, sections=sections, sources=tuple(map(cited_source, by_key)))
        stored = words.to_json()
        return cls(
            condition=condition,
            told=condition.told(),
            sources=sources,
            sections=sections,
            stored=stored,
            medical=medical_part(stored),
        )

    def words(self, title: str) -> dict[str, str]:
        """Stored words and their digest."""
        return {"content": self.stored.replace(MARK, title), "digest": sha256(self.medical.replace(MARK, title))}


@dataclass(frozen=True, kw_only=True)
class Page:
    """What is decided about one page before its rows are made."""

    number: int
    title: str
    slug: str
    pattern: Pattern
    tier: str
    cadence: int | None
    assigned: Reviewer | None
    signers: tuple[Reviewer, ...]
    days: tuple[date, ...]  # of its reviews, oldest first
    deferred: date | None


class House:
    """Everybody, and everything that pages are about."""

    def __init__(self, today: date) -> None:
        self.today, self.dice = today, random.Random(6)  # noqa: S311  no secret
        self.wanda, self.paula, self.stan, self.ada = (
            account(name, role)
            for name, role in (
                ("wanda", roles.WRITER),
                ("paula", roles.PUBLISHER),
                ("stan", roles.RECORDS_STEWARD),
                ("ada", roles.ADMINISTRATOR),
            )
        )
        self.reviewers = reviewers(today)
        self.patterns = list(patterns())
        self.months = {tier: terms.months for tier, terms in policy.current().tiers.items()}

    def page(self, number: int) -> Page:
        """What is decided about it: evenly due over the whole cadence, three in a hundred overdue, some deferred."""
        dice, pattern = self.dice, self.patterns[number % CONDITIONS]
        tier = dice.choices(["high", "standard", "low"], [2, 6, 2])[0]
        cadence = dice.choice([3, 9, 18, 24]) if dice.random() < 0.1 else None
        ago = int(dice.random() * (cadence or self.months[tier]) * 30.4 * 1.03) + 3
        days = [self.today - timedelta(days=ago + 180 * back) for back in range(REVIEWS - 1, -1, -1)]
        mine = self.reviewers[number % REVIEWERS]
        fit = [one for one in (mine, *dice.choices(self.reviewers, k=3)) if one.active and not one.credentials_until]
        signer = fit[0] if fit else self.reviewers[0]
        return Page(
            number=number,
            title=f"{pattern.condition.name}, part {number:06}",
            slug=f"page-{number:06}",
            pattern=pattern,
            tier=tier,
            cadence=cadence,
            assigned=mine if dice.random() > 0.04 else None,
            signers=(self.reviewers[0],) * (REVIEWS - 1) + (signer,),
            days=tuple(days),
            deferred=self.today + timedelta(days=dice.randrange(1, 90)) if dice.random() < 0.03 else None,
        )


def account(name: str, role: str) -> User:
    """Somebody in a role, with an address."""
    found = User.objects.create_user(name, f"{name}@example.org", is_staff=True)
    found.groups.add(Group.objects.get(name=role))
    return found


def reviewers(today: date) -> list[Reviewer]:
    """Doctors, the first of whom could always sign; some left, of some the credentials lapsed."""
    group, found = Group.objects.get(name=roles.MEDICAL_REVIEWER), []
    for number in range(REVIEWERS):
        left = number % LEFT == LEFT - 1
        user = None
        if number % WITHOUT_ACCOUNT != WITHOUT_ACCOUNT - 1:
            name = f"doctor{number}"
            user = User.objects.create(username=name, email=f"{name}@example.org", is_staff=True, is_active=not left)
            user.groups.add(group)
        lapsed = today - timedelta(days=10) if number % LAPSED == LAPSED - 1 else None
        made = {"slug": f"doctor-{number}", "account": user, "active": not left, "credentials_until": lapsed}
        found.append(Reviewer(name=f"Rosa Example {number:03}", credentials="MD", **made))
    return Reviewer.objects.bulk_create(found)


def patterns() -> Iterator[Pattern]:
    """Conditions with a name and a code, and the sources that pages about them lean on."""
    for number in range(CONDITIONS):
        row = Condition.objects.create(name=f"Example disease {number:03}", slug=f"example-disease-{number:03}")
        ConditionName.objects.create(condition=row, name=f"ED {number:03}", kind="abbreviation")
        ConditionCode.objects.create(condition=row, system="icd-10-cm", code=f"C{number:03}")
        cited = [
            Source(
                title=f"What is example disease {number:03}, {place}?",
                organization="Example Society",
                published="2020",
                url=f"https://example.org/{number}/{place}",
            )
            for place in range(CITED)
        ]
        for one in cited:
            one.settle()
        yield Pattern.of(row, tuple(Source.objects.bulk_create(cited)))


def made(count: int, *, today: date) -> House:
    """So many pages, settled."""
    with transaction.atomic():
        house = House(today)
    more(house, 0, count)
    return house


def more(house: House, start: int, end: int) -> None:
    """Pages of these numbers, with news about some of them, settled."""
    for first in range(start, end, AT_ONCE):
        with transaction.atomic():
            written(house, [house.page(number) for number in range(first, min(first + AT_ONCE, end))])
    with transaction.atomic():
        news(house, start, end)
        settled()
        policy.settle()


def noon(day: date) -> datetime:
    """That day's noon, in the site's zone."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def written(house: House, pages: list[Page]) -> None:
    """All rows of these pages."""
    articles = pour(draft(house, one) for one in pages)
    words_of(articles, pages)
    pour(
        Revision(
            **{"article": article, "number": 1, "how": "edit", "by": house.wanda, "at": article.started_at},
            **hashed(page),
        )
        for article, page in zip(articles, pages, strict=True)
    )
    found = iter(pour(r for a, p in zip(articles, pages, strict=True) for r in reads(house, a, p)))
    reviews = [[next(found) for _ in range(REVIEWS)] for _ in pages]
    editions = pour(edition(house, page, of_page[0]) for page, of_page in zip(pages, reviews, strict=True))
    pour(Cover(edition=one, review=one.review) for one in editions)
    pour(
        Reliance(article_id=one.article_id, edition=one, source=source, url=source.url)
        for one, page in zip(editions, pages, strict=True)
        for source in page.pattern.sources
    )
    deeds(house, editions, pages)
    pour(address(page, one, of_page[-1]) for page, one, of_page in zip(pages, editions, reviews, strict=True))


def draft(house: House, page: Page) -> Article:
    return Article(
        title=page.title,
        slug=page.slug,
        condition=page.pattern.condition,
        risk_tier=page.tier,
        cadence_months=page.cadence,
        reviewer=page.assigned,
        revision=1,
        digest=page.pattern.words(page.title)["digest"],
        in_hand=False,
        started_by=house.wanda,
        started_at=noon(page.days[0] - timedelta(days=2)),
    )


def words_of(articles: list[Article], pages: list[Page]) -> None:
    """The working text."""
    sections = pour(
        Section(article=article, position=place, anchor=one.anchor, heading=one.heading, body=one.body)
        for article, page in zip(articles, pages, strict=True)
        for place, one in enumerate(page.pattern.sections, 1)
    )
    first = sections[:: len(pages[0].pattern.sections)]
    pour(
        Citation(article_id=one.article_id, section=one, source=source, key=source.key, position=place)
        for one, page in zip(first, pages, strict=True)
        for place, source in enumerate(page.pattern.sources, 1)
    )


def hashed(page: Page) -> dict[str, str]:
    found = page.pattern.words(page.title)
    return {**found, "full_hash": sha256(found["content"])}


def reads(house: House, article: Article, page: Page) -> Iterator[Review]:
    """Its reviews: the first was asked for here, and the others were recorded by staff."""
    words = page.pattern.words(page.title)
    for number, (day, signer) in enumerate(zip(page.days, page.signers, strict=True)):
        first, at = number == 0, noon(day)
        yield Review(
            **{"article": article, "reviewer": signer, "revision": 1, "requested_at": at, "answered_at": at},
            origin="request" if first else "on_behalf",
            evidence="" if first else EVIDENCE,
            requested_by=house.wanda if first else house.stan,
            answered_by=signer.account if first else house.stan,
            answer="attested",
            **signature(signer, day),
            **words,
        )


def edition(house: House, page: Page, review: Review) -> Edition:
    return Edition(
        **{"article": review.article, "number": 1, "revision": 1, "review": review, "published_by": house.paula},
        **{"change_class": "first", "change_note": "A note.", "published_at": noon(page.days[0] + timedelta(days=1))},
        **hashed(page),
    )


def deeds(house: House, editions: list[Edition], pages: list[Page]) -> None:
    """What was done with each page, and who put off what is due."""
    What = TimelineEntry.What
    pour(
        TimelineEntry(article_id=one.article_id, what=What.PUBLISHED, by=house.paula, at=one.published_at)
        for one in editions
    )
    late = [(one.article_id, page) for one, page in zip(editions, pages, strict=True) if page.deferred]
    same = {"by": house.stan, "at": noon(house.today - timedelta(days=1))}
    pour(Deferral(article_id=pk, until=page.deferred, reason="A new guideline is coming.", **same) for pk, page in late)
    pour(TimelineEntry(article_id=pk, what=What.DEFERRED, **same) for pk, _page in late)


def address(page: Page, edition: Edition, review: Review) -> Published:
    """The public row, but for the dates that `settle` tells."""
    day = timezone.localdate(edition.published_at)
    return Published(
        slug=page.slug,
        article_id=edition.article_id,
        edition=edition,
        review=review,
        title=page.title,
        condition_name=page.pattern.condition.name,
        condition=page.pattern.told,
        first_published_on=day,
        last_updated_on=day,
        last_reviewed_on=page.days[-1],
        reviewed_by=review.signed_name,
        reaffirmed_at=review.answered_at,
        risk_tier=page.tier,
        cadence_months=page.cadence,
        deferred_until=page.deferred,
        reviewer=page.assigned,
        about=page.pattern.condition,
    )


def news(house: House, start: int, end: int) -> None:
    """Something happened to one page in a hundred, and to a source of another one in a hundred."""
    at = noon(house.today - timedelta(days=2))
    pks = list(Article.objects.order_by("pk").values_list("pk", flat=True)[start:end:100])
    alerts = pour(Alert(kind="guideline", title=f"Guideline {number}", by=house.stan, at=at) for number in range(20))
    pour(AlertPage(alert=alerts[place % 20], article_id=pk) for place, pk in enumerate(pks))
    if start:
        return  # the sources are old already
    old = [pattern.sources[0] for pattern in house.patterns[: CONDITIONS // 100]]
    new = house.patterns[-1].sources[1]
    Source.objects.filter(pk__in=[one.pk for one in old]).update(superseded_by=new, health="superseded")
    SourceChange.log(((one.pk, SourceChange.Kind.SUPERSEDED, "", new.key) for one in old), at=at)
