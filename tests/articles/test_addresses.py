"""The rows of public addresses."""

from dataclasses import replace
from datetime import date

import pytest

from articles import addresses, drafting, publishing, roles
from articles.models import Article, Condition, Published
from tests import cast

pytestmark = pytest.mark.django_db


def wanda():
    return cast.person("wanda", roles.WRITER)


def rename(article, slug):
    article.refresh_from_db()
    Article.objects.filter(pk=article.pk).update(slug=slug)
    article.refresh_from_db()
    return addresses.move(article)


def row(article):
    return Published.objects.get(article=article, moved_to=None)


def test_it_works():
    edition = cast.published()
    found = row(edition.article)
    assert (found.slug, found.edition, found.title) == ("acute-example-disease", edition, "Acute example disease")
    assert (found.description, found.withdrawn_on) == ("A rare disease of the blood.", None)
    assert (found.first_published_on, found.last_updated_on, found.last_reviewed_on) == (date(2026, 11, 2),) * 3


def test_a_draft_has_no_address():
    addresses.post(cast.draft(), at=cast.NOON)
    assert not Published.objects.exists()


def test_posting_again_changes_nothing():
    article = cast.published().article
    before = Published.objects.values().get()
    addresses.post(article, at=cast.later(days=9))
    assert Published.objects.values().get() == before


def test_an_unpublished_title_is_not_shown():
    article = cast.published().article
    drafting.revise(
        article, replace(article.content(), title="Secret"), by=wanda(), at=cast.NOON, base_revision=article.revision
    )
    addresses.post(article, at=cast.NOON)
    assert row(article).title == "Acute example disease"


def test_last_updated_follows_medical_words_only():
    article = cast.published().article
    changed = cast.with_body(article.content(), "our-program", "<p>We have moved.</p>")
    drafting.revise(article, changed, by=wanda(), at=cast.NOON, base_revision=article.revision)
    cast.publish(article, at=cast.later(days=10))
    assert row(article).last_updated_on == date(2026, 11, 2)
    cast.edited(article, at=cast.later(days=11))
    cast.published(article, at=cast.later(days=12))
    assert row(article).last_updated_on == date(2026, 11, 14)


def test_a_withdrawn_page_says_so_and_has_no_dates():
    article = cast.published().article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(days=1), reason="Wrong dose.")
    found = row(article)
    assert (found.edition, found.withdrawn_on, found.withdrawn_reason) == (None, date(2026, 11, 3), "Wrong dose.")
    assert (found.review, found.last_reviewed_on, found.next_due) == (None, None, None)


def test_readers_see_the_condition_as_it_was_named_when_somebody_published():
    article = cast.published().article
    article.refresh_from_db()
    article.condition = Condition.objects.create(name="Leukemia", slug="leukemia")
    article.save()
    drafting.settle(article, by=wanda(), at=cast.NOON)
    cast.signed(article)
    assert row(article).condition_name == ""
    cast.edited(article, "6 mg")
    cast.signed(article)
    cast.publish(article)
    assert row(article).condition_name == "Leukemia"


def test_every_former_address_leads_to_the_present_one():
    article = cast.published().article
    for slug in ("second", "third"):
        assert rename(article, slug)
    leads = dict(Published.objects.exclude(moved_to=None).values_list("slug", "moved_to"))
    assert leads == {"acute-example-disease": "third", "second": "third"}
    assert row(article).edition is not None


def test_going_back_to_a_former_address_leaves_no_ring():
    article = cast.published().article
    for slug in ("second", "third", "acute-example-disease"):
        rename(article, slug)
    leads = dict(Published.objects.exclude(moved_to=None).values_list("slug", "moved_to"))
    assert leads == {"second": "acute-example-disease", "third": "acute-example-disease"}


def test_a_former_address_is_free_for_its_own_article_only():
    article = cast.published().article
    rename(article, "second")
    addresses.check_free("acute-example-disease", article)
    for other in (None, cast.draft(cast.words(title="Other"))):
        with pytest.raises(addresses.AddressTaken, match="belongs to another page"):
            addresses.check_free("acute-example-disease", other)


def test_due_tells_why():
    article = cast.published().article
    found = addresses.due(article, article.editions.open().get())
    assert (found.last_reviewed, found.months, found.by_cadence) == (date(2026, 11, 2), 12, date(2027, 11, 2))
    assert (found.deferral, found.on) == (None, date(2027, 11, 2))


def test_signed_words_that_are_not_online_date_nothing():
    article = cast.published().article
    cast.edited(article, at=cast.later(days=20))
    cast.signed(article, at=cast.later(days=30))
    assert row(article).last_reviewed_on == date(2026, 11, 2)
