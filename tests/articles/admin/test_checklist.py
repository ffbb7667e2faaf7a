"""The checklist of reviews on the article's panel, and on the publish page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import reviewing
from articles.models import SignOff
from tests import cast
from tests.articles.admin import desk, signing
from tests.articles.admin.signing import client, links, text, url

pytestmark = pytest.mark.django_db


def panel(name, article):
    return text(client(name).get(desk.change_url(article))).partition("Reviews of these words ")[2]


def also_ask(article, reviewer, kind="clinical"):
    wanda = cast.person("wanda")
    return reviewing.request(article, reviewer=reviewer, by=wanda, at=timezone.now(), kind=kind)


def test_it_lists_what_the_tier_needs():
    SignOff.objects.create(tier="standard", kind="plain", required=True)
    SignOff.objects.create(tier="standard", kind="editorial")
    said = panel("wanda", cast.draft())
    assert said.startswith("Clinical (required) Nobody was asked for these words. Plain language (required)")
    assert "Editorial (optional) Nobody was asked" in said


def test_it_says_who_was_asked_and_who_signed():
    article = signing.signed().article
    also_ask(article, cast.reviewer("ravi"))
    said = panel("wanda", article)
    assert said.startswith("Clinical (required; done) Signed by Rosa Example, MD on")
    assert "Asked of Ravi Example, MD on" in said


def test_a_signature_that_does_not_count_says_why():
    said = panel("wanda", cast.signed(at=timezone.now() - timedelta(days=100)).article)
    assert "Does not count: The signature is older than 90 days." in said


def test_a_missing_kind_leads_to_asking_for_it():
    SignOff.objects.create(tier="standard", kind="plain", required=True)
    article = signing.signed().article
    page = client("wanda").get(desk.change_url(article))
    assert links(page, "Ask for a review") == [url("article_request_review", article) + "?kind=plain"]
    assert "This page also needs a plain language review of these words." in text(page)
    assert "Nothing signed waits to be published." in text(client("paula").get("/admin/"))


def test_several_open_requests_are_told_apart():
    article = signing.requested().article
    also_ask(article, cast.reviewer("ravi"))
    page = client("wanda").get(desk.change_url(article))
    assert "In review with Rosa Example, MD since" in text(page)
    assert "In review with Ravi Example, MD since" in text(page)
    assert links(page, "See who was asked") == [f"{desk.change_url(article)}#signoffs"]
    listed = client("wanda").get("/admin/articles/article/")
    assert "asked: Rosa Example, MD and 1 more" in text(listed)


def test_publishing_names_who_has_not_answered_and_goes_on():
    article = signing.signed().article
    also_ask(article, cast.reviewer("ravi"))
    page = client("paula").get(url("article_publish", article))
    assert "You can publish without that answer; the page will not name Ravi Example, MD." in text(page)
    assert "Publish edition 1" in text(page)


@pytest.mark.parametrize(("name", "status"), [("ada", 200), ("edith", 403), ("paula", 403)])
def test_administrators_say_which_kinds_a_tier_needs(name, status):
    assert client(name).get("/admin/articles/signoff/add/").status_code == status
