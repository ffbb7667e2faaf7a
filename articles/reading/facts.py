"""The facts of a public address, from the rows that the deeds wrote."""

from datetime import date

from articles.models import AS_SIGNED, Edition, Published, Review
from articles.page import Facts, Signature


def of(row: Published, edition: Edition, *, today: date) -> Facts:
    """What the public page of `edition` says beside its words."""
    return Facts(
        today=today,
        slug=row.slug,
        signature=_signature(row.review) if row.review else None,
        last_reviewed=row.last_reviewed_on,
        next_due=row.next_due,
        first_published=row.first_published_on,
        last_updated=row.last_updated_on,
        edition=edition.number,
        change=edition.get_change_class_display(),
        change_note=edition.change_note,
        condition=row.condition_name,
        is_demo=row.is_demo,
    )


def _signature(review: Review) -> Signature:
    return Signature(how=review.origin, **{part: getattr(review, f"signed_{part}") for part in AS_SIGNED})
