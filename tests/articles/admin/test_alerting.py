"""Bringing news at the desk, the pages it is about, and where it is read before anybody signs."""

import pytest
from django.utils import timezone

from articles.models import Alert, Condition, Decision
from tests import cast
from tests.articles import sources
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db
QUEUE = "/admin/articles/article/news/"
REPORT = f"{QUEUE}report/"
SAID = {"kind": "guideline", "title": "A new guideline", "about": "It halves the dose.", "url": "https://example.org/g"}


@pytest.fixture
def page():
    return cast.published().article


def other(title="Another disease"):
    return cast.published(cast.draft(cast.words(title))).article


def report(name="stan", address=REPORT, **fields):
    return client(name).post(address, {**SAID, "step": "report", **fields}, follow=True)


def ticked(response):
    return response.context["choice"].ticked


# -- which pages ---------------------------------------------------------------------------------------------------


def test_it_works(page):
    said = text(report(article=[page.pk], listed=[page.pk]))
    assert "It waits on 1 page for a decision." in said
    assert "New guideline, since" in said
    assert "It halves the dose. Read it · Brought by stan on" in said
    assert f"It waits on 1 page {page.title} Due by" in said


def test_pages_are_found_by_condition_by_words_and_by_address(page):
    second, third = other(), other("Third disease")
    condition = Condition.objects.create(name="Example", slug="example")
    type(page).objects.filter(pk=page.pk).update(condition=condition)
    assert ticked(report(step="look", condition=condition.pk)) == {page.pk}
    assert ticked(report(step="look", words="another DISEASE")) == {second.pk}
    pasted = f"https://example.org/{second.slug}/?x=1\n/{third.slug}/ third-nowhere"
    shown = report(step="look", pasted=pasted)
    assert ticked(shown) == {second.pk, third.pk}
    assert "No page online was found for: third-nowhere" in text(shown)


def test_what_was_unticked_stays_so_while_others_are_looked_for(page):
    second = other()
    shown = report(step="look", words="another", listed=[page.pk])
    assert (len(shown.context["choice"].pages), ticked(shown)) == (2, {second.pk})
    assert not Alert.objects.exists()


def test_nothing_typed_is_lost_when_it_is_refused(page):
    said = report(article=[page.pk], listed=[page.pk], title="", about="Keep these words.")
    assert "This field is required." in text(said)
    assert "Keep these words." in text(said)
    assert ticked(said) == {page.pk}
    assert "Name at least one page that the news is about." in text(report(listed=[page.pk]))
    assert not Alert.objects.exists()


def test_a_page_that_is_not_online_is_not_offered():
    draft = cast.draft(cast.words("A draft"))
    shown = report(step="look", pasted=draft.slug, listed=[draft.pk], article=[draft.pk])
    assert shown.context["choice"].pages == []


def test_other_pages_are_added_later(page):
    alert, second = sources.alerted(page), other()
    place = f"{QUEUE}alert/{alert.pk}/pages/"
    assert links(client("stan").get(f"{QUEUE}alert/{alert.pk}/"), "It is about other pages, too") == [place]
    looked = report("wanda", place, step="look", words="disease")
    assert ticked(looked) == {second.pk}  # the first is named already
    report("wanda", place, article=[second.pk], listed=[second.pk])
    assert alert.pages.count() == 2


# -- where it is read ----------------------------------------------------------------------------------------------


def test_the_panel_leads_to_reporting_and_to_deciding(page):
    way = f"{REPORT}?article={page.pk}"
    assert links(client("wanda").get(desk.change_url(page)), "Report news about this page") == [way]
    assert ticked(client("wanda").get(way)) == {page.pk}
    assert links(client("ada").get(desk.change_url(page)), "Report news about this page") == []
    sources.alerted(page)
    shown = client("stan").get(desk.change_url(page))
    assert "waits for a decision: “A new guideline” (new guideline). The page is due by" in text(shown)


def test_one_screen_shows_all_news_of_a_page_and_one_form_decides(page):
    sources.dies()
    sources.alerted(page)
    sources.expires(page)
    address = url("article_news", page)
    shown = client("rosa").get(address)
    assert "The page prints6,550 new cases (2025), good until" in text(shown)
    keys = [one.key for one in shown.context["news"]]
    assert [key.partition(".")[0] for key in keys] == ["alert", "fact_value", "change"]
    client("rosa").post(address, {"news": keys[:2], "kind": "no impact", "reason": "It does not touch us.", "upto": 0})
    assert Decision.objects.count() == 2
    said = text(client("stan").get(address))
    assert "rosa, No impact on this page. New guideline: A new guideline." in said
    assert "Fact: New cases a year, 6,550 new cases (2025)." in said


def test_a_fact_has_a_screen_of_its_own_with_the_newest_value(page):
    value = sources.expires(page)
    place = f"{QUEUE}fact/{value.pk}/"
    assert "Fact out of date, since" in text(client("stan").get(place))
    sources.renewed(value)
    said = text(client("stan").get(place))
    assert "Fact has a newer value, since" in said
    assert "The newest value6,660 new cases" in said
    assert "It waits on 1 page" in said


def test_a_fact_that_is_good_asks_nothing(page):
    value = sources.printed(page)
    assert "This news asks nothing of any page." in text(client("stan").get(f"{QUEUE}fact/{value.pk}/"))


def test_a_reviewer_reads_of_it_before_signing(page):
    sources.alerted(page)
    sources.expires(page)
    review = signing.requested(page)
    said = text(client("rosa").get(url("review_read", review)))
    assert "News about this page A new guideline New guideline, since" in said
    assert "New cases a year Fact out of date, since" in said


def test_a_doctors_desk_shows_what_only_they_let_pass(page):
    sources.reported()
    assert "News (" not in text(client("rosa").get("/admin/")).partition(" Everything ")[0]
    sources.alerted(page)
    assert "News (1) A new guideline New guideline; 1 page; since" in text(client("rosa").get("/admin/"))


def test_two_who_decide_about_an_alert_do_not_overrule_each_other(page):
    alert = sources.alerted(page)
    place = f"{QUEUE}alert/{alert.pk}/"
    sent = {"article": [page.pk], "reason": "We say so already.", "upto": 0}
    client("edith").post(place, {**sent, "kind": "change"})
    said = text(client("rosa").post(place, {**sent, "kind": "no impact"}))
    assert "Somebody has decided about this meanwhile." in said
    assert Decision.objects.get().kind == "change"


@pytest.mark.parametrize("address", [QUEUE, "/admin/"])
def test_the_queue_costs_the_same_for_two_and_for_many(django_assert_max_num_queries, page, address):
    browser = client("stan")
    for number in range(2):
        sources.alerted(page, title=f"News {number}")
    browser.get(address)
    with django_assert_max_num_queries(40) as few:
        browser.get(address)
    at = timezone.now()
    made = [Alert(kind="other", title=f"More {n}", by=cast.cast().stan, at=at) for n in range(200)]
    rows = Alert.objects.bulk_create(made)
    rows[0].pages.model.objects.bulk_create(rows[0].pages.model(alert=row, article=page) for row in rows)
    with django_assert_max_num_queries(len(few)):
        shown = browser.get(address)
    if address == QUEUE:
        assert "202 pieces of news" in text(shown)
