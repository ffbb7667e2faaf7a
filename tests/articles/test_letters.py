"""What stands in a mail."""

import pytest

from articles.letters import letter
from articles.models import Message
from tests.articles.post import message

pytestmark = pytest.mark.django_db


def html(mail):
    [(content, mimetype)] = mail.alternatives
    assert mimetype == "text/html"
    return content


def test_it_has_text_and_html_and_one_link_to_the_screen(settings):
    settings.SITE_URL = "https://patients.example.org"
    mail = letter([message(body="The dose is < 5 mg & wrong.")])
    assert "The dose is < 5 mg & wrong.\n\nhttps://patients.example.org/admin/somewhere/" in mail.body
    assert "The dose is &lt; 5 mg &amp; wrong." in html(mail)
    assert html(mail).count('href="https://patients.example.org/admin/somewhere/"') == 1


def test_it_keeps_its_name_when_it_is_sent_again():
    row = message()
    assert letter([row]).message()["Message-ID"] == letter([row]).message()["Message-ID"]
    assert letter([row]).message()["Message-ID"] != letter([message()]).message()["Message-ID"]


def test_a_digest_says_each_subject_once():
    rows = [message(subject=name, kind=Message.Kind.DIGEST) for name in ("One", "Two")]
    mail = letter(rows)
    assert mail.subject == "2 messages from Example Hospital"
    assert (mail.body.count("One"), mail.body.count("Two")) == (1, 1)


def test_no_machine_answers_it():
    assert letter([message()]).message()["Auto-Submitted"] == "auto-generated"
