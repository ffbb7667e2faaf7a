"""The review policy: what counts now, what another one would do, and setting it, which moves due dates at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from articles import due, events, roles
from articles.models import Article, PolicyTerm, Published, Reliance, ReviewPolicy, TimelineEntry
from articles.models.dating import moved
from articles.refusals import ReasonNeeded, Refused

LONGEST = 120  # months; what any policy may say
LONGEST_DAYS = 730
MANY = 1000  # articles that one statement names


class NotSet(Refused):
    """A policy that can not be; the sentence says why."""


class PolicyNeedsReason(ReasonNeeded, NotSet):
    """Everybody's dates move: everybody may ask why."""


class StalePolicy(NotSet):
    """Somebody else set another policy meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A policy that somebody has written, and the number of the one that counted then; 0: the settings."""

    terms: due.Policy
    base: int
    lead: User | None = None
    mailbox: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What another policy would do today: counts of pages, of all tiers or of one, named as `affected` names them."""

    pages: int = 0
    moved: int = 0
    newly_overdue: int = 0
    no_longer_overdue: int = 0
    overdue: int = 0
    would_be_withdrawn: int = 0
    by_tier: Mapping[str, "Effect"] = field(default_factory=dict)


def current() -> due.Policy:
    """What counts now. Two queries."""
    return ReviewPolicy.objects.current()


def settle(articles: Collection[int] | None = None) -> int:
    """Bring stored due dates, by default all, in line with news, rows and policy. Returns how many were not.

    It locks the articles that it finds wrong, in their order: whoever has sealed something must hold them already.
    """
    count, wrong = 0, unsettled(articles)
    for start in range(0, len(wrong), MANY):
        some = wrong[start : start + MANY]
        with transaction.atomic():
            list(Article.objects.select_for_update().filter(pk__in=some).order_by("pk").values_list("pk"))
            events.follow(some)  # asked once more under the lock: a deed may have come between
            count += Published.objects.filter(article__in=some).settle(current())
    return count


def unsettled(articles: Collection[int] | None = None) -> list[int]:
    """Articles, of these or of all, whose page has other dates than follow from news, rows and policy, in order."""
    if articles is not None and len(articles) > MANY:
        articles = None  # to ask about all is faster, and no engine takes so long a list
    rows = Published.objects.live()
    rows = rows if articles is None else rows.filter(article__in=articles)
    wrong = rows.unsettled(current()).order_by().values_list("article", flat=True)
    return sorted({*events.unheard(articles), *wrong})


def hear(sources: Collection[int]) -> None:
    """News about these sources was committed: the pages that lean on them may be due earlier, or later again."""
    found = Reliance.objects.filter(source__in=sources).order_by().values_list("article", flat=True)
    pages = set(found.distinct()[: MANY + 1])
    if pages:
        settle(pages)


def settle_all(*, at: datetime) -> str:
    """The same as timed work, for what a killed process left behind. Returns what was done."""
    return _("%(count)d due dates brought in line") % {"count": settle()}


def preview(policy: due.Policy, *, on: date) -> Effect:
    """What this policy would do on that day. One query."""
    rules = _rules(policy, on)
    rows = Published.objects.live().derived(policy).order_by().values("risk_tier")
    rows = rows.annotate(**{f"n_{name}": Count("pk", filter=rule) for name, rule in rules.items()})
    tiers = {row["risk_tier"]: Effect(**{name: row[f"n_{name}"] for name in rules}) for row in rows}
    sums = {name: sum(getattr(one, name) for one in tiers.values()) for name in rules}
    return Effect(**sums, by_tier=tiers)


def affected(policy: due.Policy, what: str, *, on: date) -> Any:
    """The pages that one number of the preview counts, with `due`; those that would be due first come first."""
    return Published.objects.live().derived(policy).filter(_rules(policy, on)[what]).order_by("due", "title", "pk")


def _rules(policy: due.Policy, on: date) -> dict[str, Q]:
    taken = Q(pk=None)
    for tier, terms in policy.tiers.items():
        if terms.withdraw_after is not None:
            taken |= Q(risk_tier=tier, due__lt=due.days_before(on, terms.withdraw_after))
    return {
        "pages": Q(edition__isnull=False),
        "moved": moved(),
        "newly_overdue": Q(due__lt=on) & (Q(next_due=None) | Q(next_due__gte=on)),
        "no_longer_overdue": Q(next_due__lt=on) & (Q(due=None) | Q(due__gte=on)),
        "overdue": Q(due__lt=on),
        "would_be_withdrawn": taken,
    }


@transaction.atomic
def adopt(draft: Draft, *, reason: str, by: User, at: datetime) -> ReviewPolicy:
    """Set this policy, if the one that it takes the place of still counts. Raises StalePolicy, and like set_policy."""
    roles.require(by, "set_policy")
    _hold_pages()  # who comes second waits here, and then sees the first one's
    if number() != draft.base:
        raise StalePolicy(_("Somebody set another policy meanwhile. Look at it, then decide again."))
    return set_policy(draft.terms, reason=reason, by=by, at=at, lead=draft.lead, mailbox=draft.mailbox)


def number() -> int:
    """The number of the policy that counts now; 0 while none was set, and settings count."""
    return ReviewPolicy.objects.aggregate(last=Max("pk"))["last"] or 0


@transaction.atomic
def set_policy(
    policy: due.Policy, *, reason: str, by: User, at: datetime, lead: User | None = None, mailbox: str = ""
) -> ReviewPolicy:
    """Let this count from now on; all due dates move with it. Raises NotSet, NotAllowed."""
    check(policy, reason=reason, by=by, lead=lead, mailbox=mailbox)
    _hold_pages()
    row: ReviewPolicy = ReviewPolicy.objects.create(
        maximum_months=policy.maximum_months, lead=lead, mailbox=mailbox, reason=reason.strip(), by=by, at=at
    )
    PolicyTerm.objects.bulk_create(
        PolicyTerm(
            policy=row,
            tier=tier,
            months=terms.months,
            event_days=terms.event_days,
            grace_days=terms.grace_days,
            withdraw_after=terms.withdraw_after,
        )
        for tier, terms in policy.tiers.items()
    )
    TimelineEntry.objects.create(what=TimelineEntry.What.POLICY_SET, by=by, at=at, detail=reason.strip())
    Published.objects.live().settle(policy)
    return row


def _hold_pages() -> None:
    """All articles online before the first seal: who locks one after the other could wait for ever."""
    online = Article.objects.select_for_update(of=("self",)).filter(addresses__edition__isnull=False)
    list(online.order_by("pk").values_list("pk"))


def _require_withdrawing(policy: due.Policy, by: User) -> None:
    itself = any(terms.withdraw_after is not None for terms in policy.tiers.values())
    if itself and not roles.may(by, "withdraw_article"):
        raise roles.NotAllowed(
            _("This policy takes pages down by itself. Only who may take a page down can set it: ask a publisher.")
        )


def check(policy: due.Policy, *, reason: str, by: User, lead: User | None = None, mailbox: str = "") -> None:
    """Whether it can be a policy and this person may set it: who lets pages be taken down by themselves must be allowed
    to take one down. Raises NotSet, NotAllowed."""
    roles.require(by, "set_policy")
    _require_withdrawing(policy, by)
    if not reason.strip():
        raise PolicyNeedsReason(_("Say why the policy is changed."))
    if set(policy.tiers) != set(Article.Tier.values):
        raise NotSet(_("A policy says something of each risk tier."))
    if not 1 <= policy.maximum_months <= LONGEST:
        raise NotSet(_("The maximum is between 1 and %(most)d months.") % {"most": LONGEST})
    for tier, terms in policy.tiers.items():
        name = {"tier": Article.Tier(tier).label, "most": policy.maximum_months, "days": LONGEST_DAYS}
        if not 1 <= terms.months <= policy.maximum_months:
            raise NotSet(_("%(tier)s: between 1 month and the maximum of %(most)d months.") % name)
        for days in (terms.event_days, terms.grace_days, terms.withdraw_after or 0):
            if not 0 <= days <= LONGEST_DAYS:
                raise NotSet(_("%(tier)s: between 0 and %(days)d days.") % name)
        if terms.withdraw_after is not None and terms.withdraw_after <= terms.grace_days:
            raise NotSet(_("%(tier)s: a page says that it is due before it is taken down.") % name)
    if lead is not None and not lead.is_active:
        raise NotSet(_("Whoever is told about overdue pages must have an account that is open."))
    if mailbox and (owner := User.objects.filter(is_active=True, email__iexact=mailbox).first()):
        told = _("%(address)s is the address of %(name)s, who would get two digests a day. Name another mailbox.")
        raise NotSet(told % {"address": mailbox, "name": owner.get_full_name() or owner.get_username()})
