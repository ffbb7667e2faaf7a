"""Reviewers as the public may know them: who they are today, and which pages rest on what they signed.

Nothing here is typed: what somebody reviewed follows from answered reviews and from what is online. Of a reviewer's
record only PUBLIC is read, so that neither an account nor an absence gets near a reader.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles import prose
from articles.models import AS_SIGNED, Cover, Edition, Published, Review, Reviewer, declared
from articles.page import Html, Signature

NOTHING = Html("")
PUBLIC = (
    *("id", "slug", *AS_SIGNED, "credentials_until", "active", "interests"),
    *("profile", "orcid", "npi", "web_profile", "page_wanted", "is_demo"),
)
_SIGNED = (
    *("article_id", "reviewer_id", "kind", "scope", "origin", "interests", "reviewed_on"),
    *(f"signed_{part}" for part in AS_SIGNED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One answered review: its kind (in words), what was read, by which way it came here (its origin), which day."""

    kind: str
    whole: bool
    how: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page online, and this person's reviews of it, the newest first."""

    title: str
    slug: str
    is_demo: bool
    unreviewed_since: date | None = None  # words of an emergency stand, and nobody has signed them yet
    reviews: tuple[Signed, ...]

    @property
    def on(self) -> date:
        """The day of the newest of the reviews."""
        return max((one.on for one in self.reviews if one.on), default=date.min)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Somebody who reviews. `credentials` and `post` are today's, and "" where they lapsed or the person left.

    `signed` is their last signature that readers could see, and `signed_on` its day.
    """

    name: str
    slug: str = ""
    credentials: str = ""
    lapsed: bool = False
    left: bool = False
    post: str = ""
    text: Html = NOTHING
    interests: str = ""
    signed: Signature | None = None
    signed_on: date | None = None
    orcid: str = ""
    npi: str = ""
    web_profile: str = ""
    is_demo: bool = False
    preview: bool = False

    @property
    def printed(self) -> str:
        """Name, and credentials as far as they are good today."""
        return ", ".join(part for part in (self.name, self.credentials) if part)


def with_page() -> QuerySet[Reviewer]:
    """Those who have a public page: who signed something that went online, or works here and asked for one."""
    signed = Exists(_public().filter(reviewer=OuterRef("pk")))
    return Reviewer.objects.filter(signed | Q(page_wanted=True, active=True)).only(*PUBLIC)


def reviews(reviewer: Reviewer) -> list[Any]:
    """What this person signed and readers could see, the newest first; `stands` where a page online rests on it."""
    live = Published.objects.live()
    # Each by itself: of both in one, no index leads to the page, and all pages are read for each review.
    dated, printed = (Exists(live.filter(**{way: OuterRef("pk")})) for way in ("review", "edition__review"))
    covers = Exists(Cover.objects.filter(review=OuterRef("pk"), edition__address__isnull=False))
    found = _public().filter(reviewer=reviewer).annotate(stands=dated | printed | covers)
    return list(found.only(*_SIGNED).order_by("-reviewed_on", "-pk"))


def _public() -> QuerySet[Review]:
    """Attested reviews that readers could see beside a page, now or in its history."""
    here: dict[str, Any] = {"review": OuterRef("pk")}
    seen = (Exists(model._default_manager.filter(**here)) for model in (Cover, Edition, Published))
    covers, editions, addresses = seen
    return Review.objects.attested().filter(covers | editions | addresses)


def of(reviewer: Reviewer, signed: list[Any], *, today: date, preview: bool = False) -> Profile:
    """The person, with the last of their public signatures. No query."""
    last = signed[0] if signed else None
    good = reviewer.is_valid(today)
    here = Signature(**{part: getattr(reviewer, part) for part in AS_SIGNED})
    return Profile(
        name=reviewer.name,
        slug=reviewer.slug,
        credentials=reviewer.credentials if good else "",
        lapsed=bool(reviewer.active and reviewer.credentials and not good),
        left=not reviewer.active,
        post=here.post if reviewer.active else "",
        text=prose.flat(reviewer.profile),
        interests=declared(reviewer.interests),
        signed=_signature(last) if last else None,
        signed_on=last.reviewed_on if last else None,
        **{part: getattr(reviewer, part) for part in ("orcid", "npi", "web_profile", "is_demo")},
        preview=preview,
    )


def _signature(review: Review) -> Signature:
    parts = {part: getattr(review, f"signed_{part}") for part in AS_SIGNED}
    return Signature(**parts, how=review.origin, kind=review.kind, scope=review.scope, interests=review.declared)


def entries(signed: list[Any]) -> tuple[list[Entry], list[Entry]]:
    """Pages online that rest on these reviews, and pages online that did once. Newest first. One query."""
    of_page: dict[int, list[Any]] = defaultdict(list)
    for review in signed:
        of_page[review.article_id].append(review)
    facts = ("slug", "title", "article_id", "is_demo", "unreviewed_since")
    pages = Published.objects.live().filter(article__in=of_page).values_list(*facts, named=True)
    now: list[Entry] = []
    once: list[Entry] = []
    for page in pages:
        standing = [one for one in of_page[page.article_id] if one.stands]
        told = _told(standing or of_page[page.article_id][:1])
        shown = {name: getattr(page, name) for name in facts if name != "article_id"}
        entry = Entry(**shown, reviews=told)
        (now if standing else once).append(entry)
    for found in (now, once):
        found.sort(key=lambda entry: (-entry.on.toordinal(), entry.title.casefold()))
    return now, once


def _told(reviews: list[Any]) -> tuple[Signed, ...]:
    """In the order given; of one kind nothing older than a review of the whole page, which says it all again."""
    told: list[Signed] = []
    done: set[str] = set()
    for one in reviews:
        whole = one.scope == Review.Scope.FULL
        if one.kind not in done:
            told.append(Signed(kind=one.get_kind_display(), whole=whole, how=one.origin, on=one.reviewed_on))
        if whole:
            done.add(one.kind)
    return tuple(told)


def listed(today: date) -> list[Profile]:
    """Everybody with a public page, by name. One query."""
    # Sorted here, because the two engines disagree about capitals and accents.
    return sorted((of(one, [], today=today) for one in with_page()), key=lambda one: one.name.casefold())
