"""Which review the words online stand on: their own, or, after an emergency, that of the words before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from articles import contributions, dates
from articles.models import Article, Edition, Review


@dataclass(frozen=True, slots=True)
class Line:
    """The full review that dates a page, and since when words stand on it that no reviewer has signed yet."""

    review: Review | None
    unreviewed_since: datetime | None = None


def line(editions: Sequence[Edition], sound: Sequence[Review]) -> Line:
    """The line of the last of these editions (oldest first). `sound` are reviews that two people stand behind.

    It does not reach back beyond a withdrawal: words that were taken down lend their date to no others.
    """
    since, until = None, None
    for place in range(len(editions) - 1, -1, -1):
        edition = editions[place]
        if until and edition.closed_how == Edition.Closed.WITHDRAWN:
            break
        # Who attested old words after others had taken their place did not read what readers saw from then on.
        known = [r for r in sound if until is None or settled_at(r) <= until]
        if not edition.emergency_reason or second_check(editions[: place + 1], known):
            found = dates.last_full(edition.digest, [review.attestation() for review in known])
            if found:
                return Line(next(r for r in known if r.pk == found.review_id), since)
        since = edition.published_at if edition.emergency_reason else since
        until = edition.published_at
    return Line(None, since)


def second_check(editions: Sequence[Edition], sound: Sequence[Review]) -> Review | None:
    """The review that has answered for the last of these editions, published in an emergency; None until it has."""
    rushed = _beginning(editions)
    answers = (review for review in sound if review.digest == rushed.digest and _answers(review, rushed))
    return max((review for review in answers if _ends_a_line(review, sound)), key=settled_at, default=None)


def rushed_by(article: Article, digest: str) -> int | None:
    """The account that published these words in an emergency, while they wait for their second check."""
    editions = list(article.editions.order_by("number").defer("content"))
    # Most pages were never published so, and then nobody need look for a second check.
    return rushed_among(editions, digest, contributions.sound(article)) if _rushed(editions, digest) else None


def rushed_among(editions: Sequence[Edition], digest: str, sound: Sequence[Review]) -> int | None:
    """The same, of an article's editions (oldest first) and sound reviews."""
    if not _rushed(editions, digest) or second_check(editions, sound):
        return None
    return _beginning(editions).published_by_id


def _rushed(editions: Sequence[Edition], digest: str) -> bool:
    online = editions[-1] if editions and not editions[-1].closed_how else None
    return online is not None and bool(online.emergency_reason) and online.digest == digest


def settled_at(review: Review) -> datetime:
    """When a review came to count: with the signature, or with the acceptance of corrections."""
    accepted = getattr(review, "acceptance", None)
    return accepted.at if accepted else review.answered_at or review.requested_at


def _beginning(editions: Sequence[Edition]) -> Edition:
    """The emergency edition itself, where housekeeping editions of the same words have followed it."""
    found = editions[-1]
    for before in reversed(editions[:-1]):
        superseded = before.closed_how == Edition.Closed.SUPERSEDED
        if not (superseded and before.emergency_reason and before.digest == found.digest):
            break
        found = before
    return found


def _ends_a_line(review: Review, sound: Sequence[Review]) -> bool:
    """Whether the whole page was read when this was signed: by this review, or step by step up to it.

    Who checked changes of words that nobody had signed whole has not answered for the page.
    """
    known = [one.attestation() for one in sound if settled_at(one) <= settled_at(review)]
    return dates.last_full(review.digest, known) is not None


def _answers(review: Review, rushed: Edition) -> bool:
    """Whether somebody else than who published them has read the words since."""
    if settled_at(review) < rushed.published_at:
        return False
    accepted = getattr(review, "acceptance", None)
    if accepted and accepted.by_id != rushed.published_by_id:
        return True
    return rushed.published_by_id not in {contributions.signer_id(review), review.answered_by_id}
