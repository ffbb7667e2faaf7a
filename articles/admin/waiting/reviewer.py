"""What somebody was asked to sign, and which pages are theirs to read again."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import events, reaffirming, roles
from articles.admin import asked, signing, standing
from articles.admin.waiting.pile import LIMIT, Pile, Statement, Waiting, cut, reviews
from articles.models import Published, Reviewer

# The words online, where pages are asked for.
DUE = {"article": OuterRef("article"), "digest": OuterRef("edition__digest")}
DUE |= {"answered_at__gte": OuterRef("edition__published_at")}


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


def my_pages(user: Any) -> Pile | None:
    """Pages that are this reviewer's and due within 60 days: those assigned, and those without anybody assigned that
    this reviewer signed last. What needs no more than a signature can be signed in place."""
    today = timezone.localdate()
    mine = Q(reviewer__account=user) | Q(reviewer=None, review__reviewer__account=user)
    pages = Published.objects.live().filter(mine)
    due = pages.filter(next_due__lte=today + timedelta(days=standing.SOON)).order_by("next_due", "slug")
    due = due.annotate(signed=Exists(reaffirming.signed_on(today, account=user, words=DUE)))
    due = due.annotate(number=F("edition__number"), digest=F("edition__digest"), draft=F("article__digest"))
    found, rest = cut(due[: LIMIT + 1], reverse("admin:articles_article_due") + "?reviewer=me")
    if not found and not pages.exists():
        return None
    me = Reviewer.objects.filter(account=user).first() if found else None
    interests = signing.proposed(me) if me and me.may_sign_medicine(today) else None
    # Asked anew: the pages' own rows hear of sources with the next timed work.
    news = events.since([page.article_id for page in found]) if found else {}
    rows = [_due_page(page, interests, news.get(page.article_id)) for page in found]
    none = _("None of your pages is due within %(days)d days.") % {"days": standing.SOON}
    return Pile(_("My pages due"), rows, none, rest)


def _due_page(page: Any, interests: str | None, news_since: date | None) -> Waiting:
    """Beside news, and where the draft differs, a signature in place would be one too quickly given."""
    today = timezone.localdate()
    news = news_since is not None and news_since <= today
    said = standing.due_words(page.next_due, today)
    if news:
        said = _("%(due)s; there is news about it") % {"due": said}
    elif page.signed:
        said = _("%(due)s; you signed it today") % {"due": said}
    elif page.digest != page.draft:
        said = _("%(due)s; its text is being changed") % {"due": said}
    simple = interests is not None and not news and not page.signed and page.digest == page.draft
    statement = Statement(page.number, page.digest, reverse("reading:article", args=[page.slug]), interests or "")
    there = reverse("admin:articles_article_confirm", args=[page.article_id])
    return Waiting(page.title, there, said, statement=statement if simple else None)
