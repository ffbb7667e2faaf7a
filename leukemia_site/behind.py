"""What the front asks of Django. It stands apart, and is named only, as a process that starts answers before it is
loaded (pages.py)."""

from datetime import UTC, datetime

from django.db import connections
from django.utils.html import format_html
from django.utils.translation import gettext as _

from articles import clock
from articles.reading import log
from leukemia_site import replicas
from leukemia_site.front.changes import Answer


def since(number: int) -> Answer:
    """What has changed since. Raises django.db.Error."""
    return replicas.hearing(log.since)(number)


def withdrawn(slugs: frozenset[str]) -> frozenset[str]:
    """Which of these pages are. Raises django.db.Error."""
    return log.withdrawn(slugs)


def age(heard_at: float) -> str:
    """What a page says of itself when the database has not answered for a day."""
    when = clock.said(datetime.fromtimestamp(heard_at, UTC))
    said = _("This page is a copy of %(when)s. We have not been able to look since whether anything in it has changed.")
    return format_html('<p class="banner">{}</p>', said % {"when": when})


def rest() -> None:
    """Keep no connection open that nobody uses."""
    connections.close_all()
