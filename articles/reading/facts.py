"""The facts of a public address, from the rows that the deeds wrote."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from articles import dates
from articles.models import AS_SIGNED, Cover, Edition, Published, Review, Reviewer
from articles.page import Correction, Facts, Signature, Standing
from leukemia_site.once import once
from leukemia_site.prepared import NUMBER, Prepared

SIGNED = (
    *("kind", "scope", "origin", "interests", "reviewed_on", "reviewer__slug"),
    *(f"signed_{part}" for part in AS_SIGNED),
)
# Of a reviewer's record, a page that they signed asks for the address of their own page alone.
UNSEEN = tuple(
    f"reviewer__{field.name}" for field in Reviewer._meta.concrete_fields if field.name not in ("id", "slug")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One review that covers an edition: who signed, what kind (in words), what was read, on which day; and whether
    it was recorded by staff, and whoever it names has said since that it is not so."""

    signature: Signature
    kind: str
    whole: bool
    on: date | None
    denied: bool = False


def of(row: Published, edition: Edition, *, today: date, standings: Mapping[str, Standing]) -> Facts:
    """What the public page of `edition` says beside its words. One question for editions after the first."""
    return Facts(
        today=today,
        slug=row.slug,
        signature=_signature(row.review) if row.review else None,
        also_signed=_also(row, edition),
        last_reviewed=row.last_reviewed_on,
        next_due=row.next_due,
        overdue_from=row.overdue_from,
        first_published=row.first_published_on,
        last_updated=row.last_updated_on,
        edition=edition.number,
        change=edition.get_change_class_display(),
        change_note=edition.change_note,
        corrections=tuple(corrections(edition.article_id, today)) if edition.number > 1 else (),
        housekeeping=edition.change_class == Edition.Change.HOUSEKEEPING,
        unreviewed_since=row.unreviewed_since,
        condition=row.condition_name,
        condition_names=tuple(row.condition.get("names", ())),
        condition_codes=tuple((system, code) for system, code in row.condition.get("codes", ())),
        is_demo=row.is_demo,
        standings=standings,
    )


def as_published(row: Published, edition: Edition, *, today: date, standings: Mapping[str, Standing]) -> Facts:
    """What stays true of one edition, open or closed: nothing that later reviews or decisions moved, but for how its
    sources stand today, of which whoever leans on an old text must hear most of all."""
    return Facts(
        today=today,
        slug=row.slug,
        first_published=row.first_published_on,
        edition=edition.number,
        change=edition.get_change_class_display(),
        change_note=edition.change_note,
        is_demo=row.is_demo,
        shows_pictures=row.withdrawn_on is None,
        is_edition=True,
        standings=standings,
    )


def reviewed(edition: Edition) -> tuple[Reviewed, ...]:
    """The reviews that let this edition be published; none if it was published in an emergency."""
    covering = _covering(edition)
    reviews = [(cover.review, cover.denied) for cover in covering]
    # Editions of the first release have no covers, only the one review.
    named = reviews or [(edition.review, False)]
    return tuple(_reviewed(review, denied=denied) for review, denied in named if review)


def _reviewed(review: Review, *, denied: bool) -> Reviewed:
    whole, kind = review.scope == Review.Scope.FULL, review.get_kind_display()
    return Reviewed(signature=_signature(review), kind=kind, whole=whole, on=review.reviewed_on, denied=denied)


def reviewed_later(editions: Collection[Edition]) -> dict[int, tuple[Reviewed, ...]]:
    """By primary key: who signed the words of these editions while they were online, newest first. One query.

    With `covers()` fetched. What was denied stays among them: readers saw its date.
    """
    if not editions:
        return {}
    known = {"article_id__in": {one.article_id for one in editions}, "digest__in": {one.digest for one in editions}}
    found = Review.objects.filter(answer=Review.Answer.ATTESTED, answered_at__isnull=False, **known)
    found = found.annotate(denied=_denied("pk")).select_related("reviewer")
    of_words: dict[tuple[int, str], list[Any]] = defaultdict(list)
    for row in found.only(*SIGNED, "article_id", "digest", "answered_at").order_by("-answered_at", "-pk"):
        of_words[row.article_id, row.digest].append(row)
    return {
        edition.pk: tuple(
            _reviewed(row, denied=row.denied)
            for row in of_words[edition.article_id, edition.digest]
            if _came_later(row, edition)
        )
        for edition in editions
    }


def _came_later(review: Any, edition: Edition) -> bool:
    first = {edition.review_id, *(cover.review_id for cover in _covering(edition))}
    still = edition.closed_at is None or review.answered_at < edition.closed_at
    return review.answered_at >= edition.published_at and still and review.pk not in first


def _denied(review: str) -> Any:
    """Whether the one whom a signed review names said that it is not so."""
    return ~Exists(Review.objects.attested().order_by().filter(pk=OuterRef(review)))


def covers(path: str = "covers") -> "Prefetch[Any]":
    """The reviews that editions were published with, without their words. One query for all of them."""
    return Prefetch(path, _covers())


def _covers() -> "QuerySet[Cover, Any]":
    columns = (f"review__{name}" for name in SIGNED)
    found = Cover.objects.select_related("review__reviewer").only("edition_id", *columns)
    return found.annotate(denied=_denied("review")).order_by("pk")


_covers_of = Prepared(Cover, lambda edition: _covers().filter(edition=edition), mark=NUMBER)


def _covering(edition: Edition) -> list[Any]:
    """The same of one edition: fetched with it, or asked for now."""
    fetched = getattr(edition, "_prefetched_objects_cache", {})
    return list(edition.covers.all()) if "covers" in fetched else list(_covers_of(edition.pk))


def instead_of(row: Published) -> Published | None:
    """The page to which readers of a withdrawn one are sent, while it is there to be read."""
    place = row.withdrawn_instead and (row.withdrawn_instead.moved_to or row.withdrawn_instead)
    return place if place and place.edition_id else None


@once
def corrections(article: int, today: date) -> list[Correction]:
    """Those that the page of an article still announces, the newest first. One query."""
    return corrections_of([article], today)[article]


def corrections_of(articles: Collection[int], today: date) -> dict[int, list[Correction]]:
    """The same of many; none without articles."""
    announced: dict[int, list[Correction]] = {article: [] for article in articles}
    # By number of the article and in an order of its own: the usual order would ask for the article's title.
    found = Edition.objects.filter(article_id__in=articles, change_class=Edition.Change.CORRECTION)
    recent = found.filter(published_at__date__gt=today - timedelta(days=dates.CORRECTION_DAYS)).order_by("-number")
    for one in recent.only("article_id", "published_at", "change_note") if articles else ():
        on = timezone.localdate(one.published_at)
        if dates.shows_correction(on, today):
            announced[one.article_id].append(Correction(on, one.change_note))
    return announced


def _also(row: Published, edition: Edition) -> tuple[Signature, ...]:
    """The other reviewers that the edition was published with. One query, none with `covers()` fetched."""
    named = row.review.reviewer_id if row.review else None
    standing = (one.review for one in _covering(edition) if not one.denied and one.review_id != row.review_id)
    return tuple(
        _signature(review)
        for review in standing
        # An earlier signature of the one whose later one is printed above says nothing new.
        if review.kind != Review.Kind.CLINICAL or review.reviewer_id != named
    )


def _signature(review: Review) -> Signature:
    """As signed, for the page."""
    said = {"how": review.origin, "kind": review.kind, "scope": review.scope, "interests": review.declared}
    parts = {part: getattr(review, f"signed_{part}") for part in AS_SIGNED}
    return Signature(**said, **parts, slug=review.reviewer.slug)
