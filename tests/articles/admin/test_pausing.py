"""Pausing the reminders of a page, on the panel of its dates."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests import cast
from tests.articles.admin.test_dating import errors, offered, panel, send, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is 2 December 2026."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 2, 20, tzinfo=UTC))


def test_how_long_reminders_can_be_paused_stands_beside_the_day_and_that_they_can_not_be_any_more():
    soon, late = (
        cast.published(cast.draft(cast.words(f"Page {days}")), at=cast.later(days=-days)).article for days in (330, 380)
    )
    page = panel(soon)
    said = "From Dec. 21, 2026 on others than its reviewer hear that the page is overdue."
    assert f"The last day without reminders. {said} Choose a day from tomorrow to Dec. 20, 2026." in words(page)
    assert offered(page)[-1] == "snooze"
    assert "So its reminders can not be paused any more." in words(panel(late))
    assert offered(panel(late))[-1] != "snooze"


def test_reminders_are_paused_and_begin_again_on_the_panel():
    article, until = cast.published().article, date(2026, 12, 11)
    said = {"until": until.isoformat(), "reason": "On leave."}
    send(article, "snooze", **said)
    page = panel(article)
    assert "Paused through Dec. 11, 2026 by stan. On leave." in words(page)
    assert offered(page)[-1] == "wake"
    assert "The reminders are paused until that day already." in errors(send(article, "snooze", **said))
    send(article, "wake", reason="Back.")
    assert offered(panel(article))[-1] == "snooze"
