"""What must hold of the reviews that cover editions, told from the rows in another way than the deeds tell it."""

from datetime import date

from articles import contributions
from articles.models import Review


def check_covers(article):
    """Every review that an edition names was of its words, sound, and given before; the first is the edition's own."""
    for edition in article.editions.all():
        named = [cover.review for cover in edition.covers.select_related("review")]
        assert named[:1] == [edition.review] if edition.review else not named
        assert [one.kind for one in named] == sorted((one.kind for one in named), key=lambda kind: kind != "clinical")
        for review in named:
            assert (review.answer, review.digest) == ("attested", edition.digest)
            assert review.answered_at <= edition.published_at
            assert review in contributions.sound(article, review.kind)
            assert review.kind == "clinical" or review.answered_by_id not in unread_writers(review)


def unread_writers(review):
    earlier = Review.objects.filter(article=review.article, kind=review.kind, answer="attested", pk__lt=review.pk)
    upto = max([0, *(one.revision for one in earlier if one.revision <= review.revision)])
    between = review.article.revisions.filter(number__gt=upto, number__lte=review.revision)
    return set(between.values_list("by", flat=True))


def last_full(reviews, digest, upto=date.max, seen=()):
    """The full review at the start of the line, by walking every way back: dates.last_full, told in another way."""
    here = [review for review in reviews if review.digest == digest and review.reviewed_on <= upto]
    found = [review for review in here if review.scope == "full"]
    for step in here:
        if step.scope == "changes" and (step.base_digest, step.reviewed_on) not in seen:
            more = (*seen, (step.base_digest, step.reviewed_on))
            found.append(last_full(reviews, step.base_digest, step.reviewed_on, more))
    return max(filter(None, found), key=lambda review: (review.reviewed_on, review.pk), default=None)
