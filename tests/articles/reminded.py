"""Pages that are due when a test wants them, and what people were told."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from articles import due, policy
from articles.models import Article, Message, Published, Reminder
from tests import cast

DUE = date(2027, 11, 2)  # of a page that was reviewed at cast.NOON, in the standard tier


def day(days: float) -> Any:
    """Noon so many days after the page is due."""
    return cast.later(days=(DUE - date(2026, 11, 2)).days + days)


def page(title: str = "Acute example disease") -> Article:
    """Reviewed by Rosa and online; everybody is there."""
    cast.cast()
    article = cast.published(cast.draft(cast.words(title))).article
    Published.objects.get(article=article, next_due=DUE)
    return article


def rungs() -> list[tuple[str, str]]:
    """Who was told which rung, in order."""
    rows = Reminder.objects.order_by("pk").select_related("person")
    return [(row.person.username if row.person else row.mailbox, row.rung) for row in rows]


def bodies(name: str) -> str:
    return "\n".join(Message.objects.filter(person__username=name).values_list("body", flat=True))


def rules(*, withdraw_after: int | None = None, lead: User | None = None, mailbox: str = "") -> Any:
    """Paula sets a policy: the usual one, and these."""
    now = policy.current()
    tiers = {
        tier: due.Terms(months=one.months, event_days=one.event_days, withdraw_after=withdraw_after)
        for tier, one in now.tiers.items()
    }
    made = due.Policy(tiers=tiers, maximum_months=now.maximum_months)
    paula = cast.cast().paula
    return policy.set_policy(
        made, reason="So that no page goes stale.", by=paula, at=cast.NOON, lead=lead, mailbox=mailbox
    )


def on(days: float) -> date:
    return timezone.localdate(day(days))


WEEK = timedelta(days=7)
