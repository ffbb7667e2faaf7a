"""Dates of one article: the panel, and the deeds that its forms call."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone
from lxml import html

from articles import alerting, drafting, keeping, publishing, roles
from articles.alerting import Brought
from articles.models import Published, Review, TimelineEntry
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db
ROLES = {"stan": roles.RECORDS_STEWARD, "wanda": roles.WRITER, "paula": roles.PUBLISHER, "rosa": roles.MEDICAL_REVIEWER}
ROLES["ravi"] = roles.MEDICAL_REVIEWER
LETTER = {"on": "2026-12-01", "evidence": "Letter of 1 December", "scope": "full"}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is 2 December 2026."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 2, 20, tzinfo=UTC))


def client(name="stan"):
    return desk.client(name, ROLES[name])


def url(article, deed=""):
    return f"/admin/articles/article/{article.pk}/dates/" + (f"{deed}/" if deed else "")


def panel(article, name="stan"):
    response = client(name).get(url(article))
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(page, path="//div[@id='content-main']"):
    return " ".join(page.xpath(path)[0].text_content().split())


def offered(page):
    return [offer.get("id") for offer in page.xpath("//details") if offer.xpath(".//form")]


def send(article, deed, browser=None, **fields):
    """Fill in the form that the panel shows and send it."""
    browser = browser or client()
    page = html.fromstring(browser.get(url(article)).content.decode())
    seen = page.xpath("//input[@name='seen']/@value")[0]
    return browser.post(url(article, deed), {"seen": seen, **fields}, follow=True)


def record(article, deed="record", **changes):
    return send(article, deed, **{"reviewer": cast.reviewer().pk, **LETTER, **changes})


def errors(response):
    return desk.errors(response)


def imported(said=None):
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64, said=said or {})
    return drafting.start(cast.words(), by=cast.person("wanda", roles.WRITER), at=cast.NOON, manuscript=facts)


# -- the panel -----------------------------------------------------------------------------------------------------


def test_it_says_who_reviewed_it_and_why_it_is_due():
    said = words(panel(cast.published().article))
    assert "State Online · edition 1, published Nov. 2, 2026" in said
    assert "Last reviewed Nov. 2, 2026 by Rosa Example, MD (requested here)" in said
    assert "Next review due Nov. 2, 2027 12 months after the last review: its risk tier is Standard." in said


def test_it_says_what_is_the_matter_with_the_reviewer_and_leads_to_the_news():
    article, reviewer = cast.published().article, cast.reviewer()
    article.reviewer = reviewer
    article.save()
    assert panel(article).xpath("//a[.='See the news']") == []
    type(reviewer).objects.update(credentials_until=date(2026, 11, 20))
    said = Brought(kind="guideline", title="A guideline")
    alerting.raise_alert(said, [article], by=cast.person("stan"), at=timezone.now())
    page = panel(article)
    assert "Assigned reviewer Rosa Example, MD credentials lapsed on Nov. 20, 2026" in words(page)
    assert page.xpath("//a[.='See the news']/@href") == [f"/admin/articles/article/{article.pk}/news/"]
    assert page.xpath("//a[.='Due dates']/@href") == ["/admin/articles/article/due/"]


def test_it_names_a_cadence_of_its_own():
    article = cast.published().article
    send(article, "cadence", tier="standard", cadence="own", months="18")
    assert "May 2, 2028 18 months after the last review: this page's own cadence." in words(panel(article))


def test_it_names_who_deferred_the_date_and_why():
    article = cast.published().article
    send(article, "defer", until="2028-01-31", reason="Guideline due.")
    said = words(panel(article))
    assert (
        "Jan. 31, 2028 Set by stan on Dec. 2, 2026: “Guideline due.” The cadence alone would say Nov. 2, 2027" in said
    )
    assert "(in force)" in said


def test_an_overdue_page_says_so(monkeypatch):
    article = cast.published().article
    monkeypatch.setattr(timezone, "now", lambda: datetime(2027, 11, 3, 20, tzinfo=UTC))
    assert "Overdue since Nov. 2, 2027" in words(panel(article))


def test_a_draft_has_no_dates():
    said = words(panel(cast.draft()))
    assert "It comes from a review, and nobody can type it." in said
    assert "None: dates begin with the publication of reviewed words." in said


def test_the_history_tells_every_review_and_its_words():
    article = cast.published().article
    record(article)
    rows = [" ".join(row.text_content().split()) for row in panel(article).xpath("//table/tbody/tr")]
    assert rows == [
        "Dec. 1, 2026 (dates the page) Rosa Example, MD Attested, Dec. 2, 2026 edition 1"
        " Recorded by staff; stan: “Letter of 1 December” The record (Dec. 1, 2026, Rosa Example)",
        "Nov. 2, 2026 Rosa Example, MD Attested, Nov. 2, 2026 edition 1 Requested here",
    ]


def test_nothing_that_people_wrote_becomes_markup():
    article = cast.published().article
    send(article, "defer", until="2028-01-31", reason="<script>alert(1)</script>")
    assert not panel(article).xpath("//script[contains(., 'alert')]")
    assert "<script>alert(1)</script>" in words(panel(article))


def test_reading_the_panel_writes_nothing(django_assert_max_num_queries):
    article = cast.published().article
    browser = client()
    with django_assert_max_num_queries(30) as found:
        browser.get(url(article))
    assert not {query["sql"].split()[0] for query in found.captured_queries} & {"INSERT", "UPDATE", "DELETE"}


@pytest.mark.parametrize(
    ("name", "offers"),
    [
        ("stan", ["record", "assign", "defer", "cadence", "snooze"]),
        ("paula", ["assign", "defer", "cadence", "snooze"]),
        ("rosa", ["snooze"]),
        ("ravi", []),
        ("wanda", []),
    ],
)
def test_it_offers_what_the_role_allows(name, offers):
    assert offered(panel(cast.published().article, name)) == offers


def test_it_says_why_a_review_can_not_be_recorded():
    article = cast.published().article
    cast.edited(article)
    page = panel(article)
    assert offered(page) == ["assign", "defer", "cadence", "snooze"]
    assert "The working text differs from the page that is online." in words(page, "//details[@id='record']")


def test_an_earlier_review_is_offered_only_where_it_can_apply():
    assert "prior" not in offered(panel(cast.draft()))
    article = imported()
    assert "prior" in offered(panel(article))
    cast.edited(article)
    assert "prior" not in offered(panel(article))


def test_the_earlier_review_form_shows_what_the_document_says_of_itself():
    said = {"review": {"statement": "Reviewed by Dr. Who"}, "dates": [{"as_printed": "April 19, 2024", "label": ""}]}
    form = words(panel(imported(said)), "//details[@id='prior']")
    assert "nobody has checked: Reviewed by Dr. Whono label: April 19, 2024" in form


def test_an_article_that_is_not_there_is_not_found():
    assert client().get("/admin/articles/article/999/dates/").status_code == 404


# -- deeds ---------------------------------------------------------------------------------------------------------


def test_it_records_a_review():
    article = cast.published().article
    response = record(article)
    assert "Record a review: done. Next review due: Dec. 1, 2027." in response.content.decode()
    row = Published.objects.get()
    assert (row.last_reviewed_on, row.review.answered_by.username) == (date(2026, 12, 1), "stan")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"on": "2026-12-03"}, "A review can not be dated in the future."),
        ({"on": "2026-11-01"}, "The page was not online in these words on that day."),
        ({"on": "yesterday"}, "Enter a valid date."),
        ({"evidence": "  "}, "Choose a file, or say where the evidence is: a message, a letter, a form."),
        ({"reviewer": "0"}, "Select a valid choice. That choice is not one of the available choices."),
    ],
)
def test_what_can_not_be_is_refused_and_what_was_typed_stays(changes, why):
    response = record(cast.published().article, **changes)
    assert errors(response) == [why]
    assert Review.objects.count() == 1
    page = html.fromstring(response.content.decode())
    assert page.get_element_by_id("record").get("open") is not None
    assert "Letter" in words(page, "//textarea[@name='evidence']") or "evidence" in changes


def test_words_that_changed_while_the_form_was_open_are_refused():
    article, browser = cast.published().article, client()
    page = html.fromstring(browser.get(url(article)).content.decode())
    cast.edited(article)
    cast.published(article, at=cast.later(hours=1))
    data = {"seen": page.xpath("//input[@name='seen']/@value")[0], "reviewer": cast.reviewer().pk, **LETTER}
    assert "It changed after it was shown to you." in errors(browser.post(url(article, "record"), data))[0]
    assert not Review.objects.filter(origin="on_behalf").exists()


def test_a_post_that_shows_no_screen_is_refused():
    article = cast.published().article
    client().post(url(article, "defer"), {"until": "2028-01-31", "reason": "Quick"})
    assert not article.deferrals.exists()


def test_it_records_the_review_that_an_import_had():
    article = imported()
    response = record(article, "prior", on="2024-04-19")
    assert "Next review due: none before the page is published." in response.content.decode()
    cast.publish(article, at=timezone.now())
    assert Published.objects.get().last_reviewed_on == date(2024, 4, 19)


def test_it_changes_tier_and_cadence():
    article = cast.published().article
    send(article, "cadence", tier="high", cadence="tier", months="")
    assert Published.objects.get().next_due == date(2027, 5, 2)


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"tier": "standard", "cadence": "tier"}, "That is the tier and the cadence it has already."),
        ({"tier": "", "cadence": ""}, "Choose another risk tier or another cadence."),
        ({"tier": "high", "cadence": "own"}, "How many months?"),
        ({"tier": "high", "cadence": "", "months": "6"}, "Choose “Its own” to set these months."),
        ({"tier": "high", "cadence": "own", "months": "37"}, "A cadence is between 1 and 36 months."),
        ({"tier": "urgent", "cadence": "tier"}, "Select a valid choice. urgent is not one of the available choices."),
    ],
)
def test_a_cadence_that_can_not_be_is_refused(fields, why):
    article = cast.published().article
    assert why in errors(send(article, "cadence", **fields))
    assert not article.timeline.filter(what=TimelineEntry.What.CADENCE_SET).exists()


def test_it_defers_a_date():
    article = cast.published().article
    send(article, "defer", until="2028-01-31", reason="Guideline due.")
    assert (Published.objects.get().next_due, article.deferrals.get().by.username) == (date(2028, 1, 31), "stan")


def test_who_signs_can_not_record_a_review_of_their_own(monkeypatch):
    article = cast.published().article
    rosa = cast.reviewer().account
    rosa.groups.add(roles.Group.objects.get(name=roles.RECORDS_STEWARD))
    response = send(article, "record", desk.client("rosa", ROLES["rosa"]), reviewer=cast.reviewer().pk, **LETTER)
    assert "This is your own review." in errors(response)[0]


@pytest.mark.parametrize("deed", ["record", "prior", "defer", "cadence"])
@pytest.mark.parametrize("name", ["wanda", "rosa"])
def test_a_role_without_the_permission_is_forbidden_by_direct_post(name, deed):
    article = cast.published().article
    assert client(name).post(url(article, deed), {"reason": "Mine"}).status_code == 403


def test_a_publisher_keeps_dates_but_records_no_reviews():
    article, paula = cast.published().article, client("paula")
    assert paula.post(url(article, "record"), LETTER).status_code == 403
    send(article, "defer", paula, until="2028-01-31", reason="Guideline due.")
    assert article.deferrals.exists()


def test_nobody_else_gets_in():
    article = cast.published().article
    browser = desk.Client()
    for method in (browser.get, browser.post):
        assert method(url(article, "defer")).url.startswith("/admin/login/")
    browser.force_login(cast.person("sam"))
    assert browser.get(url(article)).url.startswith("/admin/login/")


def test_a_deed_is_not_done_by_get():
    article = cast.published().article
    assert client().get(url(article, "defer") + "?until=2028-01-31&reason=x").status_code == 405


def test_there_is_no_such_deed():
    assert client().post(url(cast.published().article, "backdate")).status_code == 404


def test_a_withdrawn_page_has_no_date_to_defer():
    article = cast.published().article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(hours=1), reason="Wrong.")
    assert offered(panel(article)) == ["assign", "cadence"]


def test_staff_lists_say_nothing_of_a_deferral_that_ended():
    article = cast.published().article
    steward = cast.person("stan", roles.RECORDS_STEWARD)
    keeping.defer(article, until=date(2028, 1, 31), reason="Guideline.", by=steward, at=cast.later(hours=1))
    record(article)
    said = words(panel(article))
    assert "Next review due Dec. 1, 2027 12 months after" in said
    assert "(in force)" not in said


def test_a_steward_is_led_to_asking_for_a_review_of_what_readers_see():
    article = cast.published().article
    way = f"//a[@href='/admin/articles/article/{article.pk}/request-review/']"
    assert panel(article).xpath(way)
    cast.edited(article)
    assert not panel(article).xpath(way)
    assert panel(article, "wanda").xpath(way)
