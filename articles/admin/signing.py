"""What is said with a signature: what was checked, and which interests there are to declare."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.models import AS_SIGNED, Review, Reviewer
from articles.page import Signature
from articles.refusals import Refused
from articles.reviewing import Signing, are_online


class ScopeMissing(Refused):
    """Nothing says whether the whole page was checked, or the changes. We never choose for a reviewer."""


class InterestsMissing(Refused):
    """Nobody's silence is taken for having no interests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the screen offers to sign, and what was filled in. Without `base` there is only the whole page."""

    signature: Signature
    base: Review | None
    changes: int  # since the words of `base`
    scope: str
    interests: str


def offer(request: HttpRequest, review: Review, base: Review | None, changes: int, digest: str) -> Offer:
    """The choices for a signature under the words with this digest. Two queries at most."""
    typed = request.POST.get("interests")
    apart = base is not None and bool(changes) and not are_online(review, digest)
    return Offer(
        signature=Signature(**{part: getattr(review.reviewer, part) for part in AS_SIGNED}),
        base=base if apart else None,
        changes=changes,
        scope=request.POST.get("scope", "") if apart else Review.Scope.FULL,
        interests=proposed(review.reviewer) if typed is None else typed,
    )


def offer_whole(request: HttpRequest, reviewer: Reviewer) -> Offer:
    """The same for the whole page, without a request."""
    typed = request.POST.get("interests")
    return Offer(
        signature=Signature(**{part: getattr(reviewer, part) for part in AS_SIGNED}),
        base=None,
        changes=0,
        scope=Review.Scope.FULL,
        interests=proposed(reviewer) if typed is None else typed,
    )


def said(request: HttpRequest) -> Signing:
    """What was filled in. Raises ScopeMissing, InterestsMissing."""
    scope = request.POST.get("scope", "")
    if scope not in Review.Scope.values:
        raise ScopeMissing(_("Say what you have checked: the whole page, or the changes."))
    return Signing(scope=scope, interests=said_interests(request))


def said_interests(request: HttpRequest) -> str:
    """The interests that were filled in, as they are stored. Raises InterestsMissing."""
    interests = request.POST.get("interests", "").strip()
    if not interests:
        raise InterestsMissing(_("Declare your interests. If there are none, write “None”."))
    return stored(interests)


def proposed(reviewer: Reviewer) -> str:
    """The interests on record, else those that the same person declared last."""
    known = reviewer.interests
    if not known:
        mine: Any = Review.objects.attested().filter(reviewer=reviewer).exclude(interests="")
        known = mine.order_by("-answered_at", "-pk").values_list("interests", flat=True).first() or ""
    return _("None") if known == Review.NO_INTERESTS else known


def stored(typed: str) -> str:
    """Interests as they were typed, as they are stored: "None", however it is written, is the word for that."""
    none = typed.strip().casefold().rstrip(".") in {Review.NO_INTERESTS, _("None").casefold()}
    return Review.NO_INTERESTS if none else typed.strip()
