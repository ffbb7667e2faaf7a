"""The bin: where a draft goes that nobody wants, and from where it can always be brought back."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import drafting, notices, plans, reviewing, roles
from articles.models import Article, Review
from articles.refusals import Refused
from articles.timeline import What, note


class NotForTheBin(Refused):
    """Readers have seen this page, or it is there already."""


@transaction.atomic
def bin_draft(article: Article, *, by: User, at: datetime, reason: str = "") -> Article:
    """Put a draft that was never published in the bin; open requests are recalled. Raises NotForTheBin, InBin."""
    roles.require(by, "change_article")
    article = drafting.lock(article)
    if article.editions.exists():
        raise NotForTheBin(_("Readers have seen this page. It can only be withdrawn, so that its address says why."))
    for review in Review.objects.open().filter(article=article).select_related("reviewer__account"):
        _recall(review, article, by=by, at=at)
    plans.drop(article, by=by, at=at, why=_("The draft was put in the bin."))
    article.binned_at, article.binned_by = at, by
    article.save(update_fields=["binned_at", "binned_by"])
    note(article, What.BINNED, by=by, at=at, detail=reason.strip())
    return article


@transaction.atomic
def unbin(article: Article, *, by: User, at: datetime) -> Article:
    """Take it out again, with every word and revision that it had. Raises NotForTheBin."""
    roles.require(by, "change_article")
    article = drafting.lock(article, binned=True)
    if not article.binned_at:
        raise NotForTheBin(_("This article is not in the bin."))
    article.binned_at = article.binned_by = None
    article.save(update_fields=["binned_at", "binned_by"])
    note(article, What.UNBINNED, by=by, at=at)
    return article


def _recall(review: Review, article: Article, *, by: User, at: datetime) -> None:
    reason = _("The draft was put in the bin.")
    review.answer_with(Review.Answer.RECALLED, by=by, at=at, reason=reason)
    reviewing.note_deed(review, What.RECALLED, by=by, at=at, detail=reason)
    subject = _("No need to review “%(title)s” now") % {"title": article.title}
    notices.tell(review.reviewer.account, subject, reason, kind=notices.Kind.DIGEST)
