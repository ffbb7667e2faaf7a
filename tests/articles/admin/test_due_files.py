"""Due dates outside of the site: files for spreadsheets, and a calendar under a private address."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from icalendar import Calendar as Calendars
from lxml import html

from articles import keeping
from articles.models import Alert, BulkRow, Calendar, Published
from tests import cast
from tests.articles.admin import signing
from tests.articles.admin.pages import day, online
from tests.articles.admin.signing import client, text
from tests.articles.sources import alerted

pytestmark = pytest.mark.django_db
DUE = "/admin/articles/article/due/"


def table(address):
    answer = client("stan").get(DUE + address)
    sent = b"".join(answer.streaming_content).decode()
    assert sent.startswith("\ufeff")
    return answer, list(csv.DictReader(io.StringIO(sent.removeprefix("\ufeff"))))


def test_a_file_holds_what_the_filter_finds():
    online(
        {"title": "Late", "next_due": day(-3), "due_why": "tier", "reviewer": cast.reviewer(), "slug": "late"},
        {"title": "Soon", "next_due": day(3)},
    )
    answer, rows = table("export.csv?when=overdue")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [row["title"] for row in rows] == ["Late"]
    (row,) = rows
    assert (row["overdue_days"], row["reviewer"], row["why"]) == ("3", "Rosa Example, MD", "tier")
    assert row["due"] == day(-3).isoformat()
    assert row["address"].endswith("/late/")


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_no_spreadsheet_computes_a_title(title):
    online({"title": title, "next_due": day(1), "slug": "bad"})
    _answer, rows = table("export.csv")
    assert next(row["title"] for row in rows if row["slug"] == "bad") == f"'{title}"


def test_the_file_of_the_list_can_be_sent_to_the_screen_for_many():
    online(
        {"title": 'A; "B",\nC', "next_due": day(-3), "slug": "late", "reviewer": cast.reviewer()},
        {"title": "D", "next_due": day(-2), "slug": "-odd"},
    )
    answer = client("stan").get(f"{DUE}export.csv?when=overdue")
    sent = SimpleUploadedFile("due.csv", b"".join(answer.streaming_content), "text/csv")
    page = client("stan").post("/admin/articles/article/bulk/assign/", {"file": sent, "step": "check", "reviewer": ""})
    assert page.status_code == 302
    assert list(BulkRow.objects.values_list("article__slug", "terms")) == [("late", {}), ("-odd", {})]


def test_the_load_is_a_file_too():
    online({"next_due": day(-3), "reviewer": cast.reviewer()}, {"next_due": day(0), "reviewer": cast.reviewer()})
    _answer, rows = table("reviewers.csv")
    rosa = next(row for row in rows if row["reviewer"] == "Rosa Example, MD")
    assert (rosa["pages"], rosa["overdue"], rosa[f"{timezone.localdate():%Y-%m}"]) == ("2", "1", "1")


def test_whatever_stands_on_the_desk_is_a_file_too():
    gone = cast.reviewer()
    online({"next_due": day(-3), "reviewer": gone, "risk_tier": "high"}, {"next_due": day(0), "risk_tier": "high"})
    type(gone).objects.update(active=False)
    alerted(Published.objects.earliest("pk").article, title="=1+1")
    counted = {(row["by"], row["name"]): (row["overdue"], row["this_week"]) for row in table("counts.csv")[1]}
    assert counted["tier", "High"] == ("1", "1")
    assert counted["reviewer", "Rosa Example, MD"] == ("1", "0")
    assert table("troubles.csv")[1] == [{"reviewer": "Rosa Example, MD", "why": "left", "pages": "1"}]
    (news,) = table("news.csv")[1]
    assert (news["kind"], news["title"], news["pages"]) == ("new guideline", "'=1+1", "1")
    assert news["address"].endswith(f"/admin/articles/article/news/alert/{Alert.objects.get().pk}/")


# -- the calendar --------------------------------------------------------------------------------------------------


def made(name="stan", query=""):
    """The address of a new calendar, as the screen shows it, once."""
    browser = client(name)
    page = browser.post(f"{DUE}calendar/", {"query": query})
    address = html.fromstring(page.content.decode()).get_element_by_id("calendar-address").get("value")
    assert address not in browser.get(f"{DUE}calendar/").content.decode()
    return "/calendars/" + address.partition("/calendars/")[2]


def events(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return {str(event["summary"]): event for event in Calendars.from_ical(answer.content).walk("VEVENT")}


def test_a_calendar_holds_due_dates_as_whole_days():
    pages = online({"title": "Late, and; odd\\", "next_due": day(-3)}, {"title": "Never", "next_due": None})
    found = events(made(query="q=disease-"))
    assert list(found) == ["Review due: Late, and; odd\\"]
    (event,) = found.values()
    assert (event["dtstart"].dt, event["dtend"].dt) == (day(-3), day(-2))
    assert str(event["url"]).endswith(f"/admin/articles/article/{pages[0].article_id}/dates/")
    assert str(event["uid"]).startswith(f"due-{pages[0].article_id}@")


def test_no_title_adds_an_event_or_a_sign_that_calendars_refuse():
    online({"title": "A\r\nEND:VEVENT\r\nBEGIN:VEVENT\x07\x1b", "next_due": day(3)})
    address = made(query="q=disease-")
    assert len(events(address)) == 1
    assert not set(Client().get(address).content) & (set(range(32)) - {10, 13})


def test_it_is_private_and_is_no_page():
    answer = Client().get(made())
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.content.decode().endswith("END:VCALENDAR\r\n")
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in answer.content.decode().split("\r\n"))
    assert "\n" not in answer.content.decode().replace("\r\n", "")


def test_only_a_hash_is_kept():
    address = made()
    secret = address.removeprefix("/calendars/").removesuffix(".ics")
    kept = Calendar.objects.get()
    assert secret not in str(Calendar.objects.values().get())
    assert len(kept.secret_hash) == 64
    assert Client().get(f"/calendars/{kept.secret_hash}.ics").status_code == 404


def test_a_new_address_ends_the_old_one_and_revoking_ends_all():
    old, new = made(), made()
    assert [Client().get(address).status_code for address in (old, new)] == [404, 200]
    client("stan").post(f"{DUE}calendar/", {"do": "revoke"})
    assert Client().get(new).status_code == 404
    assert Calendar.objects.filter(revoked_at=None).count() == 0


@pytest.mark.parametrize("change", [{"is_active": False}, {"groups": []}])
def test_who_may_see_no_page_any_more_has_no_calendar(change):
    address, stan = made(), User.objects.get(username="stan")
    if "groups" in change:
        stan.groups.set([])
    else:
        User.objects.filter(pk=stan.pk).update(**change)
    assert Client().get(address).status_code == 404


def test_a_filter_is_baked_in_and_me_is_who_made_it():
    rosa = cast.reviewer()
    online({"title": "Mine", "next_due": day(3), "reviewer": rosa}, {"title": "Other", "next_due": day(3)})
    assert list(events(made("rosa", "reviewer=me"))) == ["Review due: Mine"]
    page = client("rosa").post(f"{DUE}calendar/", {"query": "tier=odd"})
    assert "This filter is not understood" in text(page)


def test_a_moved_date_is_the_same_event_with_a_higher_number():
    article = signing.published()
    address = made()
    (before,) = events(address).values()
    now = timezone.now() + timedelta(minutes=5)
    keeping.defer(article, until=day(20), reason="A guideline is due.", by=cast.person("stan"), at=now)
    (after,) = events(address).values()
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt == now.replace(microsecond=0)
    assert after["dtstart"].dt == day(20)
    (again,) = events(address).values()
    assert again.to_ical() == after.to_ical()


def test_words_of_a_draft_stay_at_home():
    article = signing.published()
    article.title = "Not for anybody"
    article.save()
    assert list(events(made())) == ["Review due: Acute example disease"]


def test_the_lookup_is_one_question_with_an_index(django_assert_num_queries):
    address = made()
    with django_assert_num_queries(1):
        assert Client().get("/calendars/nothing.ics").status_code == 404
    with django_assert_num_queries(6):
        Client().get(address)
    assert Published.objects.count() == 0
