"""Accounts: inviting people by mail, letting them choose a new password, and letting in who was locked out.

The links in these mails are keys. They go into the mail and nowhere else: no log, no row, no queue of mail.
"""

import hashlib
import logging
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from articles.refusals import Refused
from articles.roles import ROLES, NotAllowed

logger = logging.getLogger(__name__)
Tell = Callable[[str], None]  # hears, after the mail was tried, the kind of error that stopped it, or ""
HOURLY = 3  # mails for a forgotten password to one address


class AddressTaken(Refused):
    """Somebody else has this e-mail address."""


class NoSuchRole(Refused):
    """Nobody is invited without a role, or to one that is none of ours."""


class NotWaiting(Refused):
    """This person has chosen a password, or the account is closed or has no address."""


def invite(account: User, *, roles: Collection[Group], by: User, at: datetime, tell: Tell) -> User:
    """Save this new account without a password, in these roles, and mail a link to choose a password.

    A mail that can not be sent undoes nothing; `tell` hears of it. Raises NotAllowed, AddressTaken, NoSuchRole.
    """
    _require(by, "add_user")
    refuse_taken(account.email)
    if not roles or not {role.name for role in roles} <= set(ROLES):
        raise NoSuchRole(_("Choose at least one of the roles."))
    with transaction.atomic():
        account.is_active, account.is_staff, account.is_superuser = True, True, False
        account.save()
        account.groups.set(roles)
        _invitation(account, by=by, at=at, tell=tell)
    return account


def invite_again(account: User, *, by: User, at: datetime, tell: Tell) -> None:
    """Mail a new link; the old one ends. Raises NotAllowed, NotWaiting."""
    _require(by, "change_user")
    with transaction.atomic():
        account = User.objects.select_for_update().get(pk=account.pk)
        if account.is_superuser and not by.is_superuser:
            raise NotAllowed(_("Your role does not allow this."))
        if not is_waiting(account):
            raise NotWaiting(_("Only an open account with an address and without a password can be invited."))
        _invitation(account, by=by, at=at, tell=tell)


def send_reset(account: User, *, at: datetime) -> None:
    """Mail a link to choose a new password, at most HOURLY times an hour to one address. Says nothing to anybody."""
    if not _often(account.email):
        subject = _("Choose a new password for %(site)s") % {"site": settings.ORGANIZATION_NAME}
        _mail(account, "reset", subject, _link(account, at=at), tell=lambda error: None)


def unlock(account: User) -> None:
    """Forget the failed attempts to sign in as this person, wherever they came from."""
    reset(username=account.get_username())


def refuse_taken(address: str) -> None:
    """Raises AddressTaken when an account has this address: two accounts of one person are no two people."""
    other = User.objects.filter(email__iexact=address).first()
    if other:
        raise AddressTaken(_("%(name)s has this address already.") % {"name": other.get_username()})


def is_waiting(account: User) -> bool:
    """Whether this person was invited and has not chosen a password yet."""
    came = account.last_login is not None or account.has_usable_password()
    return account.is_active and bool(account.email) and not came


def good_until(sent: datetime) -> datetime:
    """When a link sent then stops working."""
    return sent + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)


def _require(by: User, permission: str) -> None:
    if not by.is_active or not by.has_perm(f"auth.{permission}"):
        raise NotAllowed(_("Your role does not allow this."))


def _invitation(account: User, *, by: User, at: datetime, tell: Tell) -> None:
    # Until somebody has come, the day they "joined" is the day they were asked to.
    account.date_joined = at
    account.set_unusable_password()  # another random one each time, which ends the links sent before
    account.save(update_fields=["date_joined", "password"])
    subject = _("Your account at %(site)s") % {"site": settings.ORGANIZATION_NAME}
    facts = {"by": str(by), "roles": sorted(map(str, account.groups.all()))}
    _mail(account, "invitation", subject, facts | _link(account, at=at), tell=tell)


def _link(account: User, *, at: datetime) -> dict[str, Any]:
    """The one-time link, and until when it works."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    path = reverse("password_reset_confirm", args=[uid, default_token_generator.make_token(account)])
    return {"link": settings.SITE_URL + path, "until": good_until(at)}


def _mail(account: User, letter: str, subject: str, facts: dict[str, Any], *, tell: Tell) -> None:
    """Send after the commit, as plain text and HTML."""
    facts = {**facts, "account": account, "organization": settings.ORGANIZATION_NAME, "site": settings.SITE_URL}
    text, html = (render_to_string(f"mail/{letter}.{kind}", facts) for kind in ("txt", "html"))

    def send() -> None:
        try:
            send_mail(subject, text, None, [account.email], html_message=html)
        except Exception as error:  # whatever a mail server can do; its words stay out of the log, as does the link
            logger.warning("No mail to account %s: %s", account.pk, type(error).__name__)
            tell(type(error).__name__)
        else:
            tell("")

    transaction.on_commit(send, robust=True)


def _often(address: str) -> bool:
    """Count one more mail to this address; whether it is one too many this hour."""
    key = f"reset-mail-{hashlib.sha256(address.lower().encode()).hexdigest()}"
    cache.add(key, 0, timeout=3600)
    try:
        return cache.incr(key) > HOURLY
    except ValueError:  # the hour ended between these two lines
        return False
