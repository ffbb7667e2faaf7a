"""Publishing at a time, in a real browser: over a change of the clocks, and when something stands in the way then."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles import runs, timed
from articles.models import Edition, Message, Schedule
from tests import cast
from tests.articles.admin import signing
from tests.articles.admin.signing import url
from tests.articles.admin.test_scheduling import next_change
from tests.browser import axe_in_both_schemes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paula(page: Page, live_server, settings) -> Page:
    """Paula has signed in. Signatures last long enough to reach the next change of the clocks."""
    settings.ATTESTATION_DAYS = 500
    cookie = signing.client("paula").cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + "/admin/")
    return page


def time_passes(at):
    """What a timer does at that moment."""
    for task in timed.TASKS:
        assert not runs.run(task.name, task.work, at=at).failed


def schedules(page, day, clock):
    page.get_by_label("Change note").fill("First published, in spring.")
    page.get_by_label("At a time").check()
    page.get_by_label("Date:", exact=True).fill(day.isoformat())
    page.get_by_label("Time:", exact=True).fill(clock)
    page.get_by_role("button", name="Publish edition 1").click()


def go(page, live_server, address):
    page.goto(live_server.url + address)


def test_a_page_is_scheduled_over_a_change_of_the_clocks_and_goes_online_at_its_time(paula, live_server):
    article = signing.signed().article
    go(paula, live_server, url("article_publish", article))
    day = next_change(3)
    schedules(paula, day, "02:30")
    expect(paula.get_by_text("2:30 a.m. never comes. Choose 1:30 a.m. PST or 3:30 a.m. PDT.")).to_be_visible()
    schedules(paula, day, "03:30")
    expect(paula.locator(".messagelist .success")).to_contain_text("3:30 a.m. (PDT, UTC-7)")
    expect(paula.locator(".state-panel")).to_contain_text("Will be published on")
    moment = Schedule.objects.get().publish_at
    assert f"{moment:%H:%M}" == "10:30"
    time_passes(moment - timedelta(minutes=1))
    assert paula.goto(f"{live_server.url}/{article.slug}/").status == 404
    time_passes(moment)
    assert paula.goto(f"{live_server.url}/{article.slug}/").status == 200
    expect(paula.locator("article")).to_contain_text("The usual dose is 5 mg.")
    assert Edition.objects.get().published_at == moment


def test_one_that_is_refused_sends_mail_and_shows_why(paula, live_server, mailoutbox):
    article = signing.signed().article
    go(paula, live_server, url("article_publish", article))
    schedules(paula, timezone.localdate() + timedelta(days=3), "09:00")
    expect(paula.locator(".state-panel")).to_contain_text("Will be published on")
    cast.edited(article, at=timezone.now())
    go(paula, live_server, "/admin/")
    expect(paula.locator(".pile", has_text="Scheduled")).to_contain_text("will be refused: the words changed")
    time_passes(Schedule.objects.get().publish_at)
    mail = next(mail for mail in mailoutbox if "was not published as scheduled" in mail.subject)
    assert mail.to == ["paula@example.org"]
    go(paula, live_server, Message.objects.latest("pk").path)
    go(paula, live_server, url("article_change", article))
    expect(paula.locator(".state-panel")).to_contain_text("The words were changed after it was scheduled.")
    assert paula.goto(f"{live_server.url}/{article.slug}/").status == 404


def test_a_schedule_is_cancelled_by_keyboard(paula, live_server):
    article = cast.scheduled(at=timezone.now()).article
    go(paula, live_server, url("article_change", article))
    paula.get_by_role("link", name="Cancel the schedule").focus()
    paula.keyboard.press("Enter")
    paula.get_by_role("button", name="Cancel the scheduled publication").focus()
    paula.keyboard.press("Enter")
    expect(paula.locator(".messagelist .success")).to_contain_text("was cancelled")
    assert not Schedule.objects.waiting().exists()


@pytest.mark.pure  # other tests ask the database for the same on both engines
@pytest.mark.parametrize("width", [320, 1280])
def test_every_screen_is_accessible_and_fits(paula, live_server, width, monkeypatch):
    monkeypatch.setattr("articles.timed.set_up_at", lambda: timezone.now() - timedelta(minutes=11))
    paula.set_viewport_size({"width": width, "height": 900})
    waits, fresh = cast.scheduled(at=timezone.now()).article, signing.signed(cast.draft(cast.words("Other"))).article
    go(paula, live_server, "/admin/")
    fits(paula, "Timed work has never run here.")
    for name, article, words in (
        ("article_publish", fresh, "By the clocks of"),
        ("article_publish", waits, "Publishing now cancels that."),
        ("article_change", waits, "Will be published on"),
        ("article_unschedule", waits, "nothing is published at that time"),
    ):
        go(paula, live_server, url(name, article))
        fits(paula, words)
    time_passes(timezone.now())
    go(paula, live_server, "/admin/")
    fits(paula, "Timed work last ran")


def fits(page, words):
    """Once the screen that says these words has come, axe has nothing to say, and nothing is cut off."""
    expect(page.get_by_text(words).first).to_be_visible()
    page.wait_for_load_state()
    assert axe_in_both_schemes(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
