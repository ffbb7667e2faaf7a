"""Who knocks at the doors: one letter each, in the order in which the tables name them."""

from django.contrib.auth.models import AnonymousUser, User

from articles import roles
from tests import cast

ROLES = {
    "W": roles.WRITER,
    "E": roles.EDITOR,
    "M": roles.MEDICAL_REVIEWER,
    "P": roles.PUBLISHER,
    "S": roles.RECORDS_STEWARD,
    "A": roles.ADMINISTRATOR,
}
SUPERUSER, STAFF, CLOSED, READER, VISITOR = "U", "N", "C", "R", "V"  # the first four have an account
ACCOUNTS = "".join(ROLES) + SUPERUSER + STAFF + CLOSED + READER
EVERYBODY = ACCOUNTS + VISITOR
STAFF_ROLES = "".join(ROLES) + SUPERUSER  # everybody whom a role, or the superuser's flag, lets in to read
AT_THE_DESK = STAFF_ROLES + STAFF


def account(letter: str) -> User:
    """The person who tries: in one role; a superuser without any; staff without any; an account that is to be
    closed, in every role; or a reader's, who is no staff at all."""
    doer = cast.person("doer")
    held = roles.ROLES if letter == CLOSED else [ROLES[letter]] if letter in ROLES else []
    for role in held:
        cast.person("doer", role)
    doer.is_staff, doer.is_superuser = letter != READER, letter == SUPERUSER
    doer.save()
    return doer


def settled(doer: User, letter: str) -> User:
    """The same person at the moment of trying, with nothing remembered; the account of one letter is closed now."""
    User.objects.filter(pk=doer.pk).update(is_active=letter != CLOSED)
    return User.objects.get(pk=doer.pk)


def visitor() -> AnonymousUser:
    """Somebody who did not sign in."""
    return AnonymousUser()
