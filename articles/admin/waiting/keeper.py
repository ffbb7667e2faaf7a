"""Review dates, redactions to confirm, and mail that failed."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.admin import due_screens, standing
from articles.admin.desk import day
from articles.admin.waiting.pile import LIMIT, Pile, Waiting, cut
from articles.models import Message, Published, Redaction


def dates(user: Any) -> Pile | None:
    """Nothing for those whose desk begins with all of it."""
    if due_screens.comes_first(user):
        return None
    today = timezone.localdate()
    counts = _due_counts(today)
    listed = reverse("admin:articles_article_due")
    found = {
        "overdue": ngettext("%(count)d page is overdue", "%(count)d pages are overdue", counts["overdue"]),
        "soon": ngettext("%(count)d page is due soon", "%(count)d pages are due soon", counts["soon"]),
    }
    days = _("within %(days)d days") % {"days": standing.SOON}
    query = {"overdue": "when=overdue", "soon": f"due_from={today}&due_to={today + timedelta(days=standing.SOON)}"}
    rows = [
        Waiting(words % {"count": counts[key]}, f"{listed}?{query[key]}", days if key == "soon" else "")
        for key, words in found.items()
        if counts[key]
    ]
    return Pile(_("Review dates"), rows, _("No page is overdue, and none is due soon."))


def _due_counts(today: date) -> dict[str, int]:
    counts = {"overdue": standing.overdue(today), "soon": standing.due_soon(today)}
    due = Published.objects.live().filter(next_due__lte=today + timedelta(days=standing.SOON))
    return due.aggregate(**{key: Count("edition", filter=rule) for key, rule in counts.items()})


def redactions(user: Any) -> Pile:
    asked = Redaction.objects.filter(outcome="").exclude(asked_by=user).select_related("article", "asked_by")
    rows = [
        Waiting(
            redaction.article.title,
            reverse("admin:articles_redaction_confirm", args=[redaction.pk]),
            _("asked by %(name)s on %(on)s") % {"name": redaction.asked_by, "on": day(redaction.asked_at)},
        )
        for redaction in asked.order_by("asked_at", "pk")[: LIMIT + 1]
    ]
    rows, rest = cut(rows, reverse("admin:articles_redaction_changelist"))
    return Pile(_("Redactions to confirm"), rows, _("No redaction waits for you."), rest)


def failed_mail(user: Any) -> Pile:
    count = Message.objects.failed().count()
    words = ngettext("%(count)d message could not be delivered", "%(count)d messages could not be delivered", count)
    failed = Waiting(words % {"count": count}, f"{reverse('admin:articles_message_changelist')}?state=failed")
    return Pile(_("Mail"), [failed] if count else [], _("No message failed."))
