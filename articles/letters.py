"""A message as mail: text and HTML, one click to the screen where one acts."""

import smtplib
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import Message

# The server is there, and does not like this message.
ANSWERS = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)


class NoAddress(Exception):
    """The person has no mail address."""


class Unsure(Exception):
    """It broke while the letter was handed over: nobody knows whether the server has it. The cause says how."""


def send(rows: Sequence[Message]) -> None:
    """Send them as one mail. Raises Unsure; whatever else it raises, nothing was sent."""
    mail = letter(rows)
    mail.connection = get_connection()
    mail.connection.open()
    try:
        mail.send()
    except ANSWERS:
        raise
    except Exception as error:
        raise Unsure from error
    finally:
        with suppress(Exception):  # what was taken is taken, however the server says goodbye
            mail.connection.close()


def letter(rows: Sequence[Message]) -> EmailMultiAlternatives:
    """One mail of messages to one person: a single one, or the daily digest. Raises NoAddress."""
    first, site = rows[0], settings.SITE_URL.rstrip("/")
    address = first.mailbox or (first.person.email if first.person else "")
    if not address:
        raise NoAddress(_("%(name)s has no mail address.") % {"name": first.person})
    shown = {
        "items": [{"subject": row.subject, "body": row.body, "url": site + row.path} for row in rows],
        "digest": first.kind == Message.Kind.DIGEST,
        "organization": settings.ORGANIZATION_NAME,
    }
    # The same name when it must be sent again, so that a mail program can tell that it is the same.
    name = f"<{first.kind}-{first.pk}@{urlsplit(site).hostname}>"
    mail = EmailMultiAlternatives(
        subject=_subject(rows),
        body=render_to_string("articles/mail.txt", shown),
        to=[address],
        headers={"Message-ID": name, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(render_to_string("articles/mail.html", shown), "text/html")
    return mail


def _subject(rows: Sequence[Message]) -> str:
    if rows[0].kind == Message.Kind.ACTION:
        return rows[0].subject
    facts = {"count": len(rows), "organization": settings.ORGANIZATION_NAME}
    news = ngettext("%(count)d message from %(organization)s", "%(count)d messages from %(organization)s", len(rows))
    return news % facts
