"""The outbox in the admin: administrators read it, and have what failed tried again."""

import pytest

from articles import outbox
from articles.models import Message
from tests.articles import post
from tests.articles.admin.signing import client, text, url

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/message/"


@pytest.fixture(autouse=True)
def _one_of_each():
    """One sent, one waiting, one that failed."""
    for subject in ("Came", "Waits", "Failed"):
        post.message("sam", subject)
    Message.objects.filter(subject="Came").update(sent_at=post.soon(), next_at=None)
    Message.objects.filter(subject="Failed").update(next_at=None, error="No such user", attempts=7)


@pytest.mark.parametrize(("state", "subject"), [("sent", "Came"), ("waiting", "Waits"), ("failed", "Failed")])
def test_it_is_filtered_by_state(state, subject):
    page = text(client("ada").get(f"{LIST}?state={state}"))
    assert subject in page
    assert "1 message " in page


def test_the_heading_names_what_is_listed():
    page = text(client("ada").get(LIST))
    assert "Messages" in page
    assert "Select message" not in page


def test_why_it_failed_is_shown():
    assert "No such user" in text(client("ada").get(LIST))


def test_what_failed_is_tried_again(mailoutbox):
    picked = list(Message.objects.values_list("pk", flat=True))
    page = client("ada").post(LIST, {"action": "try_again", "_selected_action": picked}, follow=True)
    assert "1 message will be tried again." in text(page)
    outbox.send_due(at=post.soon())
    assert sorted(mail.subject for mail in mailoutbox) == ["Failed", "Waits"]


def test_it_is_only_read():
    row, browser = Message.objects.first(), client("ada")
    assert browser.get(f"{LIST}add/").status_code == 403
    assert browser.post(url("message_change", row), {"subject": "Other"}).status_code == 403
    assert browser.post(url("message_delete", row), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("name", ["wanda", "edith", "rosa", "paula", "stan"])
def test_nobody_else_reads_it(name):
    data = {"action": "try_again", "_selected_action": [Message.objects.failed().get().pk]}
    assert client(name).get(LIST).status_code == 403
    assert client(name).post(LIST, data).status_code == 403
    assert Message.objects.failed().exists()
