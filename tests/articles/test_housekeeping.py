"""What lies outside the digest is published without a new signature, and moves no date."""

from dataclasses import replace
from datetime import date

import pytest

from articles import drafting, publishing, roles
from articles.content import INSTITUTIONAL, SectionContent
from articles.models import Cover, Published, TimelineEntry
from articles.page import writing
from tests import cast
from tests.articles.admin import desk
from tests.articles.test_emergency import rushed

pytestmark = pytest.mark.django_db
LATER = cast.later(days=200)  # long after the signature counts for anything else


def ours(article, text="<p>We moved to Oak Street.</p>", *, by="wanda", at=LATER, **claim):
    """Somebody rewrites the block about the house."""
    article.refresh_from_db()
    words = article.content()
    block = SectionContent(anchor="our-program", heading="Our program", kind=INSTITUTIONAL, body=text, **claim)
    sections = tuple(block if s.anchor == "our-program" else s for s in words.sections)
    changed = replace(words, sections=sections)
    wanda = cast.person(by, roles.WRITER)
    return drafting.revise(article, changed, by=wanda, at=at, base_revision=article.revision)


def publish(article, *, by="paula", at=LATER):
    said = {"change_class": "evidence", "change_note": "The clinic moved."}
    return publishing.publish(article, by=cast.person(by, roles.PUBLISHER), at=at, **said)


def codes(article, by="paula", at=LATER):
    return {one.code for one in publishing.obstacles(article, by=cast.person(by, roles.PUBLISHER), at=at)}


def claimed(until="2027-12-31"):
    return {"claim_owner": "Jo Example", "claim_from": "2026-01-01", "claim_until": until}


def test_it_carries_the_signature_and_moves_no_date():
    first = cast.published()
    edition = publish(ours(first.article))
    row = Published.objects.get()
    assert (edition.change_class, edition.review, edition.digest) == ("housekeeping", first.review, first.digest)
    assert list(Cover.objects.filter(edition=edition).values_list("review", flat=True)) == [first.review_id]
    assert (row.last_reviewed_on, row.last_updated_on, row.edition) == (*(date(2026, 11, 2),) * 2, edition)
    assert TimelineEntry.objects.filter(what="housekeeping").count() == 1


def test_a_sources_address_is_housekeeping():
    article = cast.published().article
    article.citations.get().source.__class__.objects.update(url="https://example.org/moved", accessed=date(2027, 1, 1))
    drafting.settle(article, by=cast.person("wanda"), at=LATER)
    assert publish(article).change_class == "housekeeping"


def test_a_changed_medical_word_is_none():
    article = cast.edited(ours(cast.published().article))
    assert codes(article) == {"words-changed"}


def test_nobody_chooses_it():
    article = cast.edited(cast.published().article, at=LATER)
    cast.signed(article, at=LATER)
    paula = cast.person("paula")
    with pytest.raises(publishing.ReasonNeeded):
        publishing.publish(article, by=paula, at=LATER, change_class="housekeeping", change_note="Nothing.")


def test_it_takes_two_people():
    article = ours(cast.published().article, by="paula")
    assert codes(article) == {"own-words"}
    publish(article, by="peter")
    article = ours(article, "<p>We moved again.</p>")
    assert codes(article) == set()


def test_a_medical_statement_in_a_block_about_the_house_blocks():
    article = ours(cast.published().article, "<p>Chemotherapy kills cancer cells.</p>")
    assert codes(article) == {"medical_claim"}


def test_a_claim_without_an_owner_blocks():
    article = ours(cast.published().article, "<p>Our program is award-winning.</p>")
    assert codes(article) == {"unowned_claim"}


def test_an_owned_claim_is_published_until_it_expires():
    article = ours(cast.published().article, "<p>Our program is award-winning.</p>", **claimed())
    assert codes(article) == set()
    assert codes(article, at=cast.later(days=500)) == {"claim-expired"}
    assert publish(article).words().sections[2].claim_owner == "Jo Example"


def test_an_expired_claim_blocks_signed_words_too():
    article = cast.draft()
    ours(article, at=cast.NOON, **claimed(until="2026-11-01"))
    cast.signed(article)
    assert codes(article, at=cast.NOON) == {"claim-expired"}


def test_after_an_emergency_the_second_check_stays_open():
    edition = publish(ours(rushed().article))
    row = Published.objects.get()
    assert (edition.review, edition.emergency_reason) == (None, "The dose is deadly.")
    assert (row.unreviewed_since, row.last_reviewed_on) == (date(2026, 12, 2), date(2026, 11, 2))
    cast.signed(edition.article, at=cast.later(days=201))
    assert not publishing.second_checks().exists()


def test_after_the_second_check_it_carries_that_review():
    article = rushed().article
    check = cast.signed(article, at=cast.later(days=31))
    edition = publish(ours(article))
    assert (edition.review, edition.emergency_reason) == (check, "")
    assert Published.objects.get().last_reviewed_on == date(2026, 12, 3)


# -- what readers and writers see of it ----------------------------------------------------------------------------


def shown(client):
    return " ".join(client.get("/acute-example-disease/").content.decode().split())


def test_the_page_says_that_nothing_medical_changed(client):
    publish(ours(cast.published().article))
    assert "Housekeeping: nothing in the medical part changed. The clinic moved." in shown(client)


def test_the_page_says_who_answers_for_a_claim(client):
    publish(ours(cast.published().article, "<p>Our program is award-winning.</p>", **claimed()))
    assert "Jo Example answers for what this part claims, as of January 1, 2026." in shown(client)
    assert "was to be checked" not in shown(client)


def test_a_claim_that_expired_on_the_page_says_so():
    claim = writing.claim(ours_block(**claimed()), date(2028, 1, 1))
    assert (claim.owner, claim.expired) == ("Jo Example", True)
    assert writing.claim(ours_block(**claimed()), date(2027, 12, 31)).expired is False
    assert writing.claim(ours_block(), date(2028, 1, 1)) is None


def ours_block(**claim):
    return SectionContent(anchor="a", heading="b", body="<p>c</p>", kind=INSTITUTIONAL, **claim)


def test_the_form_keeps_a_claim_with_an_institutional_section_only():
    article = cast.draft()
    browser, address = desk.client(), desk.change_url(article)
    claim = {"claim_owner": "Jo Example", "claim_from": "2026-01-01", "claim_until": "2027-01-01"}
    desk.send(browser, address, desk.opened(browser, address) | desk.row(2, **claim) | desk.row(0, **claim))
    assert [section.claim_owner for section in article.sections.all()] == ["", "", "Jo Example"]


def test_the_form_refuses_a_claim_that_ends_before_it_begins():
    article = cast.draft()
    browser, address = desk.client(), desk.change_url(article)
    claim = desk.row(2, claim_owner="Jo Example", claim_from="2026-01-01", claim_until="2026-01-01")
    page_again = desk.send(browser, address, desk.opened(browser, address) | claim)
    assert any("A claim is good until a day after" in said for said in desk.errors(page_again))
