"""A retraction is mailed at once, other news is a line of the daily digest, and nobody hears of anything twice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles import reminders
from articles.models import Message
from tests import cast
from tests.articles import sources

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def page():
    cast.cast()
    return cast.published().article


def told(kind):
    news = Message.objects.filter(kind=kind, path__startswith=reminders.NEWS)
    return sorted(news.values_list("person__username", flat=True))


def test_a_retraction_is_mailed_at_once_to_who_decides(mailoutbox, django_capture_on_commit_callbacks):
    sources.retracted()
    with django_capture_on_commit_callbacks(execute=True):
        assert reminders.retractions(at=timezone.now()) == "4 messages about grave news"
    assert told("action") == ["edith", "paula", "rosa", "stan"]
    assert {mail.subject for mail in mailoutbox[-4:]} == {"Retracted: What is example disease?"}
    assert "1 page leans on it." in mailoutbox[-1].body


def test_of_reviewers_only_those_of_the_page_hear_of_it():
    cast.reviewer("ravi")
    sources.retracted()
    sources.dies()
    reminders.retractions(at=timezone.now())
    reminders.remind_of_news(at=timezone.now())
    assert told("action") == told("digest") == ["edith", "paula", "rosa", "stan"]


def test_every_reviewer_hears_of_it_where_none_of_the_page_is_left():
    cast.reviewer("ravi")
    User.objects.filter(username="rosa").update(is_active=False)
    sources.retracted()
    reminders.retractions(at=timezone.now())
    assert told("action") == ["edith", "paula", "ravi", "stan"]


def test_nobody_is_mailed_twice():
    sources.retracted()
    reminders.retractions(at=timezone.now())
    assert reminders.retractions(at=timezone.now()) == "0 messages about grave news"


def test_a_dead_source_is_a_line_of_the_digest():
    sources.dies()
    assert reminders.retractions(at=timezone.now()) == "0 messages about grave news"
    reminders.remind_of_news(at=timezone.now())
    reminders.remind_of_news(at=timezone.now())
    assert told("digest") == ["edith", "paula", "rosa", "stan"]
    assert Message.objects.first().subject == "News waits on 1 page"


def test_what_was_seen_or_decided_is_no_line(page):
    sources.dies()
    cast.signed(page, at=timezone.now() + timedelta(minutes=1))
    Message.objects.all().delete()
    reminders.remind_of_news(at=timezone.now())
    assert not Message.objects.exists()
