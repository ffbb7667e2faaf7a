"""What can be published, will be, or was published in an emergency."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import clock, publishing, roles
from articles.admin import standing
from articles.admin.desk import day
from articles.admin.waiting.pile import LIMIT, Pile, Waiting, cut
from articles.models import Review, Revision, Schedule


def second_checks(user: Any) -> Pile:
    """Pages changed in an emergency, for those who can get the check on its way, or were asked for it."""
    pages = publishing.second_checks().select_related("edition__published_by").defer("edition__content")
    if not (roles.may(user, "publish_article") or roles.may(user, "sign_language")):
        pages = pages.filter(article__in=Review.objects.open().filter(reviewer__account=user).values("article"))
    everything = reverse("admin:articles_article_changelist") + "?state=unreviewed"
    found, rest = cut(pages.order_by("unreviewed_since", "slug")[: LIMIT + 1], everything)
    rows = [
        Waiting(
            page.title,
            reverse("admin:articles_article_change", args=[page.article_id]),
            _("published by %(name)s in an emergency; unreviewed since %(on)s")
            % {"name": page.edition and page.edition.published_by, "on": day(page.unreviewed_since)},
        )
        for page in found
    ]
    return Pile(_("Second checks"), rows, "", rest)


def ready(user: Any) -> Pile:
    told = standing.told(standing.in_hand())
    lately = timezone.localdate() - timedelta(days=settings.ATTESTATION_DAYS)
    fresh = Review.objects.attested().clinical().filter(answered_at__date__gte=lately)
    counts = Exists(fresh.filter(article=OuterRef("pk"), digest=OuterRef("digest")))
    signed = told.filter((standing.STATES["signed"][1] & Q(counts, lacks_kind=False)) | standing.HOUSEKEEPING)
    unread = Review.objects.attested().filter(origin=Review.Origin.CORRECTION, acceptance=None)
    ready: Any = signed.exclude(pk__in=unread.filter(digest=F("article__digest")).values("article"))
    ready = ready.exclude(pk__in=Schedule.objects.waiting().values("article"))  # they stand in the next pile
    everything = reverse("admin:articles_article_changelist") + "?state=signed"
    found, rest = cut(ready.order_by("title", "pk")[: LIMIT + 1], everything)
    rows = [
        Waiting(row.title, reverse("admin:articles_article_publish", args=[row.pk]), _online_words(row))
        for row in found
    ]
    return Pile(_("Ready to publish"), rows, _("Nothing signed waits to be published."), rest)


def _online_words(row: Any) -> str:
    if not row.edition_number:
        return _("signed; not online")
    same = row.digest == row.edition_digest
    words = _("housekeeping; edition %(number)d is online") if same else _("signed; edition %(number)d is online")
    return words % {"number": row.edition_number}


def scheduled(user: Any) -> Pile:
    today = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("full_hash")[:1]
    rows = Schedule.objects.waiting().select_related("article", "by").annotate(words=Subquery(today))
    everything = reverse("admin:articles_schedule_changelist") + "?outcome__exact="
    found, rest = cut(rows.order_by("publish_at", "pk")[: LIMIT + 1], everything)
    waits = [Waiting(row.article.title, *_planned(row)) for row in found]
    return Pile(_("Scheduled"), waits, _("No publication is scheduled."), rest)


def _planned(row: Any) -> tuple[str, str]:
    words = _("%(when)s, by %(name)s")
    if row.words != row.full_hash:
        words = _("%(when)s, by %(name)s; will be refused: the words changed")
    elif row.publish_at <= timezone.now():
        words = _("%(when)s, by %(name)s; late: waits for the timed work")
    facts = {"when": clock.said(row.publish_at), "name": row.by}
    return reverse("admin:articles_article_change", args=[row.article_id]), words % facts
