"""Text that was typed and not saved, and who has an article open.

None of this is part of an article: no deed here locks one, changes one, or writes into its timeline.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles import roles
from articles.models import Article, Autosave, Presence
from articles.refusals import Refused

LIMIT = 2_000_000  # characters of one form; Django takes no longer one
CORRECTION = "correction-"  # begins the key of a reviewer's form of corrections; the rest is the review's number
KEPT = timedelta(days=30)
PRESENT = timedelta(minutes=2)

Fields = Mapping[str, Sequence[str]]


class NotKept(Refused):
    """This text can not be kept unsaved."""


def keep(fields: Fields, *, by: User, at: datetime, draft_key: str, article: Article | None = None) -> Autosave:
    """Keep what stands in the form `draft_key`, in the place of what it held before. Raises NotKept, roles.NotAllowed.

    A form of corrections belongs to a reviewer, who may not change the article otherwise.
    """
    if not (article and draft_key.startswith(CORRECTION) and roles.may(by, "attest_article")):
        roles.require(by, "change_article" if article else "add_article")
    if sum(len(value) for values in fields.values() for value in values) > LIMIT:
        raise NotKept(_("This text is too long to be kept unsaved. Save it."))
    if not 0 < len(draft_key) <= 40:
        raise NotKept(_("This form has no key. Open it again."))
    kept = {name: [value.replace("\x00", "") for value in values] for name, values in fields.items()}
    base = kept.get("base_revision", [""])[0]
    facts = {"article": article, "base_revision": int(base) if base.isdecimal() and len(base) < 10 else 0}
    row, _created = Autosave.objects.update_or_create(
        person=by, draft_key=draft_key, defaults={**facts, "fields": kept, "at": at}
    )
    return row


def of(by: User, article: Article | None) -> QuerySet[Autosave]:
    """This person's unsaved texts of an article; without one, of articles that were never saved. Newest first."""
    found = Autosave.objects.filter(person=by, article=article).exclude(draft_key__startswith=CORRECTION)
    return found.select_related("article").order_by("-at", "-pk")


def of_form(draft_key: str, *, by: User) -> Autosave | None:
    """This person's unsaved text of one form."""
    return Autosave.objects.filter(person=by, draft_key=draft_key).first()


def discard(draft_key: str, *, by: User) -> None:
    """The text was saved, or its writer wants it no more."""
    Autosave.objects.filter(person=by, draft_key=draft_key).delete()


def forget(*, at: datetime) -> int:
    """Let texts go that nobody came back for within 30 days, and stale presences. Returns how many texts."""
    Presence.objects.filter(seen_at__lt=at - PRESENT).delete()
    gone, _rows = Autosave.objects.filter(at__lt=at - KEPT).delete()
    return gone


def enter(article: Article, *, by: User, at: datetime) -> None:
    """This person has the article open, at this moment."""
    Presence.objects.update_or_create(person=by, article=article, defaults={"seen_at": at})


def leave(article: Article, *, by: User) -> None:
    """This person has closed it."""
    Presence.objects.filter(person=by, article=article).delete()


def others(article: Article, *, by: User, at: datetime) -> list[Presence]:
    """Who else had it open in the last two minutes, latest first."""
    found = Presence.objects.filter(article=article, seen_at__gte=at - PRESENT).exclude(person=by)
    return list(found.select_related("person").order_by("-seen_at", "pk"))
