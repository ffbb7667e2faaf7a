"""What the dates panel of one article shows: its dates, why they are so, and everything that led to them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import addresses, recording, roles
from articles.admin import standing
from articles.admin.dates_forms import FOR_ONE, OWN, TIERS, Cadence, DeedForm, Defer, OnBehalf, Prior
from articles.models import Article, Edition, Review

TIMELINE = 100  # entries; the whole of it has a list of its own


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


def context(row: Any, by: User, form: DeedForm | None) -> dict[str, Any]:
    """Everything for the template, of a told article. `form` is one that could not be done as filled in."""
    today = timezone.localdate()
    edition = row.editions.open().first()
    due = addresses.due(row, edition) if edition else None
    return {
        "article": row,
        "state": standing.state_words(row),
        "edition": edition,
        "due": due,
        "due_words": standing.due_words(row.next_due, today),
        "overdue": bool(row.next_due and row.next_due < today),
        "why": why(row, due),
        "offers": offers(row, by, form),
        "seen": standing.seen(row),
        "reviews": history(row),
        "deferrals": row.deferrals.select_related("by"),
        "timeline": row.timeline.select_related("by")[:TIMELINE],
    }


def why(row: Article, due: addresses.Due | None) -> str:
    """Why the page is due when it is, in one or two sentences."""
    if due is None or due.by_cadence is None:
        return ""
    months = ngettext("%(count)d month", "%(count)d months", due.months) % {"count": due.months}
    facts = {"months": months, "tier": row.get_risk_tier_display(), "day": formats.date_format(due.by_cadence)}
    if due.deferral:
        facts |= {"by": str(due.deferral.by), "reason": due.deferral.reason}
        facts["on"] = formats.date_format(timezone.localtime(due.deferral.at))
        return _("Set by %(by)s on %(on)s: “%(reason)s” The cadence alone would say %(day)s.") % facts
    if row.cadence_months:
        return _("%(months)s after the last review: this page's own cadence.") % facts
    return _("%(months)s after the last review: its risk tier is %(tier)s.") % facts


def offers(row: Article, by: User, sent: DeedForm | None) -> list[Offer]:
    """The forms that this person may use, with what was just sent in its place."""
    made = (_offer(row, sent if sent and sent.name == name else form()) for name, form in _mine(row, by))
    return [offer for offer in made if offer]


def _mine(row: Article, by: User) -> list[tuple[str, Any]]:
    return [(name, form) for name, form in FOR_ONE.items() if roles.may(by, form.permission)]


def _offer(row: Any, form: DeedForm) -> Offer | None:
    try:
        if isinstance(form, Prior):
            recording.imported_words(row)
            return Offer(form, manuscript_says=_manuscript(row))
        if isinstance(form, OnBehalf):
            recording.page_online(row, at=timezone.now())
    except recording.NotRecorded as refused:
        # An earlier review can be recorded once in the life of a page; of the other, say why it can not be now.
        return Offer(form, why_not=str(refused)) if form.is_bound or not isinstance(form, Prior) else None
    if isinstance(form, Defer) and not row.next_due:
        return None
    if isinstance(form, Cadence):
        form.initial = {"tier": row.risk_tier, "cadence": OWN if row.cadence_months else TIERS}
        form.initial["months"] = row.cadence_months
    return Offer(form)


def _manuscript(row: Article) -> tuple[str, ...]:
    """What the imported document says of reviews and dates, word for word; nobody is to take it for more."""
    said = row.manuscripts.order_by("at", "pk").values_list("said", flat=True).first() or {}
    review, days = said.get("review") or {}, said.get("dates") or []
    printed = [f"{day.get('label') or _('no label')}: {day['as_printed']}" for day in days if day.get("as_printed")]
    return tuple(filter(None, (review.get("statement"), *printed)))


def history(row: Any) -> list[Reviewed]:
    """Every review that was asked for or recorded, latest first, and which words it was of. Two queries."""
    numbers: dict[str, list[int]] = {}
    for digest, number in Edition.objects.filter(article=row).order_by("number").values_list("digest", "number"):
        numbers.setdefault(digest, []).append(number)
    reviews = row.reviews.select_related("reviewer", "requested_by", "answered_by", "acceptance__by").defer("content")
    return [Reviewed(r, _which(r, row, numbers.get(r.digest, [])), r.pk == row.review_id) for r in reviews]


def _which(review: Review, row: Article, numbers: list[int]) -> str:
    if numbers:
        listed = ", ".join(map(str, numbers))
        return ngettext("edition %(numbers)s", "editions %(numbers)s", len(numbers)) % {"numbers": listed}
    return _("today's working text") if review.digest == row.digest else _("earlier words, never published")
