"""Mail servers that fail in one way or another, and the messages of a test."""

import smtplib
from datetime import timedelta
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from articles import notices
from articles.models import Message
from tests import cast

AWAY = "tests.articles.post.Away"
BROKEN = "tests.articles.post.Broken"
KILLED = "tests.articles.post.Killed"
PICKY = "tests.articles.post.Picky"


class Away(BaseEmailBackend):
    """Nobody answers."""

    def open(self) -> bool:
        raise TimeoutError("timed out")


class Broken(EmailBackend):
    """Takes the mail, and the connection breaks before it has said so."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise TimeoutError("timed out")


class Kill(BaseException):
    """The end of a process: nothing that handles errors sees it."""


class Killed(EmailBackend):
    """Takes the mail, and the process is killed before it has written that down."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise Kill


class Picky(EmailBackend):
    """Takes mail for everybody but Wanda."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["wanda@example.org"]:
            raise smtplib.SMTPRecipientsRefused({"wanda@example.org": (550, b"no such user")})
        return super().send_messages(messages)


def message(name: str = "wanda", subject: str = "Please look", *, kind: str = "action", body: str = "") -> Message:
    """One message that is written and not yet tried."""
    notices.tell(cast.person(name), subject, body or subject, "/admin/somewhere/", kind=kind)
    return Message.objects.latest("pk")


def soon(**delta: float) -> Any:
    """So much after now; a second by default, when whatever was made now is due."""
    return timezone.now() + timedelta(**(delta or {"seconds": 1}))


def tomorrow() -> Any:
    """When every line for the morning is due: noon, so that an hour later it is the same day."""
    return (timezone.localtime() + timedelta(days=1)).replace(hour=12)
