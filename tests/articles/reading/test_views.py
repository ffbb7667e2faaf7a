"""The public addresses, as a visitor without an account meets them."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.utils import timezone
from lxml import html

from articles import drafting, recording, reviewing, roles
from articles.content import CitedSource, Content, SectionContent
from articles.models import Condition, Published, Reviewer
from tests import cast
from tests.articles.reading.pages import ADDRESS, demo, move, read, wanda, withdraw

pytestmark = pytest.mark.django_db

# -- an article ----------------------------------------------------------------------------------------------------


def test_it_works(client):
    cast.published()
    shown = read(client)
    assert "<h1>Acute example disease</h1>" in shown
    assert "The usual dose is 5 mg." in shown
    assert "Example Society. What is example disease?" in shown


def test_readers_see_editions_only(client):
    edition = cast.published()
    before = read(client)
    draft = cast.edited(edition.article, "6 mg")
    draft.title, draft.summary = "Unsigned title", "<p>Unsigned summary.</p>"
    draft.save()
    drafting.settle(draft, by=wanda(), at=cast.later(hours=1))
    assert read(client) == before
    assert "Unsigned" not in read(client, "/")


def test_a_draft_has_no_page(client):
    cast.draft()
    assert "Acute example disease" not in read(client, status=404)
    assert "Acute example disease" not in read(client, "/")


def test_the_reviewer_is_named_as_signed(client):
    cast.published()
    Reviewer.objects.update(name="Married Name", credentials="Lapsed", department="Moved")
    shown = " ".join(read(client).split())
    assert "Medically reviewed by <strong>Rosa Example, MD</strong>" in shown
    assert "Chair, Hematology, Example Hospital" in shown
    assert "Married" not in shown


def test_dates_are_shown_as_derived(client):
    cast.published()
    shown = " ".join(read(client).split())
    for name, day, printed in (
        ("Last reviewed", "2026-11-02", "November 2, 2026"),
        ("Next review due", "2027-11-02", "November 2, 2027"),
        ("Last updated", "2026-11-02", "November 2, 2026"),
    ):
        assert f'<dt>{name}</dt> <dd><time datetime="{day}">{printed}</time></dd>' in shown


@pytest.mark.parametrize(("days", "overdue"), [(1, False), (500, True)])
def test_an_overdue_review_is_said(client, days, overdue):
    at = timezone.now() - timedelta(days=days)
    cast.published(drafting.start(cast.words(), by=wanda(), at=at), at=at)
    assert ("is overdue" in read(client)) is overdue


def test_a_review_that_staff_recorded_says_so(client):
    article = cast.published().article
    stan = cast.person("stan", roles.RECORDS_STEWARD)
    day = cast.later(days=9)
    recording.on_behalf(
        article, reviewer=cast.reviewer(), on=timezone.localdate(day), evidence="A signed letter.", by=stan, at=day
    )
    shown = read(client)
    assert "Our staff recorded this review for the reviewer" in shown
    assert "November 11, 2026" in shown
    assert "A signed letter." not in shown


def test_a_new_edition_says_what_changed(client):
    edition = cast.published()
    cast.edited(edition.article)
    cast.published(edition.article, at=cast.later(days=1))
    shown = " ".join(read(client).split())
    assert "Edition 2; first published on November 2, 2026. Wording: A note for readers." in shown


def test_the_head_describes_the_page_and_names_its_one_address(client):
    cast.published()
    shown = read(client)
    assert '<link rel="canonical" href="http://127.0.0.1:8000/acute-example-disease/">' in shown
    assert '<meta name="description" content="A rare disease of the blood.">' in shown
    assert "noindex" not in shown
    assert "<title>Acute example disease | Example Hospital</title>" in shown


def test_there_is_one_h1_and_no_skipped_level(client):
    cast.published()
    levels = [int(level) for level in re.findall(r"<h(\d)", read(client))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_anchor_of_the_page_leads_somewhere_and_is_there_once(client):
    cast.published()
    shown = read(client)
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(ids)
    assert {"ref-1", "cite-1-1", "references"} <= set(ids)


def test_the_institution_stands_apart_and_says_so(client):
    cast.published()
    medical, apart = read(client).split(' class="apart">')
    assert "We are here." not in medical
    assert apart.index("not part of the medical review") < apart.index("We are here.") < apart.index('id="references"')


def test_a_demonstration_cannot_be_missed(client):
    demo()
    shown = read(client, "/demo-disease/")
    assert "Demonstration page." in shown
    assert "reviewed by no clinician. Do not use it for health decisions." in shown
    assert "no clinician has read this page" in shown
    assert "<title>Demonstration: Demo disease" in shown
    assert '<meta name="robots" content="noindex">' in shown
    assert 'content="Demonstration, reviewed by no clinician.' in shown


def test_a_real_page_says_nothing_of_demonstrations(client):
    cast.published()
    assert "emonstration" not in read(client) + read(client, "/")


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def test_hostile_words_are_only_words(client):
    source = CitedSource(
        key="ref-1", organization=HOSTILE, title=HOSTILE, url="https://example.org/", accessed="2026-11-01"
    )
    body = '<p>Words.<cite data-locator="&lt;script&gt;" data-source="ref-1"></cite></p>'
    words = Content(
        title=f"A {HOSTILE}",
        summary="<p>Short.</p>",
        sections=(SectionContent(anchor="x", heading=HOSTILE, body=body),),
        sources=(source,),
    )
    Reviewer.objects.filter(pk=cast.reviewer().pk).update(name=HOSTILE, credentials=HOSTILE, role=HOSTILE)
    edition = cast.published(drafting.start(words, by=wanda(), at=cast.NOON))
    for address in ("/", f"/{Published.objects.get(edition=edition).slug}/"):
        shown = read(client, address)
        assert "&lt;script&gt;" in shown
        assert not re.search(r"<script|<img|<[^>]* on\w+=", shown)


# -- other answers -------------------------------------------------------------------------------------------------


def test_a_withdrawn_page_is_gone_and_says_why(client):
    withdraw(cast.published().article, reason="The <b>treatment</b> is no longer used.")
    shown = " ".join(read(client, status=410).split())
    assert "We took down “Acute example disease” on November 3, 2026." in shown
    assert "The &lt;b&gt;treatment&lt;/b&gt; is no longer used." in shown
    assert "The usual dose" not in shown
    assert 'href="/"' in shown


def test_a_former_address_leads_to_the_present_one(client):
    move(cast.published().article)
    response = client.get(ADDRESS)
    assert (response.status_code, response["Location"]) == (301, "/new-address/")
    assert "max-age=0" in response["Cache-Control"]
    assert "Acute example disease" in read(client, "/new-address/")


def test_a_missing_slash_is_added(client):
    cast.published()
    response = client.get(ADDRESS.rstrip("/"))
    assert (response.status_code, response["Location"]) == (301, ADDRESS)


@pytest.mark.parametrize("address", ["/nothing/", "/nothing/here/", "/Acute-Example-Disease/", "/favicon.ico"])
def test_an_unknown_address_is_not_found(client, address):
    cast.published()
    assert "There is no page at this address" in read(client, address, status=404)


@pytest.mark.parametrize("verb", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize(
    "address", ["/", ADDRESS, f"{ADDRESS}history/", f"{ADDRESS}changes/", "/editorial-policy/", "/healthz"]
)
def test_public_pages_are_only_read(client, verb, address):
    cast.published()
    assert getattr(client, verb)(address).status_code == 405


# -- the list and the policy ---------------------------------------------------------------------------------------


def test_the_list_groups_pages_by_condition_and_leaves_none_out(client):
    blood = Condition.objects.create(name="Disease of the blood", slug="blood")
    for title, condition in (("Living with it", blood), ("At work", blood), ("Other", None)):
        article = drafting.start(cast.words(title), by=wanda(), at=cast.NOON)
        article.condition = condition
        article.save()
        cast.published(article)
    shown = [
        read(client, "/").find(f">{name}<") for name in ("Disease of the blood", "At work", "Living with it", "Other")
    ]
    assert shown == sorted(shown)
    assert min(shown) > 0


def test_a_withdrawn_or_former_page_is_not_listed(client):
    withdraw(cast.published().article)
    move(cast.published(drafting.start(cast.words("Moving"), by=wanda(), at=cast.NOON)).article)
    shown = read(client, "/")
    assert "Acute example disease" not in shown
    assert re.findall(r'<h[23]><a href="([^"]+)"', shown) == ["/new-address/"]


def test_an_empty_list_says_so(client):
    assert "No page has been published yet." in read(client, "/")


def test_the_list_says_when_it_shows_demonstrations(client):
    demo()
    assert "This site shows demonstration pages." in read(client, "/")


def test_the_policy_prints_the_rules_in_force(client, settings):
    settings.REVIEW_CADENCE_MONTHS = {"high": 1, "standard": 18, "low": 48}
    settings.ATTESTATION_DAYS = 77
    settings.CONTACT_EMAIL = "pages@example.org"
    shown = " ".join(read(client, "/editorial-policy/").split())
    for words in (
        "do harm soon: every month<",
        "every 18 months",
        "every 48 months",
        "at most 77 days old",
        "page for 30 days",
    ):
        assert words in shown.replace(" </li>", "</li>").replace(" <", "<")
    assert 'href="mailto:pages@example.org"' in shown


# -- several reviewers ---------------------------------------------------------------------------------------------


def test_everybody_who_covers_the_edition_is_named_with_what_they_signed(client):
    article = cast.draft()
    people = [(cast.editor(), "plain"), (cast.reviewer("ravi"), "clinical"), (cast.reviewer(), "clinical")]
    for one, kind in people:
        asked = reviewing.request(article, reviewer=one, by=cast.person("wanda"), at=cast.NOON, kind=kind)
        reviewing.attest(asked, by=one.account, at=cast.NOON, digest=asked.digest, interests="A grant.")
    cast.publish(article)
    said = " ".join(
        html.fromstring(client.get(f"/{article.slug}/").content).find_class("signoff")[0].text_content().split()
    )
    assert said.startswith(
        "Medically reviewed by Rosa Example, MD, Chair, Hematology, Example Hospital (interests: A grant.)"
    )
    assert "Also medically reviewed by Ravi Example, MD" in said
    assert "Reviewed for plain language by Edith Example, Editor" in said


def test_who_signed_the_changes_is_named_beside_who_read_the_whole_page(client):
    article, at = cast.published().article, cast.later(days=30)
    ravi = cast.reviewer("ravi")
    asked = reviewing.request(cast.edited(article, at=at), reviewer=ravi, by=cast.person("wanda"), at=at)
    reviewing.attest(asked, by=ravi.account, at=at, digest=asked.digest, scope="changes")
    cast.publish(article, at=at)
    said = client.get(f"/{article.slug}/").content.decode()
    assert "The latest changes were medically reviewed by" in said
    assert '<time datetime="2026-11-02">' in said
