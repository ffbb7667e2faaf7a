"""Where articles stand and when their pages are due: asked of the database in one query, told in words."""

import hashlib
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, When
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.models import Article, Edition, Published, Review, Revision, SignOff

SOON = 60  # days


def told(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles with everything that the functions below need. One query, whatever their number."""
    mine = {"article": OuterRef("pk")}
    asked = Review.objects.open().filter(**mine).order_by("requested_at", "pk")
    kept = Revision.objects.filter(**mine, number=OuterRef("revision"))
    return articles.annotate(
        address=FilteredRelation("addresses", condition=Q(addresses__moved_to__isnull=True)),
        edition_id=F("address__edition_id"),
        edition_number=F("address__edition__number"),
        edition_at=F("address__edition__published_at"),
        edition_digest=F("address__edition__digest"),
        edition_hash=F("address__edition__full_hash"),
        words_hash=Subquery(kept.values("full_hash")[:1]),
        withdrawn_on=F("address__withdrawn_on"),
        unreviewed_since=F("address__unreviewed_since"),
        last_reviewed=F("address__last_reviewed_on"),
        next_due=F("address__next_due"),
        review_id=F("address__review_id"),
        reviewed_by=F("address__review__signed_name"),
        reviewed_with=F("address__review__signed_credentials"),
        asked_of=Subquery(asked.values("reviewer__name")[:1]),
        asked_with=Subquery(asked.values("reviewer__credentials")[:1]),
        asked_times=Subquery(asked.order_by().values("article").annotate(times=Count("pk")).values("times")),
        is_signed=Exists(_signatures().filter(**mine, kind=Review.Kind.CLINICAL, digest=OuterRef("digest"))),
        lacks_kind=Exists(_kinds_missing()),
        has_news=Case(When(address__event_since__lte=timezone.localdate(), then=True), default=False),
    )


# What an article can be put in order by: the column of its public address.
ORDERS = {"last_reviewed": "last_reviewed_on", "next_due": "next_due", "reviewed_by": "reviewed_by"}


def dated(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles that can be put in order by what their public address says. Nothing is asked until they are."""
    there = Published.objects.filter(article=OuterRef("pk"), moved_to=None)
    return articles.alias(**{name: Subquery(there.values(column)[:1]) for name, column in ORDERS.items()})


def _kinds_missing() -> QuerySet[SignOff]:
    """Kinds that the article's tier needs beside the clinical one, and for which nobody has signed today's words."""
    of_kind = {"article": OuterRef(OuterRef("pk")), "digest": OuterRef(OuterRef("digest")), "kind": OuterRef("kind")}
    return SignOff.objects.filter(~Exists(_signatures().filter(**of_kind)), tier=OuterRef("risk_tier"), required=True)


def _signatures() -> QuerySet[Review]:
    """Attestations that nothing since has replaced and no reviewer objected to, by people who may still sign
    (articles/signoffs.py)."""
    valid = Q(reviewer__credentials_until=None) | Q(reviewer__credentials_until__gte=timezone.localdate())
    medicine = valid & ~Q(reviewer__credentials="")
    other = ~Q(digest=OuterRef("digest")) & Q(published_at__gt=OuterRef("answered_at"))
    taken_down = Q(closed_how=Edition.Closed.WITHDRAWN, closed_at__gt=OuterRef("answered_at"))
    replaced = Edition.objects.filter(other | taken_down, article=OuterRef("article"))
    same = {name: OuterRef(name) for name in ("article", "digest", "kind")}
    relented = Review.objects.attested().filter(
        **same, reviewer=OuterRef("reviewer"), answered_at__gte=OuterRef("answered_at")
    )
    objected = Review.objects.filter(
        ~Exists(relented),
        **same,
        answer=Review.Answer.CHANGES_REQUESTED,
        answered_at__gt=OuterRef("requested_at"),
    )
    may = ~Q(kind=Review.Kind.CLINICAL) | medicine
    return Review.objects.attested().filter(may, ~Exists(replaced), ~Exists(objected), reviewer__active=True)


# -- where it stands -----------------------------------------------------------------------------------------------

ONLINE = Q(edition_id__isnull=False)
WITHDRAWN = Q(withdrawn_on__isnull=False)
IN_REVIEW = Q(asked_of__isnull=False)
SIGNED = Q(is_signed=True)
UNREVIEWED = Q(unreviewed_since__isnull=False)
NEWS = Q(has_news=True)
DIFFERS = ONLINE & (~Q(digest=F("edition_digest")) | ~Q(words_hash=F("edition_hash")))
HOUSEKEEPING = DIFFERS & Q(digest=F("edition_digest"))

# What can be true only of words that are not as readers see them is looked for among these alone: an index has them.
IN_HAND = Q(in_hand=True)


def in_hand() -> QuerySet[Article]:
    """Those of them that are in no bin. By number, so that no order of titles leads SQLite through all there are."""
    return Article.objects.filter(pk__in=Article.objects.order_by().filter(IN_HAND).values("pk"), binned_at=None)


# One word of the column after the other: which articles bear it.
STATES = {
    "draft": (gettext_lazy("Draft"), IN_HAND & ~ONLINE & ~WITHDRAWN & ~IN_REVIEW & ~SIGNED),
    "in-review": (gettext_lazy("In review"), IN_REVIEW),
    "signed": (gettext_lazy("Signed"), IN_HAND & SIGNED & (~ONLINE | DIFFERS)),
    "online": (gettext_lazy("Online"), ONLINE),
    "differs": (gettext_lazy("Online, draft differs"), IN_HAND & DIFFERS),
    "unreviewed": (gettext_lazy("Emergency, second check due"), UNREVIEWED),
    "news": (gettext_lazy("Due: news"), NEWS),
    "withdrawn": (gettext_lazy("Withdrawn"), IN_HAND & WITHDRAWN),
}


def said_by(state: str) -> Q | None:
    """The same of an article that nobody was told of, where few rows beside it say so; None where its words do."""
    pages = Published.objects.order_by().filter(moved_to=None)
    rows: dict[str, QuerySet[Any]] = {
        "in-review": Review.objects.open().order_by(),
        "online": pages.live(),
        "unreviewed": pages.filter(unreviewed_since__isnull=False),
        "news": Published.objects.live().order_by().filter(event_since__lte=timezone.localdate()),  # an index has it
    }
    return Q(pk__in=rows[state].values("article")) if state in rows else None


def states(row: Any) -> list[str]:
    """Keys of STATES that are true of a told article, in the order in which the words are printed."""
    online = row.edition_id is not None
    differs = online and (row.digest, row.words_hash) != (row.edition_digest, row.edition_hash)
    true = {
        "withdrawn": row.withdrawn_on is not None,
        "online": online and not differs,
        "differs": differs,
        "unreviewed": row.unreviewed_since is not None,
        "news": row.has_news,
        "in-review": row.asked_of is not None,
        "signed": row.is_signed and (not online or differs),
    }
    return [key for key, found in true.items() if found] or ["draft"]


def state_words(row: Any) -> str:
    """Where a told article stands: "Online, draft differs, in review"."""
    first, *more = (str(STATES[key][0]) for key in states(row))
    return ", ".join([first, *(word.lower() for word in more)])


# -- when it is due ------------------------------------------------------------------------------------------------


def overdue(on: date) -> Q:
    """Pages whose due date has passed."""
    return Q(next_due__lt=on)


def due_soon(on: date) -> Q:
    """Pages that fall due within 60 days and are not overdue."""
    return Q(next_due__gte=on, next_due__lte=on + timedelta(days=SOON))


def never_reviewed() -> Q:
    """Articles that no clinician ever attested in any words. Few are asked: a page with a date has a review."""
    dated = Published.objects.order_by().filter(last_reviewed_on__isnull=False, moved_to=None)
    attested = Review.objects.attested().clinical().filter(article=OuterRef("pk"))
    return ~Q(pk__in=dated.values("article")) & ~Q(Exists(attested))


def due_words(due: date | None, on: date) -> str:
    """ "Overdue since …", "…, due in 12 days", or the bare date when it is far off."""
    if due is None:
        return ""
    days, day = (due - on).days, formats.date_format(due)
    if days < 0:
        return _("Overdue since %(day)s") % {"day": day}
    if days == 0:
        return _("Due today")
    if days > SOON:
        return day
    return ngettext("%(day)s, due in %(days)d day", "%(day)s, due in %(days)d days", days) % {"day": day, "days": days}


def reviewer_words(row: Any) -> str:
    """Who signed the review that the dates stand on, as signed; else who is asked now."""
    if row.reviewed_by:
        return ", ".join(filter(None, (row.reviewed_by, row.reviewed_with)))
    if row.asked_of:
        names = {"name": ", ".join(filter(None, (row.asked_of, row.asked_with))), "more": row.asked_times - 1}
        return (_("asked: %(name)s and %(more)d more") if names["more"] else _("asked: %(name)s")) % names
    return ""


def seen(row: Any, *more: object) -> str:
    """A short name for all that a screen has shown of a told article, so that a deed is refused if it changed."""
    shown = (
        row.pk,
        row.digest,
        row.edition_id,
        row.review_id,
        row.next_due,
        row.risk_tier,
        row.cadence_months,
        row.reviewer_id,
    )
    return hashlib.sha256(repr((shown, more)).encode()).hexdigest()[:24]
