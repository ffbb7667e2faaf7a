"""A review policy in sentences, and what another one changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.due import Policy, Terms
from articles.models import Article, ReviewPolicy


@dataclass(frozen=True, slots=True)
class Version:
    """One policy of the history: the row, and what it changed, in sentences."""

    row: ReviewPolicy
    changes: list[str]


def history(rows: Sequence[ReviewPolicy], before: ReviewPolicy | None) -> list[Version]:
    """These policies, newest first, each against the one before it; `before` is the one before the last of them."""
    older = [*rows[1:], before] if rows else []
    return [Version(row, changes(row, last) if last else whole(row)) for row, last in zip(rows, older, strict=True)]


def whole(row: ReviewPolicy) -> list[str]:
    """Everything that it says: the first policy changed whatever the settings said."""
    value = row.value()
    return [*(terms(tier, value) for tier in Article.Tier), *_others(row, None)]


def terms(tier: Article.Tier, policy: Policy) -> str:
    """What it says of one tier, in one sentence."""
    said = policy.tiers[tier]
    facts = {"tier": tier.label, "months": _months(said.months), "event": _days(said.event_days)}
    facts |= {"grace": _days(said.grace_days), "down": _down(said)}
    return _("%(tier)s: every %(months)s; due %(event)s after news; %(grace)s of grace; %(down)s.") % facts


def changes(row: ReviewPolicy, before: ReviewPolicy) -> list[str]:
    """What differs from the policy before it."""
    new, old, found = row.value(), before.value(), []
    for tier in Article.Tier:
        parts = list(_differences(new.tiers[tier], old.tiers[tier]))
        if parts:
            found.append(_("%(tier)s: %(changes)s.") % {"tier": tier.label, "changes": "; ".join(parts)})
    return [*found, *_others(row, before)] or [_("Nothing but the reason.")]


def _differences(new: Terms, old: Terms) -> Any:
    pairs = [
        (_("%(new)s between reviews, not %(old)s"), _months(new.months), _months(old.months)),
        (_("due %(new)s after news, not %(old)s"), _days(new.event_days), _days(old.event_days)),
        (_("%(new)s of grace, not %(old)s"), _days(new.grace_days), _days(old.grace_days)),
        ("%(new)s", _down(new), _down(old)),
    ]
    return (words % {"new": now, "old": was} for words, now, was in pairs if now != was)


def _others(row: ReviewPolicy, before: ReviewPolicy | None) -> list[str]:
    found = []
    if before is None or row.maximum_months != before.maximum_months:
        found.append(_("No page goes unread for more than %(most)s.") % {"most": _months(row.maximum_months)})
    if row.lead_id != (before.lead_id if before else None):
        found.append(_("Lead: %(name)s.") % {"name": row.lead or _("nobody")})
    if row.mailbox != (before.mailbox if before else ""):
        found.append(_("Mailbox: %(mailbox)s.") % {"mailbox": row.mailbox or _("none")})
    return found


def _down(said: Terms) -> str:
    if said.withdraw_after is None:
        return _("never taken down by itself")
    return _("taken down %(days)s after the due date") % {"days": _days(said.withdraw_after)}


def _months(count: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
