"""Mail to the person who must act next, and lines for the daily digest. A failure to send never breaks the deed."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from articles import outbox
from articles.models import Message

Kind = Message.Kind


def tell(person: Any, subject: str, body: str, path: str = "/admin/", *, kind: str = Kind.ACTION) -> None:
    """Write the message in the deed's transaction; an action message is tried as soon as that is committed.

    ACTION is for who must do something next; DIGEST for what is good to know. Nothing is written for nobody, which
    is a reviewer without an account. Never put a secret into a message: it is kept.
    """
    if person is None:
        return
    at = timezone.now()
    line = " ".join(subject.split())  # a line break in a title is none in a header
    row = Message.objects.create(
        person=person,
        kind=kind,
        subject=line[:300],
        body=body,
        path=path,
        made_at=at,
        next_at=outbox.first_time(kind, at),
    )

    # Not a partial: should it fail, Django names the function in its log, and a partial has no name.
    def send() -> None:
        outbox.at_once(row.pk)

    if kind == Kind.ACTION:
        transaction.on_commit(send, robust=True)
