"""Taking words to readers, and taking them down."""

from datetime import date

import pytest

from articles import drafting, publishing, reviewing, roles
from articles.models import Edition, Published
from articles.refusals import ReasonNeeded
from tests import cast

pytestmark = pytest.mark.django_db


def codes(article, by="paula", at=cast.NOON):
    return {o.code for o in publishing.obstacles(article, by=cast.person(by, roles.PUBLISHER), at=at)}


def refused(article, at=cast.NOON):
    with pytest.raises(publishing.NotPublishable) as refusal:
        cast.publish(article, at=at)
    return {o.code for o in refusal.value.obstacles}


def test_publish_freezes_the_signed_words():
    edition = cast.published()
    assert edition.words() == edition.article.content()
    assert edition.digest == edition.review.digest
    row = Published.objects.get()
    assert (row.slug, row.edition, row.last_reviewed_on) == ("acute-example-disease", edition, date(2026, 11, 2))
    assert row.next_due == date(2027, 11, 2)


def test_unsigned_words_are_not_published():
    assert refused(cast.draft()) == {"not-signed"}


def test_words_changed_after_the_signature_are_not_published():
    article = cast.signed().article
    cast.edited(article)
    assert refused(article) == {"words-changed"}


def test_readers_keep_the_old_words_until_the_new_ones_are_signed_and_published():
    article = cast.published().article
    cast.edited(article, "6 mg")
    assert "5 mg" in Published.objects.get().edition.words().sections[1].body
    cast.signed(article)
    cast.publish(article)
    assert "6 mg" in Published.objects.get().edition.words().sections[1].body
    assert [e.closed_how for e in article.editions.order_by("number")] == ["superseded", ""]


def test_a_request_under_way_is_named_as_the_obstacle():
    assert refused(cast.requested().article) == {"in-review"}


def test_a_signature_older_than_ninety_days_no_longer_counts():
    article = cast.signed().article
    assert codes(article, at=cast.later(days=90)) == set()
    assert refused(article, at=cast.later(days=91)) == {"too-old"}


def test_a_signature_counts_only_while_the_credentials_do():
    review = cast.signed()
    review.reviewer.credentials_until = date(2026, 11, 10)
    review.reviewer.save()
    assert codes(review.article, at=cast.later(days=8)) == set()
    assert refused(review.article, at=cast.later(days=9)) == {"lapsed"}


def test_a_revert_to_words_signed_long_ago_needs_a_new_review():
    article = cast.published().article
    cast.edited(article, "6 mg")
    cast.signed(article, at=cast.later(days=1))
    cast.publish(article, at=cast.later(days=1))
    cast.edited(article, "5 mg")
    assert refused(article, at=cast.later(days=2)) == {"replaced"}


def test_words_that_another_reviewer_would_not_sign_are_not_published():
    article = cast.signed().article
    ray = cast.reviewer("ray")
    again = reviewing.request(article, reviewer=ray, by=cast.person("wanda"), at=cast.later(hours=1))
    reviewing.decline(again, by=ray.account, at=cast.later(hours=2), digest=again.digest, reason="The dose is wrong.")
    with pytest.raises(publishing.NotPublishable) as refused:
        cast.publish(article, at=cast.later(hours=3))
    assert [one.code for one in refused.value.obstacles] == ["objected"]
    cast.signed(article, at=cast.later(hours=4))
    cast.publish(article, at=cast.later(hours=5))


def test_withdrawn_words_need_a_new_review():
    article = cast.published().article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(days=1), reason="A wrong dose.")
    assert refused(article, at=cast.later(days=2)) == {"replaced"}


def test_corrections_wait_for_acceptance():
    review = cast.requested()
    content = cast.with_body(review.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    signed = reviewing.correct_and_attest(
        review, content, by=cast.reviewer().account, at=cast.NOON, digest=review.digest
    )
    assert refused(signed.article) == {"not-accepted"}
    reviewing.accept(signed, by=cast.person("wanda"), at=cast.NOON, digest=signed.digest)
    assert cast.publish(signed.article).digest == signed.digest


def test_who_changed_words_after_the_signature_does_not_publish_them_alone():
    article = cast.signed().article
    paula = cast.person("paula", roles.WRITER)
    changed = cast.with_body(article.content(), "our-program", "<p>We moved to Oak Street.</p>")
    drafting.revise(article, changed, by=paula, at=cast.NOON, base_revision=article.revision)
    article.refresh_from_db()
    assert codes(article) == {"own-words"}
    peter = cast.person("peter", roles.PUBLISHER)
    publishing.publish(article, by=peter, at=cast.NOON, change_class="wording", change_note="Program.")


def test_superusers_pass_no_gate():
    article = cast.draft()
    root = cast.person("root")
    root.is_superuser = True
    root.save()
    with pytest.raises(publishing.NotPublishable):
        publishing.publish(article, by=root, at=cast.NOON, change_class="wording", change_note="x")


def test_a_writer_may_not_publish():
    article = cast.signed().article
    with pytest.raises(roles.NotAllowed):
        publishing.publish(article, by=cast.person("wanda"), at=cast.NOON, change_class="wording", change_note="x")


def test_publishing_twice_is_refused():
    assert refused(cast.published().article) == {"unchanged"}


def test_a_change_note_is_needed():
    article = cast.signed().article
    with pytest.raises(ReasonNeeded):
        publishing.publish(
            article, by=cast.person("paula", roles.PUBLISHER), at=cast.NOON, change_class="", change_note=" "
        )


def test_withdraw_leaves_the_address_with_the_reason():
    article = cast.published().article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(days=1), reason="A wrong dose.")
    row = Published.objects.get()
    assert (row.edition, row.withdrawn_reason, row.withdrawn_on) == (None, "A wrong dose.", date(2026, 11, 3))
    assert (row.review, row.reviewed_by) == (None, None)
    assert Edition.objects.get().closed_how == "withdrawn"


def test_withdraw_needs_a_page_and_a_reason():
    paula = cast.person("paula", roles.PUBLISHER)
    with pytest.raises(publishing.NotOnline):
        publishing.withdraw(cast.draft(), by=paula, at=cast.NOON, reason="Why not.")
    with pytest.raises(ReasonNeeded):
        publishing.withdraw(cast.draft(), by=paula, at=cast.NOON, reason="")


def test_reviewed_without_change_moves_the_dates_and_makes_no_edition():
    article = cast.published().article
    cast.signed(article, at=cast.later(days=300))
    row = Published.objects.get()
    assert row.last_reviewed_on == date(2027, 8, 29)
    assert Edition.objects.count() == 1


def test_an_edit_never_moves_the_review_date():
    article = cast.published().article
    before = Published.objects.get().last_reviewed_on
    cast.edited(article, at=cast.later(days=30))
    assert Published.objects.get().last_reviewed_on == before


def move(article, slug):
    article.refresh_from_db()
    article.slug = slug
    article.save()
    drafting.settle(article, by=cast.person("wanda"), at=cast.NOON)


def test_a_changed_address_leads_on_and_back_again():
    article = cast.published().article
    move(article, "new-name")
    move(article, "newest-name")
    former = dict(Published.objects.exclude(moved_to=None).values_list("slug", "moved_to"))
    assert former == {"acute-example-disease": "newest-name", "new-name": "newest-name"}
    move(article, "acute-example-disease")
    assert Published.objects.get(moved_to=None).slug == "acute-example-disease"
    assert Published.objects.count() == 3


def test_an_address_that_led_to_another_page_is_not_given_away():
    move(cast.published().article, "new-name")
    other = cast.draft()
    other.slug = "acute-example-disease"
    other.save()
    cast.signed(other)
    with pytest.raises(publishing.addresses.AddressTaken):
        cast.publish(other)


def test_a_source_changed_in_the_library_waits_for_somebody_to_answer_for_it():
    article = cast.signed().article
    source = article.citations.get().source
    source.publisher = "Buy pills now"
    source.save()
    assert refused(article) == {"unsettled"}
    drafting.settle(article, by=cast.person("wanda"), at=cast.NOON)
    assert cast.publish(article).words().sources[0].publisher == "Buy pills now"
