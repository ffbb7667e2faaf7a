"""The page of a reviewer: derived from what was signed, for nobody who signed nothing, and never more than is true."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import drafting, profiles, publishing, recording, reviewing
from articles.models import Article, Reviewer
from tests import cast
from tests.articles.reading.pages import ADDRESS, demo, move, read, wanda, withdraw

pytestmark = pytest.mark.django_db
ROSA, RAVI = "/reviewers/rosa/", "/reviewers/ravi/"


def said(client, address=ROSA):
    return " ".join(read(client, address).split())


def main(client, address=ROSA):
    return said(client, address).partition("<main")[2].partition("</main>")[0]


def told(**facts):
    Reviewer.objects.filter(slug="rosa").update(**facts)


def reviewed(article, *, by="ravi", kind="clinical", at=cast.NOON, **said):
    """Somebody signs the page as it stands."""
    article.refresh_from_db()
    who = cast.reviewer(by) if kind == "clinical" else cast.editor(by)
    review = reviewing.request(article, reviewer=who, kind=kind, by=wanda(), at=at)
    return reviewing.attest(review, by=who.account, at=at, digest=review.digest, **said)


def page(title, *, at=cast.NOON):
    return cast.published(drafting.start(cast.words(title), by=wanda(), at=at), at=at).article


def test_it_works(client):
    cast.published()
    shown = main(client)
    assert "<h1>Rosa Example, MD</h1>" in shown
    assert "Chair, Hematology, Example Hospital" in shown
    assert f'<a href="{ADDRESS}">Acute example disease</a>' in shown
    assert "Clinical review of the whole page, November 2, 2026." in shown
    assert "Has not said whether there are any." in shown


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}history/", f"{ADDRESS}editions/1/"])
def test_every_signature_leads_to_it(client, address):
    cast.published()
    assert f'<a href="{ROSA}"><strong>Rosa Example, MD</strong></a>' in said(client, address)


def test_others_who_signed_are_linked_too(client):
    article = cast.draft()
    reviewed(article, by="edith", kind="plain")
    cast.published(article)
    assert '<a href="/reviewers/edith/"><strong>Edith Example</strong></a>' in said(client, ADDRESS)
    assert "Plain language review of the whole page" in main(client, "/reviewers/edith/")


# -- whom nobody exposes -------------------------------------------------------------------------------------------


def test_who_signed_nothing_public_has_no_page(client):
    cast.signed()
    read(client, ROSA, status=404)
    assert "Rosa" not in said(client, "/reviewers/")


def test_who_asked_for_a_page_has_one_until_they_leave(client):
    cast.reviewer()
    told(page_wanted=True)
    assert "No page online rests on a review by this person now." in main(client)
    assert ROSA in said(client, "/reviewers/")
    told(active=False)
    read(client, ROSA, status=404)


def test_who_only_asked_for_changes_has_none(client):
    review = cast.requested()
    reviewing.decline(review, by=review.reviewer.account, at=cast.NOON, digest=review.digest, reason="Too long.")
    read(client, ROSA, status=404)


def test_account_and_absence_stay_private(client):
    cast.published()
    told(away_until=date(2027, 1, 31))
    shown = said(client) + said(client, "/reviewers/")
    assert "rosa@example.org" not in shown
    assert "2027" not in shown


# -- who they are today --------------------------------------------------------------------------------------------


def test_who_left_stays_listed_as_signed(client):
    cast.published()
    told(active=False, credentials="MD, PhD", role="Retired")
    shown = main(client)
    assert "No longer reviews for us." in shown
    assert "<h1>Rosa Example</h1>" in shown
    assert "Retired" not in shown
    assert "Signed last on November 2, 2026 as Rosa Example, MD, Chair, Hematology, Example Hospital." in shown
    assert ADDRESS in shown
    assert "No longer reviews for us." in said(client, "/reviewers/")


def test_a_credential_that_ran_out_is_not_shown_as_if_it_were_good(client):
    cast.published()
    told(credentials_until=timezone.localdate() - timedelta(days=1))
    shown = main(client)
    assert "<h1>Rosa Example</h1>" in shown
    assert "The credentials on our record have run out." in shown
    assert "Signed last on November 2, 2026 as Rosa Example, MD" in shown
    assert "Rosa Example, MD" not in main(client, "/reviewers/")
    assert "Rosa Example, MD" in said(client, ADDRESS)  # as signed


def test_on_its_last_day_a_credential_is_good(client):
    cast.published()
    told(credentials_until=timezone.localdate())
    assert "<h1>Rosa Example, MD</h1>" in main(client)


def test_none_declared_is_not_the_same_as_not_said(client):
    cast.published()
    told(interests="none")
    shown = main(client)
    assert "no interests to declare" in shown
    assert "Has not said" not in shown


def test_what_was_declared_with_a_signature_is_told_with_its_day(client):
    review = cast.requested()
    grant = "A grant of Example, Inc."
    reviewing.attest(review, by=review.reviewer.account, at=cast.NOON, digest=review.digest, interests=grant)
    cast.publish(review.article)
    assert f"{grant} (declared with the signature of November 2, 2026)" in main(client)
    told(interests="none")
    assert f"With the signature of November 2, 2026: {grant}" in main(client)


def test_identifiers_lead_to_their_registers(client):
    cast.published()
    told(orcid="0000-0002-1825-0097", npi="1234567893", web_profile="https://example.org/rosa")
    shown = main(client)
    for address in (
        "https://orcid.org/0000-0002-1825-0097",
        "https://npiregistry.cms.hhs.gov/provider-view/1234567893",
        "https://example.org/rosa",
    ):
        assert f'<a href="{address}">' in shown


def test_the_profile_passes_the_gate(client):
    cast.published()
    told(profile="<h3>Training</h3><p>Here.<script>alert(1)</script></p>")
    shown = main(client)
    assert "<p><strong>Training</strong></p><p>Here.</p>" in shown
    assert "alert(1)" not in shown


# -- what they reviewed --------------------------------------------------------------------------------------------


def test_a_page_that_another_signs_now_is_listed_apart(client):
    article = page("Changed page")
    cast.edited(article, at=cast.later(days=1))
    reviewed(article, at=cast.later(days=1))
    cast.publish(article, at=cast.later(days=1))
    shown = main(client)
    assert shown.index("No page online rests") < shown.index("Reviewed earlier") < shown.index("/changed-page/")
    assert "Reviewed earlier" not in main(client, RAVI)


def test_a_review_without_a_change_is_listed_and_so_is_the_one_that_the_page_still_names(client):
    article = page("Same page")
    reviewed(article, at=cast.later(days=30))
    assert "Clinical review of the whole page, December 2, 2026." in main(client, RAVI)
    assert "Also medically reviewed by" in said(client, "/same-page/")
    assert "Reviewed earlier" not in main(client)


def test_an_older_review_of_the_whole_page_by_the_same_person_says_nothing_new(client):
    reviewed(page("Same page"), by="rosa", at=cast.later(days=30))
    shown = main(client)
    assert "December 2, 2026" in shown
    assert "November 2, 2026" not in shown


def test_changes_are_told_beside_the_review_that_they_rest_on(client):
    article = cast.edited(page("Changed page"), at=cast.later(days=3))
    reviewed(article, by="rosa", at=cast.later(days=3), scope="changes")
    cast.publish(article, at=cast.later(days=3))
    shown = main(client)
    assert "Clinical review of the changes, November 5, 2026." in shown
    assert "Clinical review of the whole page, November 2, 2026." in shown


def test_a_review_that_staff_recorded_says_so(client):
    article, stan = page("Recorded page"), cast.cast().stan
    facts = {"on": date(2026, 11, 3), "evidence": "A letter of that day.", "by": stan, "at": cast.later(days=2)}
    recording.on_behalf(article, reviewer=cast.reviewer("ravi"), **facts)
    assert "Our staff recorded this review for the reviewer, from written evidence." in main(client, RAVI)


def test_words_of_an_emergency_are_not_passed_for_reviewed(client):
    article = cast.edited(page("Rushed page"), at=cast.later(days=1))
    note = {"change_class": "correction", "change_note": "The dose.", "reason": "A recall."}
    publishing.publish_in_emergency(article, by=cast.cast().paula, at=cast.later(days=1), **note)
    assert "Changed in an emergency on November 3, 2026, not yet medically reviewed." in main(client)


def test_a_page_that_came_down_or_moved_is_not_listed_under_its_old_address(client):
    withdraw(page("Withdrawn page"))
    move(page("Former"))
    shown = main(client)
    assert "/withdrawn-page/" not in shown
    assert '"/new-address/"' in shown
    assert "/former/" not in shown


def test_the_newest_come_first_sheet_by_sheet(client, monkeypatch):
    monkeypatch.setattr("articles.reading.reviewers.PAGES_SHOWN", 2)
    for day, title in enumerate(("Oldest page", "Middle page", "Newest page")):
        page(title, at=cast.later(days=day))
    first = main(client)
    assert first.index("/newest-page/") < first.index("/middle-page/")
    assert "/oldest-page/" not in first
    assert "/oldest-page/" in main(client, f"{ROSA}2/")
    assert f'href="{ROSA}2/"' in first
    assert client.get(f"{ROSA}?page=2")["Location"] == f"{ROSA}2/"
    read(client, f"{ROSA}3/", status=404)
    read(client, f"{ROSA}?page=x", status=404)


def test_a_draft_of_a_reviewed_page_reaches_no_reader(client):
    article = page("Open page")
    Article.objects.filter(pk=article.pk).update(title="Secret title")
    assert "Secret" not in said(client)


# -- the demonstration ---------------------------------------------------------------------------------------------


def test_an_invented_reviewer_says_so_and_is_not_indexed(client):
    demo()
    told(is_demo=True)
    shown = said(client)
    assert "An invented reviewer." in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert "Invented, for the demonstration." in main(client, "/reviewers/")


def test_a_real_one_is_indexed_under_one_address(client):
    cast.published()
    shown = said(client)
    assert "noindex" not in shown
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{ROSA}">' in shown


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite says in these words how it will look.")
def test_however_many_somebody_signed_each_review_is_looked_for_by_an_index():
    cast.published()
    with CaptureQueriesContext(connection) as asked:
        assert len(profiles.reviews(Reviewer.objects.get(name="Rosa Example"))) == 1
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + asked[-1]["sql"].replace("%", "%%"))
        steps = [row[3] for row in cursor.fetchall()]
    assert [step for step in steps if "SCAN" in step or "LIST SUBQUERY" in step] == []
    assert len(steps) > 5
