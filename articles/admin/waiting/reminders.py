"""Reminders that reached nobody, and pages that should be down: for those who keep dates, and for administrators."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import reminding, roles, withdrawing
from articles.admin.waiting.pile import LIMIT, Pile, Waiting, cut
from articles.models import Message, PolicyTerm, Reminder

NAMED = 3  # pages in one row


def undone(user: Any) -> Pile | None:
    """Nothing, where all who had to be told were."""
    # One query where nothing is the matter, as on most days.
    anybody = Exists(User.objects.filter(is_active=True, groups__name__in=roles.ROLES).exclude(email=""))
    rules = Exists(PolicyTerm.objects.filter(withdraw_after__isnull=False))
    signs = User.objects.filter(pk=user.pk).values_list(~anybody, rules, Exists(_failed()))
    rows = [
        row
        for sign, find in zip(signs.get(), (_nobody, _standing, _undelivered), strict=True)
        if sign
        for row in find()
    ]
    rows, rest = cut(rows, _overdue())
    return Pile(_("Reminders"), rows, "", rest) if rows else None


def for_administrators(user: Any) -> Pile | None:
    """The same, for whoever mends accounts and does not keep dates."""
    return None if roles.may(user, "keep_dates") else undone(user)


def _nobody() -> list[Waiting]:
    count = reminding.untold(timezone.localdate())
    if not count:
        return []
    words = ngettext(
        "%(count)d page is due and nobody could be told", "%(count)d pages are due and nobody could be told", count
    )
    meta = _("nobody with a mail address keeps dates, edits, publishes or administers")
    return [Waiting(words % {"count": count}, _overdue(), meta)]


def _standing() -> list[Waiting]:
    """Pages whose day had come yesterday and that nobody took down."""
    pages = withdrawing.come(on=timezone.localdate() - timedelta(days=1))
    words = ngettext(
        "%(count)d page should have been taken down by the policy",
        "%(count)d pages should have been taken down by the policy",
        len(pages),
    )
    return [Waiting(words % {"count": len(pages)}, _overdue())] if pages else []


def _undelivered() -> list[Waiting]:
    """By person: of which pages they were not told, because the mail failed or nobody knows whether it arrived."""
    messages = {row.pk: row for row in _failed().select_related("person").order_by("-pk")[: LIMIT + 1]}
    titles = defaultdict[int, dict[int, str]](dict)
    told = Reminder.objects.filter(message__in=list(messages)).order_by("due", "pk")
    for message, article, title in told.values_list("message", "article", "article__title"):
        titles[message][article] = title
    return [_row(row, titles[pk]) for pk, row in messages.items()]


def _failed() -> Any:
    return Message.objects.failed().filter(Exists(Reminder.objects.filter(message=OuterRef("pk"))))


def _row(row: Message, titles: dict[int, str]) -> Waiting:
    who = (
        _("%(who)s may not have been told of %(count)d pages")
        if len(titles) > 1
        else _("%(who)s may not have been told of a page")
    )
    shown = "; ".join([*list(titles.values())[:NAMED], *(["…"] if len(titles) > NAMED else [])])
    url = row.path if len(titles) > 1 else reverse("admin:articles_article_dates", args=[next(iter(titles))])
    return Waiting(who % {"who": row.person or row.mailbox, "count": len(titles)}, url, f"{shown}. {row.error}")


def _overdue() -> str:
    return f"{reverse('admin:articles_article_due')}?when=overdue"
