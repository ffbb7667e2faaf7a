"""Mail to the person who must act next. A failure to send never breaks the deed."""

from functools import partial
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
    send = partial(send_mail, subject, f"{body}\n\n{link}\n", None, [address])
    transaction.on_commit(send, robust=True)
