"""The rows that the panel above the article form speaks of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles import news, policy, publishing, signoffs
from articles.admin import mending, scheduling
from articles.due import Terms
from articles.models import Article, Edition, Review, Schedule
from articles.news import News
from articles.refusals import Obstacle
from articles.signoffs import Kind

RETURNED = (Review.Answer.CHANGES_REQUESTED, Review.Answer.SUPERSEDED, Review.Answer.HANDED_ON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The rows that a panel speaks of."""

    article: Article
    edition: Edition | None
    online: bool
    same_words: bool
    same_medicine: bool  # as the latest edition
    kinds: tuple[Kind, ...]
    returned: tuple[Review, ...]
    signed: Review | None
    corrections: Review | None
    schedule: Schedule | None  # the newest
    at: datetime
    obstacles: tuple[Obstacle, ...]
    news: tuple[News, ...] = ()  # what waits for a decision
    under_way: tuple[News, ...] = ()  # about which a change was decided that is not online yet
    terms: Terms | None = None  # of its tier, where there is news
    unreviewed: bool = False  # words of an emergency stand online and wait for their second check

    @property
    def medicine_online(self) -> bool:
        """Whether readers see these medical words."""
        return self.online and self.same_medicine

    @property
    def asked(self) -> tuple[Review, ...]:
        """Everybody who was asked and has not answered."""
        return tuple(review for kind in self.kinds for review in kind.asked)


def look_up(article: Article, *, by: Any, at: datetime) -> Standing:
    """Read the rows. What may be published is publishing's to say."""
    words = article.content()
    edition = article.editions.select_related("closed_by", "published_by", "review").order_by("-number").first()
    online = edition if edition and not edition.closed_how else None
    stands = news.of_page(article) if online else []
    same_medicine = edition is not None and edition.digest == words.digest
    return Standing(
        article=article,
        edition=edition,
        online=online is not None,
        same_words=online is not None and online.full_hash == words.full_hash,
        same_medicine=same_medicine,
        kinds=tuple(signoffs.standing(article, words, at)),
        returned=tuple(_returned(article)),
        # A signature that is too old to publish with is still the signature of what is online.
        signed=publishing.covering_review(article, words, at) or (online.review if online and same_medicine else None),
        corrections=mending.waiting_corrections(article),
        schedule=scheduling.latest(article),
        at=at,
        obstacles=publishing.obstacles(article, by=by, at=at),
        news=tuple(one for one in stands if one.waits),
        under_way=tuple(one for one in stands if one.under_way),
        terms=policy.current().tiers[article.risk_tier] if stands else None,
        unreviewed=publishing.second_checks().filter(article=article).exists(),
    )


def _returned(article: Article) -> Iterator[Review]:
    """What came back, of each kind, as long as nobody was asked since."""
    latest = article.reviews.select_related("reviewer").defer("content").order_by("-pk")
    rows = list(latest.exclude(answer=Review.Answer.RECALLED))
    for review in rows:
        after = [one for one in rows if one.kind == review.kind and one.pk > review.pk]
        back = review.answered_at if review.answer in RETURNED else None
        if back and not any(one.requested_at >= back for one in after):
            yield review
