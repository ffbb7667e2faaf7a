"""Dates of many articles: fill in once, look over every row, confirm, and be told row by row."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from articles import keeping, roles
from articles.admin import sheets
from articles.models import Deferral, Message, Published, Review, TimelineEntry
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
SHEET = LIST + "dates/{}/"
DEEDS = {"record": "record_reviews", "defer": "defer_dates", "cadence": "change_cadences"}
DEFERRAL = {"until": "2028-01-31", "reason": "Guideline due in January."}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is 2 December 2026."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 2, 20, tzinfo=UTC))


def online(*titles):
    return [cast.published(cast.draft(cast.words(title=title))).article for title in titles]


def stan():
    return desk.client("stan", roles.RECORDS_STEWARD)


def letter():
    return {"reviewer": cast.reviewer().pk, "on": "2026-12-01", "evidence": "Letter of 1 December"}


def chosen(browser, deed, *articles, **more):
    """Tick articles in the list and choose the action."""
    ticked = {"action": DEEDS[deed], "_selected_action": [article.pk for article in articles]}
    return browser.post(LIST, ticked | more)


def step(browser, deed, response, name, **fields):
    """Send on what the last screen carried, with a button pressed."""
    form = html.fromstring(response.content.decode()).xpath("//div[@id='content-main']//form")[0]
    carried = {k: v for k, v in form.form_values() if k != "csrfmiddlewaretoken"}
    return browser.post(SHEET.format(deed), {**carried, **fields, "step": name})


def checked(browser, deed, *articles, **fields):
    """As far as the sheet that shows what would happen."""
    return step(browser, deed, chosen(browser, deed, *articles), "check", **fields)


def marks(response):
    return html.fromstring(response.content.decode()).xpath("//input[@name='confirmed']/@value")


def rows(response):
    found = html.fromstring(response.content.decode()).xpath("//div[@id='content-main']//tbody/tr")
    return [_words(row) for row in found]


def text(response):
    return _words(html.fromstring(response.content.decode()).get_element_by_id("content-main"))


def _words(element):
    return " ".join(" ".join(element.itertext()).split())


def test_it_works():
    one, two = online("One", "Two")
    browser = stan()
    sheet = checked(browser, "record", one, two, **letter())
    assert not Review.objects.filter(origin="on_behalf").exists()
    result = step(browser, "record", sheet, "do", confirmed=marks(sheet))
    assert "Done for 2 articles." in text(result)
    assert {row.last_reviewed_on for row in Published.objects.all()} == {date(2026, 12, 1)}
    assert [article.timeline.filter(what="review_recorded").count() for article in (one, two)] == [1, 1]


def test_the_reviewer_gets_one_message_about_the_rows_that_were_done():
    browser, articles = stan(), online("One", "Two", "Three")
    sheet = checked(browser, "record", *articles, **letter())
    step(browser, "record", sheet, "do", confirmed=marks(sheet)[:2])
    told = Message.objects.get(kind=Message.Kind.DIGEST)
    assert told.subject == "Your reviews of 2 pages were recorded"
    assert "Two" not in told.body


def test_the_sheet_shows_every_row_and_what_would_be_refused_and_why():
    [good], [differs] = online("Good"), online("Differs")
    cast.edited(differs)
    draft = cast.draft(cast.words(title="Draft"))
    sheet = checked(stan(), "record", good, differs, draft, **letter())
    assert rows(sheet) == [
        "Not possible Differs Online, draft differs 1 (Nov. 2, 2026)"
        " The working text differs from the page that is online. Ask for a review of it instead.",
        "Not possible Draft Draft – This article is not online, so there is no page that could have been reviewed.",
        "Confirm “Good” Good Online 1 (Nov. 2, 2026) Rosa Example, MD Dec. 1, 2026 Letter of 1 December"
        " Nov. 2, 2026 Dec. 1, 2026 Nov. 2, 2027 Dec. 1, 2027",
    ]
    assert len(marks(sheet)) == 1


def test_looking_at_the_sheet_changes_nothing():
    articles = online("One", "Two")
    before = list(Published.objects.values()), TimelineEntry.objects.count()
    for deed, fields in (("record", letter()), ("defer", DEFERRAL), ("cadence", {"tier": "high"})):
        assert len(marks(checked(stan(), deed, *articles, **fields))) == 2
    assert (list(Published.objects.values()), TimelineEntry.objects.count()) == before
    assert not Deferral.objects.exists()


def test_only_confirmed_rows_are_done():
    one, two = online("One", "Two")
    browser = stan()
    sheet = checked(browser, "defer", one, two, **DEFERRAL)
    result = step(browser, "defer", sheet, "do", confirmed=marks(sheet)[:1])
    assert [deferral.article for deferral in Deferral.objects.all()] == [one]
    assert "Not confirmed, and left as they were Two" in text(result)


def test_a_row_that_changed_since_it_was_shown_is_refused_and_the_others_are_done():
    one, two = online("One", "Two")
    browser = stan()
    sheet = checked(browser, "defer", one, two, **DEFERRAL)
    keeping.set_cadence(one, tier="high", months=None, by=cast.person("stan"), at=timezone.now())
    result = step(browser, "defer", sheet, "do", confirmed=marks(sheet))
    assert [deferral.article for deferral in Deferral.objects.all()] == [two]
    assert rows(result)[0].startswith("One Refused: It changed after it was shown to you.")


def test_a_row_that_was_never_possible_can_not_be_forged():
    [article] = online("One")
    cast.edited(article)
    browser = stan()
    sheet = checked(browser, "record", article, **letter())
    mark = sheets.Outcome(*sheets.rows([article.pk])).mark
    result = step(browser, "record", sheet, "do", confirmed=[mark])
    assert "Refused: The working text differs" in rows(result)[0]
    assert not Review.objects.filter(origin="on_behalf").exists()


def test_sending_the_confirmation_twice_does_it_once():
    [article] = online("One")
    browser = stan()
    sheet = checked(browser, "record", article, **letter())
    for _time in range(2):
        result = step(browser, "record", sheet, "do", confirmed=marks(sheet))
    assert "Refused" in rows(result)[0]
    assert Review.objects.filter(origin="on_behalf").count() == 1


def test_a_row_that_the_database_drops_leaves_the_others_done(monkeypatch):
    one, two = online("One", "Two")
    browser, defer = stan(), keeping.defer
    sheet = checked(browser, "defer", one, two, **DEFERRAL)

    def broken(article, **said):
        deferral = defer(article, **said)
        if article.pk == one.pk:
            raise DatabaseError("gone")
        return deferral

    monkeypatch.setattr(keeping, "defer", broken)
    result = step(browser, "defer", sheet, "do", confirmed=marks(sheet))
    assert "Refused: The database did not answer." in rows(result)[0]
    assert [deferral.article for deferral in Deferral.objects.all()] == [two]


def test_what_was_filled_in_can_be_changed():
    articles = online("One", "Two")
    browser = stan()
    sheet = checked(browser, "defer", *articles, **DEFERRAL)
    again = step(browser, "defer", sheet, "edit")
    assert "Show what would happen" in text(again)
    sheet = step(browser, "defer", again, "check", until="2028-02-29")
    assert "Feb. 29, 2028" in rows(sheet)[1]


def test_what_is_not_filled_in_is_asked_for_and_nothing_is_lost():
    articles = online("One", "Two")
    browser = stan()
    answer = checked(browser, "defer", *articles, until="2028-01-31", reason="")
    assert desk.errors(answer) == ["This field is required."]
    assert "2 articles One Online Two Online" in text(answer)
    assert len(marks(step(browser, "defer", answer, "check", **DEFERRAL))) == 2


def test_tier_and_cadence_may_each_be_left_alone():
    one, two = online("One", "Two")
    keeping.set_cadence(two, tier="low", months=18, by=cast.person("stan", roles.RECORDS_STEWARD), at=cast.NOON)
    browser = stan()
    sheet = checked(browser, "cadence", one, two, tier="high")
    step(browser, "cadence", sheet, "do", confirmed=marks(sheet))
    found = Published.objects.order_by("title").values_list("article__risk_tier", "article__cadence_months", "next_due")
    assert list(found) == [("high", None, date(2027, 5, 2)), ("high", 18, date(2028, 5, 2))]


def test_all_across_pages_are_taken(monkeypatch):
    monkeypatch.setattr("articles.admin.listing.ListsArticles.list_per_page", 2)
    articles = online("One", "Two", "Three")
    browser = stan()
    sheet = step(browser, "defer", chosen(browser, "defer", articles[0], select_across="1"), "check", **DEFERRAL)
    assert len(marks(sheet)) == 3


def test_a_filter_limits_all_across_pages():
    articles = online("One", "Two")
    cast.draft(cast.words(title="Draft"))
    ticked = {"action": "defer_dates", "_selected_action": [articles[0].pk], "select_across": "1"}
    response = stan().post(LIST + "?state=online", ticked)
    assert "2 articles One Online Two Online" in text(response)
    assert "?state=online" in response.content.decode()


def test_more_than_a_person_can_look_over_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(sheets, "LIMIT", 1)
    browser = stan()
    response = browser.post(
        LIST, {"action": "defer_dates", "_selected_action": [a.pk for a in online("One", "Two")]}, follow=True
    )
    assert "At most 1 articles at a time. Narrow the list with a filter." in response.content.decode()


@pytest.mark.parametrize("numbers", ["x", "1,-2", "1e3", "9" * 30])
def test_nonsense_in_the_place_of_numbers_is_not_found(numbers):
    assert stan().post(SHEET.format("defer"), {"articles": numbers}).status_code == 404


@pytest.mark.parametrize("deed", ["record", "defer", "cadence"])
def test_a_role_without_the_permission_is_forbidden_by_direct_post(deed):
    [article] = online("One")
    data = {"articles": article.pk, "step": "do", "confirmed": sheets.Outcome(*sheets.rows([article.pk])).mark}
    assert desk.client().post(SHEET.format(deed), {**data, **DEFERRAL, **letter()}).status_code == 403
    assert not Deferral.objects.exists()


def test_the_action_is_not_open_to_a_role_without_the_permission():
    [article] = online("One")
    assert "Show what would happen" not in text(chosen(desk.client(), "defer", article))
    assert "Show what would happen" in text(chosen(stan(), "defer", article))


def test_a_publisher_may_defer_but_not_record():
    [article] = online("One")
    paula = desk.client("paula", roles.PUBLISHER)
    assert len(marks(checked(paula, "defer", article, **DEFERRAL))) == 1
    assert paula.post(SHEET.format("record"), {"articles": article.pk}).status_code == 403


def test_the_address_of_a_sheet_leads_back_to_the_list():
    assert stan().get(SHEET.format("defer"))["Location"] == LIST
    assert stan().get(SHEET.format("backdate")).status_code == 404
    assert stan().post(SHEET.format("prior")).status_code == 404


def test_the_sheet_itself_takes_few_queries_however_many_rows():
    counts = []
    for titles in (["A"], [f"B{number}" for number in range(9)]):
        browser, articles = stan(), online(*titles)
        with CaptureQueriesContext(connection) as found:
            chosen(browser, "defer", *articles)
        counts.append(len(found))
    assert counts[0] == counts[1]
