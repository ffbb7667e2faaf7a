"""What a page said before: its history, its editions, and what changed between two of them."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import denying, drafting, publishing, reaffirming, recording, reviewing, roles
from articles.models import Edition, Published, Reviewer
from articles.reading import facts, history
from tests import cast
from tests.articles.reading.pages import ADDRESS, demo, move, read, wanda, withdraw

pytestmark = pytest.mark.django_db

HISTORY = f"{ADDRESS}history/"
SECOND = f"{ADDRESS}editions/2/"


def paula():
    return cast.person("paula", roles.PUBLISHER)


def page_with(editions=2, change_class="wording"):
    """A page in so many editions, one a day; in each the dose is another."""
    article = cast.published().article
    for number in range(2, editions + 1):
        at = cast.later(days=number - 1)
        cast.signed(cast.edited(article, f"{4 + number} mg", at=at), at=at)
        publishing.publish(article, by=paula(), at=at, change_class=change_class, change_note=f"Note {number}.")
    return article


def said(client, address, status=200):
    return " ".join(re.sub(r"<[^>]*>", "", read(client, address, status)).split())


# -- the history ---------------------------------------------------------------------------------------------------


def test_it_works(client):
    page_with(2)
    shown = said(client, HISTORY)
    second, first = shown.index("Edition 2 online now Published on November 3, 2026."), shown.index("Edition 1 Pub")
    assert second < shown.index("Wording: Note 2.") < first < shown.index("It was replaced on November 3, 2026.")
    assert "Reviewed by Rosa Example, MD, Chair, Hematology, Example Hospital" in shown
    assert "Clinical review of the whole page, November 2, 2026." in shown
    assert "First publication: A note for readers." in shown


def test_days_are_days_of_the_site(client):
    article = drafting.start(cast.words(), by=wanda(), at=cast.NOON)
    cast.published(article, at=datetime(2026, 11, 4, 7, 30, tzinfo=UTC))  # still the third in Los Angeles
    shown = read(client, HISTORY)
    assert '<time datetime="2026-11-03T23:30:00-0800">November 3, 2026</time>' in shown
    assert "Days are counted by the clocks of Los Angeles." in shown


def test_reviewers_are_named_as_signed(client):
    page_with(1)
    Reviewer.objects.update(name="Married Name", credentials="Lapsed")
    assert "Rosa Example, MD" in said(client, HISTORY)
    assert "Married" not in said(client, HISTORY) + said(client, f"{ADDRESS}editions/1/")


def test_a_new_edition_does_not_claim_a_full_review(client):
    article = page_with(1)
    at = cast.later(days=5)
    cast.signed(cast.edited(article, at=at), at=at)
    Published.objects.update(last_reviewed_on="2026-11-02")
    assert "Last reviewed November 2, 2026. Only a medical review of the whole page moves" in said(client, HISTORY)


def test_an_edition_that_nobody_had_reviewed_names_no_reviewer():
    reviews = facts.reviewed(Edition(pk=1, number=2, review=None, emergency_reason="A recall."))
    assert "before a medical reviewer had read it" in render_to_string("articles/_reviewed.html", {"reviews": reviews})


def test_everybody_who_signed_is_named_with_the_kind_of_review(client):
    article = cast.draft()
    review = reviewing.request(article, reviewer=cast.editor(), kind="plain", by=wanda(), at=cast.NOON)
    reviewing.attest(review, by=review.reviewer.account, at=cast.NOON, digest=review.digest)
    cast.published(article)
    for place in (HISTORY, f"{ADDRESS}editions/1/"):
        shown = said(client, place)
        assert "Clinical review of the whole page" in shown
        assert "Plain language review of the whole page" in shown


def recorded(article, *, at):
    """Stan has recorded that Rosa read the page on that day."""
    stan, on = cast.person("stan", roles.RECORDS_STEWARD), timezone.localdate(at)
    return recording.on_behalf(article, reviewer=cast.reviewer(), on=on, evidence="Drawer 4.", by=stan, at=at)


def test_reviews_that_changed_nothing_stand_with_the_words_that_were_read(client):
    article, rosa = page_with(1), cast.reviewer().account
    assert "Later reviews" not in said(client, HISTORY)
    recorded(article, at=cast.later(days=1))
    digest = article.editions.get().digest
    reaffirming.reaffirm(article, by=rosa, at=cast.later(days=2), digest=digest, interests="None")
    at = cast.later(days=3)
    cast.signed(cast.edited(article, at=at), at=at)
    publishing.publish(article, by=paula(), at=at, change_class="wording", change_note="Note 2.")
    second, first = said(client, HISTORY).split("Edition 1 Published")
    assert "Later reviews" not in second
    assert "Drawer" not in first
    again = first.split("Later reviews of these same words")[1]
    signed = again.index("Clinical review of the whole page, November 4, 2026.")
    assert signed < again.index(
        "November 3, 2026. Our staff recorded this review for the reviewer, from written evidence."
    )
    assert "November 2, 2026" not in again


def test_a_review_that_was_denied_stands_as_denied(client):
    review = recorded(page_with(1), at=cast.later(days=1))
    denying.deny(review, by=review.reviewer.account, at=cast.later(days=2), reason="I was on leave.")
    shown = said(client, HISTORY)
    assert "Our staff recorded a review by Rosa Example, MD, of November 3, 2026. The reviewer has since said" in shown
    assert "the whole page, November 3" not in shown
    assert "on leave" not in shown


def test_words_that_went_online_in_an_emergency_say_who_signed_them_since(client):
    article, at = page_with(1), cast.later(days=1)
    said_of = {"change_class": "correction", "change_note": "A recall.", "reason": "It can not wait."}
    publishing.publish_in_emergency(cast.edited(article, at=at), by=paula(), at=at, **said_of)
    cast.signed(article, at=cast.later(days=2))
    shown = said(client, HISTORY)
    before, since = "before a medical reviewer had read it.", "Later reviews of these same words Reviewed by Rosa"
    assert shown.index(before) < shown.index(since)


def test_a_draft_has_no_history(client):
    cast.draft()
    for address in (HISTORY, f"{ADDRESS}editions/1/", f"{ADDRESS}editions/2/changes/1/"):
        read(client, address, status=404)


def test_unpublished_words_stand_in_no_history(client):
    article = page_with(2)
    places = (HISTORY, SECOND, f"{SECOND}changes/1/")
    before = [read(client, place) for place in places]
    draft = cast.edited(article, "666 mg")
    draft.title = "Unsigned title"
    draft.save()
    drafting.settle(draft, by=wanda(), at=cast.later(days=9))
    assert [read(client, place) for place in places] == before


def test_a_withdrawn_page_keeps_its_history(client):
    withdraw(page_with(1), reason="The <b>treatment</b> is old.")
    shown = read(client, HISTORY)
    assert "This page has been withdrawn." in shown
    assert "The &lt;b&gt;treatment&lt;/b&gt; is old." in shown
    assert "It was withdrawn on November 3, 2026." in shown
    assert f'href="{ADDRESS}"' not in shown
    assert f'href="{HISTORY}"' in read(client, ADDRESS, status=410)


def test_a_former_address_leads_to_the_same_place_of_the_present_one(client):
    move(page_with(2))
    for place in ("history/", "editions/1/", "editions/2/changes/1/"):
        response = client.get(ADDRESS + place)
        assert (response.status_code, response["Location"]) == (301, f"/new-address/{place}")
        assert client.get(f"/new-address/{place}").status_code == 200


def test_a_long_history_comes_in_sheets(client, monkeypatch):
    monkeypatch.setattr(history, "EDITIONS_SHOWN", 2)
    page_with(5)
    shown = [read(client, HISTORY + sheet) for sheet in ("", "2/", "3/")]
    found = [re.findall(r"/editions/(\d)/\">Edition", sheet) for sheet in shown]
    assert found == [["5", "4"], ["3", "2"], ["1"]]
    assert ["Older editions" in sheet for sheet in shown] == [True, True, False]
    assert ["Newer editions" in sheet for sheet in shown] == [False, True, True]


def test_each_sheet_leads_to_its_neighbors(client, monkeypatch):
    monkeypatch.setattr(history, "EDITIONS_SHOWN", 1)
    page_with(3)
    found = [re.findall(rf'href="({HISTORY}[^"]*)"', read(client, HISTORY + sheet)) for sheet in ("", "2/", "3/")]
    assert found == [[f"{HISTORY}2/"], [HISTORY, f"{HISTORY}3/"], [f"{HISTORY}2/"]]


@pytest.mark.parametrize("page", ["0", "-1", "x", "1" * 30, "²"])
def test_a_sheet_that_is_not_there_is_not_found(client, page):
    page_with(1)
    read(client, f"{HISTORY}?page={page}", status=404)
    read(client, f"{HISTORY}2/", status=404)


@pytest.mark.parametrize(("former", "now"), [("?page=1", ""), ("?page=2", "2/"), ("1/", ""), ("2/?page=3", "3/")])
def test_a_former_address_of_a_sheet_leads_to_the_present_one(client, former, now):
    page_with(1)
    response = client.get(HISTORY + former)
    assert (response.status_code, response["Location"]) == (301, HISTORY + now)


def test_without_the_form_the_steps_between_editions_are_listed(client):
    page_with(3)
    found = re.findall(r'href="([^"]*/changes/\d/)"', read(client, f"{ADDRESS}changes/"))
    assert found == [f"{ADDRESS}editions/3/changes/2/", f"{ADDRESS}editions/2/changes/1/"]


def test_a_page_in_one_edition_has_no_steps(client):
    page_with(1)
    read(client, f"{ADDRESS}changes/", status=404)


def test_the_steps_of_a_page_that_moved_are_at_its_address(client):
    move(page_with(2))
    assert client.get(f"{ADDRESS}changes/")["Location"] == "/new-address/changes/"


@pytest.mark.parametrize("editions", [2, 6])
def test_questions_do_not_grow_with_editions_and_words_stay_where_they_are(client, editions):
    page_with(editions)
    with CaptureQueriesContext(connection) as asked:
        client.get(HISTORY)
    assert len(asked) == 5
    assert not any('"content"' in query["sql"] for query in asked)


# -- an edition ----------------------------------------------------------------------------------------------------


def test_an_old_edition_says_what_it_is_and_shows_its_own_words(client):
    page_with(2)
    shown = said(client, f"{ADDRESS}editions/1/")
    assert "This is an old edition of November 2, 2026. It was replaced on November 3, 2026." in shown
    assert "The usual dose is 5 mg." in shown
    assert "6 mg" not in shown
    assert "Published November 2, 2026 Replaced November 3, 2026" in shown


def test_no_date_of_today_stands_on_an_old_edition(client):
    article = page_with(2)
    stan, day = cast.person("stan", roles.RECORDS_STEWARD), cast.later(days=9)
    on = timezone.localdate(day)
    recording.on_behalf(article, reviewer=cast.reviewer(), on=on, evidence="A letter.", by=stan, at=day)
    assert "November 11, 2026" in said(client, ADDRESS)
    old = said(client, f"{ADDRESS}editions/1/")
    assert "Clinical review of the whole page, November 2, 2026." in old
    assert "November 11" not in old
    assert "Next review due" not in old


def test_the_current_edition_says_so(client):
    page_with(2)
    shown = read(client, SECOND)
    assert "This is the current edition." in shown
    assert "old edition" not in shown


@pytest.mark.parametrize("number", [1, 2])
def test_search_engines_are_sent_to_the_current_page(client, number):
    page_with(2)
    shown = read(client, f"{ADDRESS}editions/{number}/")
    assert shown.count('<meta name="robots" content="noindex">') == 1
    assert '<link rel="canonical" href="http://127.0.0.1:8000/acute-example-disease/">' in shown


def test_a_withdrawn_edition_stays_readable_and_says_why_it_went(client):
    withdraw(page_with(2), reason="The treatment is old.")
    shown = said(client, SECOND, status=410)
    assert "This page has been withdrawn. We took it down on November 3, 2026. Please do not rely on it." in shown
    assert shown.count("The treatment is old.") == 1
    assert "Read the current page" not in shown
    assert "The usual dose is 6 mg." in shown


def test_a_page_that_came_back_says_why_the_edition_before_went(client):
    article = page_with(1)
    withdraw(article, reason="An error.")
    at = cast.later(days=3)
    cast.published(cast.edited(article, at=at), at=at)
    shown = said(client, f"{ADDRESS}editions/1/")
    assert "It was withdrawn on November 3, 2026. An error. Read the current page." in shown
    assert "This page has been withdrawn" not in shown


@pytest.mark.parametrize("number", ["0", "3", "9" * 30])
def test_an_edition_that_never_was_is_not_found(client, number):
    page_with(2)
    for place in (f"editions/{number}/", f"editions/{number}/changes/1/", f"editions/2/changes/{number}/"):
        read(client, ADDRESS + place, status=404)


def test_an_edition_belongs_to_its_own_page(client):
    page_with(2)
    cast.published(drafting.start(cast.words("Other page"), by=wanda(), at=cast.NOON))
    read(client, "/other-page/editions/2/", status=404)


def test_a_demonstration_says_so_everywhere(client):
    demo()
    for place in ("history/", "editions/1/"):
        assert "the reviewer is invented" in read(client, f"/demo-disease/{place}")
    for place in ("history/", "editions/1/", "editions/1/changes/1/"):
        assert "Demonstration page." in read(client, f"/demo-disease/{place}")


# -- a correction --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "seen"), [(0, True), (29, True), (30, False)])
def test_a_correction_stands_on_the_page_for_thirty_days(client, monkeypatch, days, seen):
    page_with(2, change_class="correction")
    monkeypatch.setattr(timezone, "now", lambda: cast.later(days=1 + days))
    shown = said(client, ADDRESS)
    assert ("Corrected on November 3, 2026: Note 2. See the history of this page" in shown) is seen
    assert "Corrected on" not in said(client, SECOND)


def test_a_later_edition_does_not_hide_a_correction(client, monkeypatch):
    article = page_with(2, change_class="correction")
    at = cast.later(days=2)
    cast.published(cast.edited(article, "9 mg", at=at), at=at)
    monkeypatch.setattr(timezone, "now", lambda: at + timedelta(days=1))
    assert "Corrected on November 3, 2026: Note 2." in said(client, ADDRESS)


def test_a_second_correction_does_not_hide_the_first(client, monkeypatch):
    page_with(3, change_class="correction")
    monkeypatch.setattr(timezone, "now", lambda: cast.later(days=30))
    shown = said(client, ADDRESS)
    assert shown.index("Corrected on November 4, 2026: Note 3.") < shown.index("November 3, 2026: Note 2. See the")
    monkeypatch.setattr(timezone, "now", lambda: cast.later(days=31))
    assert "Note 2." not in said(client, ADDRESS)


def test_other_changes_are_no_corrections(client, monkeypatch):
    page_with(2, change_class="evidence")
    monkeypatch.setattr(timezone, "now", lambda: cast.later(days=1))
    assert "Corrected on" not in said(client, ADDRESS)


def test_every_edition_has_a_first_publication_of_its_own_class():
    assert page_with(1).editions.get().change_class == Edition.Change.FIRST
