"""What somebody was asked to sign."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import roles
from articles.admin import asked
from articles.admin.waiting.pile import LIMIT, Pile, Waiting, cut, reviews


def waiting_for_me(user: Any) -> Pile:
    mine = reviews().defer(None).open().filter(reviewer__account=user)  # the words are compared
    everything = reverse("admin:articles_review_changelist") + "?answer__exact=&reviewer__id__exact="
    found, rest = cut(mine.order_by("requested_at", "pk")[: LIMIT + 1], everything)
    rest = f"{rest}{found[0].reviewer_id}" if rest else ""
    said = asked.told(found) if found else {}
    rows = [
        Waiting(
            review.article.title,
            reverse("admin:articles_review_read", args=[review.pk]),
            about=said[review.pk][0],
            meta=said[review.pk][1],
        )
        for review in found
    ]
    return Pile(_("Waiting for me"), rows, _("Nothing waits for your signature. Thank you."), rest)


def waiting_for_language(user: Any) -> Pile | None:
    """The same for somebody who signs for language only, and only when there is something."""
    mine = None if roles.may(user, "attest_article") else waiting_for_me(user)
    return mine if mine and mine.rows else None
