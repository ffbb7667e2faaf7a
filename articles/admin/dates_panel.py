"""What the dates panel of one article shows: its dates, why they are so, and everything that led to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import addresses, asking, recording, snoozing, wordings
from articles.admin import due_desk, standing
from articles.admin.dates_forms import FOR_ONE, OWN, TIERS, Assign, Cadence, DeedForm, Defer, OnBehalf, Prior, Snooze
from articles.due import Due, Why
from articles.models import Article, Edition, Message, Review

TIMELINE = 100  # entries; the whole of it has a list of its own
REMINDERS = 12


@dataclass(frozen=True, slots=True)
class Offer:
    """A form, or why it is not offered now."""

    form: DeedForm
    why_not: str = ""
    manuscript_says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One line of the history of reviews."""

    review: Review
    words: str
    dates_the_page: bool
    denied: bool = False
    denies: bool = False


def context(row: Any, by: User, form: DeedForm | None) -> dict[str, Any]:
    """Everything for the template, of a told article. `form` is one that could not be done as filled in."""
    today = timezone.localdate()
    edition = row.editions.open().first()
    dated = addresses.dated(row, edition) if edition else None
    return {
        "article": row,
        "state": standing.state_words(row),
        "edition": edition,
        "remark": due_desk.why(row.reviewer, today) if row.reviewer else "",
        "due": dated,
        "due_words": standing.due_words(row.next_due, today),
        "overdue": bool(row.next_due and row.next_due < today),
        "why": why(row, dated),
        "askable": asking.may_ask(by, online=bool(edition and edition.digest == row.digest)),
        "offers": offers(row, by, form, dated.due if dated else None),
        "seen": standing.seen(row),
        "reviews": history(row),
        "deferrals": row.deferrals.select_related("by"),
        "pause": snoozing.asleep(row, today),
        "reminders": reminders(row),
        "timeline": row.timeline.select_related("by")[:TIMELINE],
    }


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was told of the page, on which rung; `arrived` is None while the mail waits, and False where it failed."""

    who: str
    words: str
    at: datetime
    arrived: bool | None


def reminders(row: Article) -> list[Reminded]:
    """The latest. One query."""
    rows = row.reminders.select_related("person", "message").order_by("-pk")[:REMINDERS]
    return [
        Reminded(str(one.person or one.mailbox), wordings.said(one.rung), one.at, _arrived(one.message)) for one in rows
    ]


def _arrived(message: Message) -> bool | None:
    return True if message.sent_at else (None if message.next_at else False)


def why(row: Article, dated: addresses.Dated | None) -> str:
    """Why the page is due when it is, in one or two sentences."""
    if dated is None or dated.due.on is None:
        return ""
    due = dated.due
    months = ngettext("%(count)d month", "%(count)d months", due.months) % {"count": due.months}
    facts = {"months": months, "tier": row.get_risk_tier_display()}
    facts["day"] = formats.date_format(due.by_cadence) if due.by_cadence else ""
    if due.why == Why.EVENT and dated.known.event_since:
        facts["since"] = formats.date_format(dated.known.event_since)
        return _("News of %(since)s asks something of this page (risk tier %(tier)s).") % facts
    if dated.deferral:
        facts |= {"by": str(dated.deferral.by), "reason": dated.deferral.reason}
        facts["on"] = formats.date_format(timezone.localtime(dated.deferral.at))
        return _("Set by %(by)s on %(on)s: “%(reason)s” The cadence alone would say %(day)s.") % facts
    if row.cadence_months:
        return _("%(months)s after the last review: this page's own cadence.") % facts
    return _("%(months)s after the last review: its risk tier is %(tier)s.") % facts


def offers(row: Article, by: User, sent: DeedForm | None, due: Due | None) -> list[Offer]:
    """The forms that this person may use, with what was just sent in its place."""
    made = (_offer(row, sent if sent and sent.name == name else form(), due) for name, form in _mine(row, by, sent))
    return [offer for offer in made if offer]


def _mine(row: Article, by: User, sent: DeedForm | None) -> list[tuple[str, Any]]:
    return [(name, form) for name, form in FOR_ONE.items() if form.is_for(by, row) or type(sent) is form]


def _offer(row: Any, form: DeedForm, due: Due | None) -> Offer | None:
    try:
        if isinstance(form, Prior):
            recording.imported_words(row)
            return Offer(form, manuscript_says=_manuscript(row))
        if isinstance(form, OnBehalf):
            recording.page_online(row, at=timezone.now())
    except recording.NotRecorded as refused:
        # An earlier review can be recorded once in the life of a page; of the other, say why it can not be now.
        return Offer(form, why_not=str(refused)) if form.is_bound or not isinstance(form, Prior) else None
    if isinstance(form, Defer | Snooze) and not row.next_due:
        return None
    if isinstance(form, Snooze) and due:
        return _pause(form, snoozing.limit_of(row, due, timezone.localdate()))
    if isinstance(form, Assign):
        form.initial = {"reviewer": row.reviewer_id}
    if isinstance(form, Cadence):
        form.initial = {"tier": row.risk_tier, "cadence": OWN if row.cadence_months else TIERS}
        form.initial["months"] = row.cadence_months
    return Offer(form)


def _pause(form: Snooze, limit: snoozing.Limit) -> Offer:
    """How long it can be paused is said before a day is chosen, and also that it can not be any more."""
    if not limit.has_passed:
        form.show(limit)
    return Offer(form, why_not=limit.said if limit.has_passed else "")


def _manuscript(row: Article) -> tuple[str, ...]:
    """What the imported document says of reviews and dates, word for word; nobody is to take it for more."""
    said = row.manuscripts.order_by("at", "pk").values_list("said", flat=True).first() or {}
    review, days = said.get("review") or {}, said.get("dates") or []
    printed = [f"{day.get('label') or _('no label')}: {day['as_printed']}" for day in days if day.get("as_printed")]
    return tuple(filter(None, (review.get("statement"), *printed)))


def history(row: Any) -> list[Reviewed]:
    """Every review that was asked for or recorded, latest first, and which words it was of. Three queries."""
    numbers: dict[str, list[int]] = {}
    for digest, number in Edition.objects.filter(article=row).order_by("number").values_list("digest", "number"):
        numbers.setdefault(digest, []).append(number)
    people = ("reviewer", "requested_by", "answered_by", "acceptance__by", "corrects")
    reviews = list(row.reviews.select_related(*people).defer("content", "corrects__content").prefetch_related("papers"))
    recalled = (r for r in reviews if r.corrects and r.answer == Review.Answer.RECALLED)
    denials = {r.pk: r.corrects_id for r in recalled if r.corrects and r.corrects.origin in Review.BY_STAFF}
    return [
        Reviewed(
            r,
            _which(r, row, numbers.get(r.digest, [])),
            r.pk == row.review_id,
            denied=r.pk in denials.values(),
            denies=r.pk in denials,
        )
        for r in reviews
    ]


def _which(review: Review, row: Article, numbers: list[int]) -> str:
    if numbers:
        listed = ", ".join(map(str, numbers))
        return ngettext("edition %(numbers)s", "editions %(numbers)s", len(numbers)) % {"numbers": listed}
    return _("today's working text") if review.digest == row.digest else _("earlier words, never published")
