"""/metrics: for who shows the token, and true."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from articles import drafting
from articles.models import Message, Reminder, Run
from articles.operating import tallies
from leukemia_site.observing import counting
from references.models import Examination, Source
from tests import cast
from tests.articles.reading.pages import wanda, withdraw

pytestmark = pytest.mark.django_db
TOKEN = "only-for-prometheus-0123456789"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch, settings):
    settings.METRICS_TOKEN = TOKEN
    tallies.recently.forget()
    monkeypatch.setattr(counting._Here, "counts", counting.Counts())


@pytest.fixture
def read(client):
    """Every number of the page, by name and labels, as Prometheus reads them."""

    def reading():
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
        families = text_string_to_metric_families(answer.content.decode())
        found = (sample for family in families for sample in family.samples)
        return {(s.name.removeprefix("leukemia_site_"), *sorted(s.labels.values())): s.value for s in found}

    return reading


@pytest.mark.parametrize("given", ["", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer ", "Bearer é"])
def test_without_the_token_there_is_no_such_page(client, given):
    headers = {"Authorization": given} if given else {}
    assert client.get("/metrics", headers=headers).status_code == 404


@pytest.mark.parametrize("given", ["Bearer", "Bearer ", "Bearer None"])
def test_where_no_token_is_set_nobody_has_it(client, settings, given):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": given}).status_code == 404


def test_requests_are_counted_by_pattern_method_and_class_of_status(client, read):
    cast.published()
    for address in ("/acute-example-disease/", "/healthz", "/healthz", "/nowhere/"):
        client.get(address)
    client.generic("BREW", "/healthz")
    found = read()
    assert found["requests_total", "2xx", "<slug:slug>/", "GET"] == 1
    assert found["requests_total", "2xx", "GET", "healthz"] == 2
    assert found["requests_total", "4xx", "<slug:slug>/", "GET"] == 1
    assert found["requests_total", "4xx", "healthz", "other"] == 1
    assert found["request_seconds_count", "healthz"] == 3
    assert not [key for key in found if "acute-example-disease" in str(key)]


def test_what_the_site_has_done_is_counted_from_its_rows(read, monkeypatch):
    monkeypatch.setattr("articles.timed.set_up_at", lambda: timezone.now() - timedelta(days=9))
    cast.published()
    withdraw(cast.published(drafting.start(cast.words("Withdrawn"), by=wanda(), at=cast.NOON)).article)
    Run.objects.create(task="mail", succeeded_at=cast.NOON)
    found = read()
    assert found["database_up",] == 1
    assert found["publications_total", "first"] == 2
    assert found["withdrawals_total",] == 1
    assert found["reviews_total", "attested"] == 2
    assert found["timed_task_success_timestamp_seconds", "mail"] == cast.NOON.timestamp()
    assert found["timed_tasks_late",] > 10


def message(**more):
    return Message.objects.create(person=cast.person("rosa"), subject="x", made_at=cast.NOON, **more)


def test_reminders_and_mail_are_counted_by_what_became_of_them(read):
    article = cast.draft()
    sent, waiting, failed = message(sent_at=cast.NOON), message(next_at=cast.NOON), message()
    for rung, mail in (("early", sent), ("late", sent), ("day", waiting), ("week", failed)):
        Reminder.objects.create(
            article=article, due=cast.NOON.date(), rung=rung, person=mail.person, message=mail, at=cast.NOON
        )
    found = read()
    assert [found["reminders", state] for state in ("sent", "waiting", "failed")] == [2, 1, 1]
    assert [found["messages", state] for state in ("sent", "waiting", "failed")] == [1, 1, 1]


def test_looks_at_sources_are_counted_by_what_they_saw(read):
    source = Source.objects.create(title="Looked at")
    for sign in ("fine", "fine", "gone"):
        Examination.objects.create(source=source, at=cast.NOON, asked="x", status=200, sign=sign, milliseconds=1)
    found = read()
    assert (found["source_examinations_total", "fine"], found["source_examinations_total", "gone"]) == (2, 1)


def test_it_takes_few_questions_however_often_it_is_asked(read):
    with CaptureQueriesContext(connection) as questions:
        read()
    assert len(questions) <= 8
    with CaptureQueriesContext(connection) as questions:
        read()
    assert len(questions) == 0


def test_without_the_database_the_numbers_of_the_process_remain(client, read, monkeypatch):
    def away():
        raise DatabaseError

    monkeypatch.setattr(tallies.recently, "_ask", away)
    client.get("/healthz")
    found = read()
    assert found["database_up",] == 0
    assert found["requests_total", "2xx", "GET", "healthz"] == 1
    assert ("withdrawals_total",) not in found


def test_every_number_has_a_name_of_ours_and_a_word_about_it(client):
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    for family in text_string_to_metric_families(answer.content.decode()):
        assert family.name.startswith(counting.PREFIX)
        assert family.documentation


def test_counting_takes_one_moment():
    found = tallies.count(at=timezone.now())
    assert (found.withdrawals, found.messages) == (0, {"sent": 0, "waiting": 0, "failed": 0})
