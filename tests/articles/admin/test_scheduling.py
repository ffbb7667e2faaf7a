"""Publishing at a time, from the screens: what is asked, what is refused, what stands on the panel."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from articles import scheduling
from articles.models import Edition, Message, Published, Schedule
from tests import cast
from tests.articles.admin import signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db


def send(article, *, by="paula", **more):
    data = {"change_note": "A clearer dose.", "full_hash": article.content().full_hash, "when": "later"} | more
    return client(by).post(url("article_publish", article), data, follow=True)


def in_days(days, at="09:30"):
    return {"on": (timezone.localdate() + timedelta(days=days)).isoformat(), "clock": at}


def panel(article, by="paula"):
    return text(client(by).get(url("article_change", article)))


def next_change(month):
    """The day in that month, still to come, on which the clocks of Los Angeles change, at 2 in the night."""
    zone, day = timezone.get_default_timezone(), timezone.localdate() + timedelta(days=1)
    noon = datetime.min.time().replace(hour=12)
    while True:
        offsets = [datetime.combine(d, noon, zone).utcoffset() for d in (day - timedelta(days=1), day)]
        if day.month == month and offsets[0] != offsets[1]:
            return day
        day += timedelta(days=1)


def test_it_is_promised_and_not_done():
    article = signing.signed().article
    assert "Publication is scheduled for" in text(send(article, **in_days(3)))
    schedule = Schedule.objects.get()
    local = timezone.localtime(schedule.publish_at)
    assert (local.date(), f"{local:%H:%M}") == (timezone.localdate() + timedelta(days=3), "09:30")
    assert (schedule.change_note, schedule.by.username) == ("A clearer dose.", "paula")
    assert not Edition.objects.exists()


def test_the_screen_names_the_time_zone():
    page = text(client("paula").get(url("article_publish", signing.signed().article)))
    assert "By the clocks of Los Angeles (today P" in page
    assert ", UTC-" in page


def test_now_is_what_happens_when_nothing_is_chosen():
    article = signing.signed().article
    assert "Edition 1 is online." in text(send(article, when="now"))


def test_a_time_that_was_given_and_not_chosen_publishes_nothing():
    article = signing.signed().article
    assert "You gave a time." in text(send(article, when="now", **in_days(3)))
    assert not Edition.objects.exists()


@pytest.mark.parametrize("more", [{}, {"on": "2027-05-05"}, {"clock": "12:00"}])
def test_a_time_has_a_date_and_a_clock(more):
    assert "Give a date and a time." in text(send(signing.signed().article, **more))
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("more", [{"on": "soon"}, {"clock": "25:99"}, {"on": "9999-99-99"}])
def test_nonsense_is_refused_beside_its_field(more):
    assert "Enter a valid" in text(send(signing.signed().article, **(in_days(3) | more)))


@pytest.mark.parametrize("on", ["0001-01-01", "2026-01-01", "9999-12-31"])
def test_times_in_the_past_or_far_away_are_refused(on):
    page = text(send(signing.signed().article, on=on, clock="12:00"))
    assert "That time is past." in page or "That is more than a year away." in page
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("on", "clock", "words"),
    [
        ("2027-03-14", "02:30", "go forward: 2:30 a.m. never comes. Choose 1:30 a.m. PST or 3:30 a.m. PDT."),
        ("2027-11-07", "01:30", "go back: 1:30 a.m. comes twice. Choose 12:30 a.m. PDT or 2:30 a.m. PST."),
    ],
)
def test_an_hour_that_the_clocks_skip_or_repeat_is_refused_with_its_neighbours(on, clock, words):
    page = send(signing.signed().article, on=on, clock=clock)
    assert words in text(page)
    assert f'value="{on}"' in page.content.decode()
    assert not Schedule.objects.exists()


def test_the_hour_after_the_clocks_went_forward_is_kept_as_it_is_shown(settings):
    settings.ATTESTATION_DAYS = 400
    day = next_change(3)
    send(signing.signed().article, on=day.isoformat(), clock="03:30")
    assert f"{Schedule.objects.get().publish_at:%H:%M}" == "10:30"


def test_words_that_were_not_on_the_screen_are_not_scheduled():
    article = signing.signed().article
    assert "The words were changed after you opened this page." in text(send(article, full_hash="0" * 64, **in_days(3)))
    assert not Schedule.objects.exists()


def test_the_panel_says_when_and_by_whom_and_how_to_cancel():
    article = signing.signed().article
    send(article, **in_days(3))
    assert "Will be published on" in panel(article)
    assert ", 9:30 a.m. (P" in panel(article)
    assert ") by paula." in panel(article, "wanda")
    page = client("paula").get(url("article_change", article))
    assert links(page, "Cancel the schedule") == [url("article_unschedule", article)]
    assert links(client("wanda").get(url("article_change", article)), "Cancel the schedule") == []


def test_the_panel_says_before_that_it_will_be_refused():
    article = signing.signed().article
    send(article, **in_days(3))
    cast.edited(article, at=timezone.now())
    assert "as it stands it will be refused: The words were changed after it was scheduled." in panel(article)


def test_the_panel_says_why_it_was_refused():
    schedule = cast.scheduled(at=timezone.now() - timedelta(days=3))
    cast.edited(schedule.article, at=timezone.now() - timedelta(days=2))
    scheduling.keep(schedule, at=timezone.now())
    assert "Was not published as scheduled, on" in panel(schedule.article)
    assert "The words were changed after it was scheduled." in panel(schedule.article)


def test_publishing_now_says_that_it_cancels_what_is_scheduled():
    article = signing.signed().article
    send(article, **in_days(3))
    page = text(client("peter").get(url("article_publish", article)))
    assert "by paula. Publishing now cancels that." in page
    send(article, by="peter", when="now")
    assert Schedule.objects.get().outcome == "cancelled"


def test_cancelling_asks_first_and_then_does_it():
    article = signing.signed().article
    send(article, **in_days(3))
    browser, address = client("peter"), url("article_unschedule", article)
    assert "nothing is published at that time" in text(browser.get(address))
    assert Schedule.objects.waiting().exists()
    data = {"schedule": Schedule.objects.get().pk, "reason": "Too early."}
    assert "The scheduled publication was cancelled." in text(browser.post(address, data, follow=True))
    assert Schedule.objects.get().outcome_reason == "Too early."
    assert Message.objects.filter(kind="digest").get().person.username == "paula"


def test_another_schedule_than_the_one_shown_is_not_cancelled():
    article = signing.signed().article
    send(article, **in_days(3))
    page = client("paula").post(url("article_unschedule", article), {"schedule": "", "reason": ""}, follow=True)
    assert "There is nothing to cancel." in text(page)
    assert Schedule.objects.waiting().exists()


@pytest.mark.parametrize("name", ["wanda", "edith", "rosa", "stan", "ada"])
def test_other_roles_can_neither_schedule_nor_cancel(name):
    article = signing.signed().article
    assert send(article, by=name, **in_days(3)).status_code == 403
    send(article, **in_days(3))
    row = {"schedule": Schedule.objects.get().pk}
    assert client(name).post(url("article_unschedule", article), row).status_code == 403
    assert Schedule.objects.waiting().exists()


def test_looking_publishes_nothing_though_the_time_has_come():
    article = cast.scheduled(at=timezone.now() - timedelta(days=3)).article
    browser = client("paula")
    names = ("article_publish", "article_unschedule", "article_change", "article_preview", "article_dates")
    addresses = [url(name, article) for name in names]
    for address in (
        *addresses,
        "/admin/",
        "/admin/articles/schedule/",
        "/admin/articles/article/",
        f"/{article.slug}/",
    ):
        browser.get(address)
    assert not Edition.objects.exists()
    assert not Published.objects.exists()
    assert Schedule.objects.waiting().exists()


def test_the_list_of_schedules_is_only_read():
    schedule = cast.scheduled()
    page = client("paula").get("/admin/articles/schedule/")
    assert schedule.article.title in text(page)
    assert client("paula").get("/admin/articles/schedule/add/").status_code == 403
    assert client("paula").post(url("schedule_delete", schedule), {"post": "yes"}).status_code == 403
