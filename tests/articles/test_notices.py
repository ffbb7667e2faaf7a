"""Mail about deeds, which is never as important as the deed."""

import pytest

from tests import cast

pytestmark = pytest.mark.django_db


def test_a_mail_server_that_is_away_breaks_no_deed(settings, django_capture_on_commit_callbacks, caplog):
    settings.EMAIL_BACKEND = "no.such.backend"
    with django_capture_on_commit_callbacks(execute=True):
        review = cast.requested()
    assert review.answer == ""
    assert "Error calling" in caplog.text


def test_a_line_break_in_a_title_stops_no_mail(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        cast.requested(cast.draft(cast.words(title="Two\nlines")))
    assert mailoutbox[0].subject == "Please review “Two lines”"
