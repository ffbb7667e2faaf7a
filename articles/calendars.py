"""Private addresses under which a calendar reads somebody's due dates: made, shown once, revoked."""

import hashlib
import secrets
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from articles import roles
from articles.models import Calendar
from articles.refusals import Refused

LONGEST = 1000  # characters of a question


class NotMade(Refused):
    """The sentence says why."""


@transaction.atomic
def make(query: str, *, by: User, at: datetime) -> str:
    """A new address for the due dates that this question finds; the one before no longer answers. Returns its secret
    part, which nobody can tell again. Raises NotMade, NotAllowed."""
    roles.require(by, "view_article")
    if len(query) > LONGEST:
        raise NotMade(_("This filter is too long for a calendar."))
    User.objects.select_for_update().get(pk=by.pk)  # of two at once, one is revoked
    revoke(by=by, at=at)
    secret = secrets.token_urlsafe(32)
    Calendar.objects.create(person=by, secret_hash=hashed(secret), query=query, made_at=at)
    return secret


def revoke(*, by: User, at: datetime) -> bool:
    """One's own address answers no more. Returns whether there was one."""
    return bool(Calendar.objects.filter(person=by, revoked_at=None).update(revoked_at=at))


def current(person: User) -> Calendar | None:
    """The calendar of this person that answers."""
    return Calendar.objects.filter(person=person, revoked_at=None).first()


def of(secret: str) -> Calendar | None:
    """The calendar at this address, if it was not revoked and its person may still see pages. One query, and the
    person's permissions."""
    found = Calendar.objects.select_related("person").filter(secret_hash=hashed(secret), revoked_at=None).first()
    return found if found and roles.may(found.person, "view_article") else None


def hashed(secret: str) -> str:
    """All that is kept. Nobody guesses 32 random bytes, so it needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
