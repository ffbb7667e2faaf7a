"""The rows of public addresses."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from articles import addresses, drafting, publishing, roles
from articles.models import Article, Condition, Published
from articles.verifying import problems
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


def test_what_a_form_says_it_is_about_stands_beside_its_dates_and_is_told_with_the_next_edition():
    article = cast.published().article
    article.condition = Condition.objects.create(name="Example", slug="example")
    article.save()
    assert "about" in str(*problems())
    drafting.settle(article, by=wanda(), at=cast.NOON)
    assert (row(article).about, row(article).condition_name) == (article.condition, "")
    assert not list(problems())


def test_a_site_that_is_in_use_learns_whose_its_pages_are():
    article = cast.published().article
    example = Condition.objects.create(name="Example", slug="example")
    Article.objects.update(reviewer=cast.reviewer("olga"), condition=example)
    import_module("articles.migrations.0019_whose_page_it_is").fill(apps, None)
    assert (row(article).reviewer, row(article).about) == (cast.reviewer("olga"), example)


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


def leukemia():
    condition = Condition.objects.create(name="Leukemia", slug="leukemia")
    condition.names.create(name="Blood cancer")
    condition.codes.create(system="icd-10-cm", code="C95.9")
    return condition


def about(condition):
    """A page about it, online."""
    article = cast.draft()
    Article.objects.filter(pk=article.pk).update(condition=condition)
    return cast.published(article).article


def test_machines_are_told_the_other_names_and_the_codes_of_the_condition():
    condition = leukemia()
    told = {"id": condition.pk, "names": ["Blood cancer"], "codes": [["icd-10-cm", "C95.9"]]}
    assert row(about(condition)).condition == told


def test_its_codes_follow_at_once_and_its_name_waits():
    condition, other = leukemia(), Condition.objects.create(name="Anemia", slug="anemia")
    article = about(condition)
    condition.codes.create(system="mesh", code="D007938")
    Condition.objects.filter(pk=condition.pk).update(name="Take 5 mg")
    assert (addresses.follow(condition), addresses.follow(other)) == (1, 0)
    found = row(article)
    assert found.condition["codes"] == [["icd-10-cm", "C95.9"], ["mesh", "D007938"]]
    assert found.condition_name == "Leukemia"


def test_a_page_that_will_be_about_another_condition_keeps_the_codes_of_its_own():
    condition, other = leukemia(), Condition.objects.create(name="Anemia", slug="anemia")
    article = about(condition)
    Article.objects.filter(pk=article.pk).update(condition=other)
    other.codes.create(system="mesh", code="D000740")
    assert addresses.follow(other) == 0
    addresses.post(Article.objects.get(pk=article.pk), at=cast.NOON)
    assert row(article).condition["codes"] == [["icd-10-cm", "C95.9"]]


def test_a_review_of_words_that_readers_see_already_reaffirms_them():
    article = cast.published().article
    assert row(article).reaffirmed_at is None
    cast.signed(article, at=cast.later(days=3))
    assert row(article).reaffirmed_at == cast.later(days=3)
    cast.published(cast.edited(article, at=cast.later(days=4)), at=cast.later(days=4))
    assert row(article).reaffirmed_at is None


def test_a_review_before_its_words_were_published_reaffirms_nothing():
    article = cast.published().article
    cast.signed(cast.edited(article, at=cast.later(days=1)), at=cast.later(days=2))
    cast.publish(article, at=cast.later(days=3))
    assert row(article).reaffirmed_at is None


def test_a_withdrawn_page_is_not_reaffirmed():
    article = cast.published().article
    cast.signed(article, at=cast.later(days=1))
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(days=2), reason="Wrong dose.")
    assert row(article).reaffirmed_at is None


def test_what_a_migration_fills_in_is_what_deeds_would_have_written():
    reaffirmed, plain = about(leukemia()), cast.published(cast.draft(cast.words("Other"))).article
    cast.signed(reaffirmed, at=cast.later(days=3))
    before = list(Published.objects.order_by("slug").values())
    Published.objects.update(condition={}, reaffirmed_at=None)
    import_module("articles.migrations.0013_published_for_machines").fill(apps, None)
    assert list(Published.objects.order_by("slug").values()) == before
    assert [one["reaffirmed_at"] for one in before] == [cast.later(days=3), None]
    assert row(plain).condition == {}


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
    found = addresses.dated(article, article.editions.open().get())
    due = found.due
    assert (found.known.last_reviewed, due.months, due.by_cadence) == (date(2026, 11, 2), 12, date(2027, 11, 2))
    assert (found.deferral, due.on, due.why) == (None, date(2027, 11, 2), "tier")


def test_signed_words_that_are_not_online_date_nothing():
    article = cast.published().article
    cast.edited(article, at=cast.later(days=20))
    cast.signed(article, at=cast.later(days=30))
    assert row(article).last_reviewed_on == date(2026, 11, 2)
