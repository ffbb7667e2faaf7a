"""Who wrote which words, and whether a second person has seen them (design §5)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from articles.models import Article, Review, Revision

FIRST_HAND = (Review.Origin.REQUEST, Review.Origin.CORRECTION, Review.Origin.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Written:
    """One change of words: the revision it made and the account that made it."""

    number: int
    by_id: int
    corrected: bool = False  # by a reviewer, who signed it


def history(article: Article) -> list[Written]:
    """Every change of words, oldest first. One query."""
    rows = article.revisions.order_by("number").values_list("number", "by_id", "how")
    return [Written(number, by_id, how == Revision.How.CORRECTION) for number, by_id, how in rows]


def histories(articles: Collection[int]) -> dict[int, list[Written]]:
    """The same of many articles, by their numbers. One query."""
    found: dict[int, list[Written]] = {number: [] for number in articles}
    rows = Revision.objects.filter(article__in=articles).order_by("number")
    for article, number, by_id, how in rows.values_list("article", "number", "by_id", "how"):
        found[article].append(Written(number, by_id, how == Revision.How.CORRECTION))
    return found


def writers(changes: Iterable[Written], after: int, upto: int) -> set[int]:
    """Accounts that wrote revisions after `after`, up to and including `upto`."""
    return {change.by_id for change in changes if after < change.number <= upto}


def signer_id(review: Review) -> int | None:
    """The account of the person whose judgement the review is."""
    return review.answered_by_id if review.origin in FIRST_HAND else review.reviewer.account_id


def sound(article: Article, kind: str = Review.Kind.CLINICAL) -> list[Review]:
    """Attested reviews of one kind in which two people have seen every word, oldest first. Two queries.

    Each kind is counted by itself: to sign for plain language, too, takes somebody who did not write the words.
    """
    reviews = article.reviews.attested().filter(kind=kind).select_related("reviewer", "acceptance")
    return sound_among(reviews, history(article))


def sound_among(reviews: Iterable[Review], changes: Sequence[Written]) -> list[Review]:
    """The same, of the attested reviews of one kind of an article, and its changes."""
    seen_upto, found = 0, []
    for review in sorted(reviews, key=lambda r: (r.revision, r.answered_at, r.pk)):
        if _seen_by_two(review, writers(changes, seen_upto, review.revision)):
            seen_upto = max(seen_upto, review.revision)
            found.append(review)
    return found


def seen_upto(article: Article, kind: str = Review.Kind.CLINICAL) -> int:
    """The number of the last revision whose every word two people have seen; 0 if there is none."""
    return seen_upto_among(sound(article, kind))


def seen_upto_among(sound: Iterable[Review]) -> int:
    """The same, of an article's sound reviews of one kind."""
    return max((review.revision for review in sound), default=0)


def unseen_writers(article: Article, upto: int, kind: str = Review.Kind.CLINICAL) -> set[int]:
    """Accounts that wrote words since the last ones that two people have seen for this kind of review."""
    return writers(history(article), seen_upto(article, kind), upto)


def unseen_authors(article: Article, upto: int) -> set[int]:
    """Those of them who wrote otherwise than by correcting what they were asked to sign."""
    changes = [change for change in history(article) if not change.corrected]
    return writers(changes, seen_upto(article), upto)


def _seen_by_two(review: Review, authors: set[int]) -> bool:
    if review.origin == Review.Origin.CORRECTION or signer_id(review) in authors:
        accepted = getattr(review, "acceptance", None)
        return accepted is not None and accepted.by_id != signer_id(review)
    return True
