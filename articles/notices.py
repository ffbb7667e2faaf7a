"""Mail to the person who must act next. A failure to send never breaks the deed."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction


def tell(person: Any, subject: str, body: str, path: str = "/admin/") -> None:
    """Send after the deed is committed; silent where the person has no account or no address."""
    address = getattr(person, "email", "")
    if not address:
        return
    link = settings.SITE_URL.rstrip("/") + path
    line = " ".join(subject.split())  # a line break in a title is none in a header

    # Not a partial: when sending fails, Django names the function in its log, and a partial has no name.
    def send() -> None:
        send_mail(line, f"{body}\n\n{link}\n", None, [address])

    transaction.on_commit(send, robust=True)
