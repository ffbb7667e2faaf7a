"""The public addresses, as a visitor without an account meets them."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import dateformat, timezone
from lxml import html

from articles import drafting, due, policy, recording, reviewing, roles
from articles.content import GLANCE, HELP, CitedSource, Content, SectionContent
from articles.models import Condition, Published, Reviewer
from tests import cast
from tests.articles.reading.pages import ADDRESS, demo, move, read, wanda, withdraw, without_ours

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
    signed = '<a href="/reviewers/rosa/"><strong>Rosa Example, MD</strong></a>'
    assert f"Medically reviewed by {signed}" in shown
    assert "Chair, Hematology, Example Hospital" in shown
    assert "Married" not in shown


def test_a_page_in_another_language_says_which_words_are_ours(client):
    """A screen reader changes its voice by this (WCAG 2.2, 3.1.2)."""
    when = SectionContent(anchor="when", heading="Llame", body="<p>Ahora.</p>", form=HELP[0])
    words = replace(cast.words("Leucemia"), language="es", sections=(*cast.words().sections, when))
    cast.published(drafting.start(words, by=wanda(), at=cast.NOON))
    tree = html.fromstring(read(client, "/leucemia/")).find(".//article")
    said = {}
    for text in tree.xpath(".//text()[normalize-space()]"):
        within = text.getparent().getparent() if text.is_tail else text.getparent()
        said[" ".join(text.split())] = within.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")
    ours = "Last reviewed|On this page|When to get help|Emergency:|References|Back to the text|About this page"
    assert {said[text] for text in ours.split("|")} == {"en-us"}
    assert {said[text] for text in ("Leucemia", "Llame", "Ahora.", "The usual dose is 5 mg.")} == {"es"}


def test_a_page_in_our_language_says_it_once(client):
    cast.published()
    assert read(client).count(" lang=") == 2  # of the document, and of the page


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
    said = " ".join(html.fromstring(read(client)).text_content().split())
    day = dateformat.format(timezone.localdate(at), "F j, Y")
    assert ("This page is due for review." in said) is overdue
    assert (f"A medical reviewer last read the whole page on {day}." in said) is overdue
    assert ("Review was due" in said, "Next review due" in said) == (overdue, not overdue)


def test_a_page_waits_for_the_days_of_grace_before_it_says_so(client):
    at = timezone.now() - timedelta(days=400)
    cast.published(drafting.start(cast.words(), by=wanda(), at=at), at=at)
    terms = due.Terms(months=12, event_days=30, grace_days=60)
    value = due.Policy(tiers=dict.fromkeys(("high", "standard", "low"), terms), maximum_months=36)
    policy.set_policy(value, reason="Calm.", by=cast.person("stan", roles.RECORDS_STEWARD), at=timezone.now())
    assert "due for review" not in read(client)


def test_what_to_do_now_comes_before_who_signed_and_a_warning_before_both(client):
    at = timezone.now() - timedelta(days=500)
    now = SectionContent(anchor="now", heading="What to do now", body="<p>Call us.</p>", form=GLANCE[-1])
    words = replace(cast.words(), sections=(*cast.words().sections, now))
    cast.published(drafting.start(words, by=wanda(), at=at), at=at)
    said = html.fromstring(read(client)).find(".//article").text_content()
    order = ["due for review", "Call us.", "Medically reviewed by", "On this page", "The usual dose is 5 mg."]
    assert sorted(order, key=said.index) == order


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
        assert not re.search(r"<script|<img|<[^>]* on\w+=", without_ours(shown))


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
    assert getattr(Client(enforce_csrf_checks=True), verb)(address).status_code == 405  # and no word of a form


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


def test_the_policy_says_what_happens_when_a_review_is_late(client):
    calm = due.Terms(months=12, event_days=30, grace_days=14)
    down = due.Terms(months=6, event_days=7, withdraw_after=90)
    value = due.Policy(tiers={"high": down, "standard": calm, "low": calm}, maximum_months=24)
    policy.set_policy(value, reason="So.", by=cast.person("paula", roles.PUBLISHER), at=cast.NOON)
    shown = " ".join(html.fromstring(read(client, "/editorial-policy/")).text_content().split())
    for words in (
        "No review date is more than 24 months after the last review.",
        "could do harm soon: 7 days after the news",
        "soon: from the day after the review was due; when it is more than 90 days late, we take the page down",
        "most pages: when the review is more than 14 days late pages that seldom",
    ):
        assert words in shown


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
