"""The facts of a public address, from the rows that the deeds wrote."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from articles import dates
from articles.models import AS_SIGNED, Cover, Edition, Published, Review
from articles.page import Correction, Facts, Signature

SIGNED = ("kind", "scope", "origin", "interests", "reviewed_on", *(f"signed_{part}" for part in AS_SIGNED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """One review that covers an edition: who signed, what kind (in words), what was read, on which day."""

    signature: Signature
    kind: str
    whole: bool
    on: date | None


def of(row: Published, edition: Edition, *, today: date) -> Facts:
    """What the public page of `edition` says beside its words. One question for editions after the first."""
    return Facts(
        today=today,
        slug=row.slug,
        signature=_signature(row.review) if row.review else None,
        also_signed=_also(row, edition),
        last_reviewed=row.last_reviewed_on,
        next_due=row.next_due,
        first_published=row.first_published_on,
        last_updated=row.last_updated_on,
        edition=edition.number,
        change=edition.get_change_class_display(),
        change_note=edition.change_note,
        corrections=tuple(_corrections(edition, today)),
        housekeeping=edition.change_class == Edition.Change.HOUSEKEEPING,
        unreviewed_since=row.unreviewed_since,
        condition=row.condition_name,
        is_demo=row.is_demo,
    )


def as_published(row: Published, edition: Edition, *, today: date) -> Facts:
    """What stays true of one edition, open or closed: nothing that later reviews or decisions moved."""
    return Facts(
        today=today,
        slug=row.slug,
        first_published=row.first_published_on,
        edition=edition.number,
        change=edition.get_change_class_display(),
        change_note=edition.change_note,
        is_demo=row.is_demo,
    )


def reviewed(edition: Edition) -> tuple[Reviewed, ...]:
    """The reviews that let this edition be published; none if it was published in an emergency."""
    reviews = [cover.review for cover in edition.covers.all()]
    # Editions of the first release have no covers, only the one review.
    return tuple(_reviewed(review) for review in reviews or filter(None, [edition.review]))


def _reviewed(review: Review) -> Reviewed:
    whole = review.scope == Review.Scope.FULL
    return Reviewed(signature=_signature(review), kind=review.get_kind_display(), whole=whole, on=review.reviewed_on)


def covers() -> "Prefetch[Any]":
    """The reviews that editions were published with, without their words. One query for all of them."""
    columns = (f"review__{name}" for name in SIGNED)
    return Prefetch("covers", Cover.objects.select_related("review").only("edition_id", *columns).order_by("pk"))


def instead_of(row: Published) -> Published | None:
    """The page to which readers of a withdrawn one are sent, while it is there to be read."""
    place = row.withdrawn_instead and (row.withdrawn_instead.moved_to or row.withdrawn_instead)
    return place if place and place.edition_id else None


def _corrections(edition: Edition, today: date) -> Iterator[Correction]:
    """Those of this page that it still announces, the newest first."""
    if edition.number == 1:
        return
    # By number of the article and in an order of its own: the usual order would ask for the article's title.
    found = Edition.objects.filter(article_id=edition.article_id, change_class=Edition.Change.CORRECTION)
    recent = found.filter(published_at__date__gt=today - timedelta(days=dates.CORRECTION_DAYS))
    for one in recent.order_by("-number").only("published_at", "change_note"):
        on = timezone.localdate(one.published_at)
        if dates.shows_correction(on, today):
            yield Correction(on, one.change_note)


def _also(row: Published, edition: Edition) -> tuple[Signature, ...]:
    """The other reviewers that the edition was published with. One query."""
    covers = edition.covers.exclude(review=row.review_id).select_related("review").defer("review__content")
    named = row.review.reviewer_id if row.review else None
    return tuple(
        _signature(cover.review)
        for cover in covers
        # An earlier signature of the one whose later one is printed above says nothing new.
        if cover.review.kind != Review.Kind.CLINICAL or cover.review.reviewer_id != named
    )


def _signature(review: Review) -> Signature:
    """As signed, for the page."""
    said = {"how": review.origin, "kind": review.kind, "scope": review.scope, "interests": review.declared}
    return Signature(**said, **{part: getattr(review, f"signed_{part}") for part in AS_SIGNED})
