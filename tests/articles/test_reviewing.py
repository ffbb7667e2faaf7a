"""Asking for, giving and refusing a signature."""

from datetime import date

import pytest

from articles import drafting, publishing, reviewing, roles
from articles.content import Content, SectionContent
from articles.models import Review
from articles.refusals import ReasonNeeded
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_request_freezes_the_words():
    review = cast.requested()
    assert review.words() == review.article.content()
    assert review.digest == review.article.digest


def test_attest_signs_with_the_credentials_of_that_day():
    review = cast.signed()
    doctor = review.reviewer
    doctor.credentials = "MD, PhD"
    doctor.save()
    review.refresh_from_db()
    assert (review.signed_name, review.signed_credentials) == ("Rosa Example", "MD")
    assert review.reviewed_on == date(2026, 11, 2)


def test_one_request_at_a_time():
    review = cast.requested()
    with pytest.raises(reviewing.AlreadyRequested):
        cast.requested(review.article)


def test_only_the_reviewer_who_was_asked_may_sign():
    review = cast.requested()
    other = cast.reviewer("ravi").account
    with pytest.raises(reviewing.NotTheReviewer):
        reviewing.attest(review, by=other, at=cast.NOON, digest=review.digest)


def test_a_superuser_may_not_sign_for_the_reviewer():
    review = cast.requested()
    root = cast.person("root")
    root.is_superuser = True
    root.save()
    with pytest.raises(reviewing.NotTheReviewer):
        reviewing.attest(review, by=root, at=cast.NOON, digest=review.digest)


def test_a_digest_from_another_screen_is_refused():
    review = cast.requested()
    with pytest.raises(reviewing.WordsMoved):
        reviewing.attest(review, by=cast.reviewer().account, at=cast.NOON, digest="0" * 64)


@pytest.mark.parametrize("close", ["recall", "edit", "attest"])
def test_a_closed_request_can_not_be_signed(close):
    review = cast.requested()
    if close == "recall":
        reviewing.recall(review, by=cast.person("wanda"), at=cast.NOON)
    elif close == "edit":
        cast.edited(review.article)
    else:
        reviewing.attest(review, by=cast.reviewer().account, at=cast.NOON, digest=review.digest)
    with pytest.raises(reviewing.AlreadyAnswered):
        reviewing.attest(review, by=cast.reviewer().account, at=cast.NOON, digest=review.digest)


def test_nobody_signs_words_of_their_own():
    article = cast.draft()
    rosa = cast.reviewer().account
    cast.edited(article, by="rosa")
    review = cast.requested(article)
    with pytest.raises(reviewing.CannotSign):
        reviewing.attest(review, by=rosa, at=cast.NOON, digest=review.digest)


def test_words_that_two_people_have_seen_do_not_count_again():
    article = cast.draft()
    cast.edited(article, by="rosa")
    ravi = cast.reviewer("ravi")
    first = reviewing.request(article, reviewer=ravi, by=cast.person("wanda"), at=cast.NOON)
    reviewing.attest(first, by=ravi.account, at=cast.NOON, digest=first.digest)
    cast.edited(article, "7 mg")
    assert cast.signed(article).answer == "attested"


@pytest.mark.parametrize("how", ["lapsed", "left", "no account"])
def test_a_reviewer_who_may_not_sign_is_refused_at_the_request(how):
    doctor = cast.reviewer()
    doctor.credentials_until = date(2026, 11, 1) if how == "lapsed" else None
    doctor.active = how != "left"
    doctor.account = None if how == "no account" else doctor.account
    doctor.save()
    with pytest.raises(reviewing.CannotSign):
        cast.requested()


def test_credentials_that_lapse_between_request_and_signature_refuse_it():
    review = cast.requested()
    review.reviewer.credentials_until = date(2026, 11, 1)
    review.reviewer.save()
    with pytest.raises(reviewing.CannotSign):
        reviewing.attest(review, by=cast.reviewer().account, at=cast.NOON, digest=review.digest)


def test_unfinished_words_are_not_sent_to_a_reviewer():
    article = cast.draft(Content(title="T", sections=(SectionContent(anchor="", heading="Empty", body=""),)))
    with pytest.raises(reviewing.NotReady) as refusal:
        cast.requested(article)
    assert refusal.value.obstacles


def test_changes_requested_needs_a_reason():
    review = cast.requested()
    with pytest.raises(ReasonNeeded):
        reviewing.decline(review, by=cast.reviewer().account, at=cast.NOON, digest=review.digest, reason=" ")


def test_changes_requested_goes_back_to_the_writer(mailoutbox, django_capture_on_commit_callbacks):
    review = cast.requested()
    with django_capture_on_commit_callbacks(execute=True):
        reviewing.decline(
            review, by=cast.reviewer().account, at=cast.NOON, digest=review.digest, reason="The dose is wrong."
        )
    assert mailoutbox[0].to == ["wanda@example.org"]
    assert "The dose is wrong." in mailoutbox[0].body


def corrected(review):
    content = cast.with_body(review.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    return reviewing.correct_and_attest(review, content, by=cast.reviewer().account, at=cast.NOON, digest=review.digest)


def test_correct_and_attest_signs_the_corrected_words():
    review = cast.requested()
    signed = corrected(review)
    review.refresh_from_db()
    assert review.answer == "superseded"
    assert signed.answer == "attested"
    assert "4 mg" in signed.article.content().sections[1].body
    assert signed.digest == signed.article.digest


def test_correcting_nothing_is_refused():
    review = cast.requested()
    with pytest.raises(reviewing.NothingCorrected):
        reviewing.correct_and_attest(
            review, review.words(), by=cast.reviewer().account, at=cast.NOON, digest=review.digest
        )


def test_corrections_leave_institutional_words_as_others_saved_them_meanwhile():
    review = cast.requested()
    content = cast.with_body(review.words(), "our-program", "<p>We have moved.</p>")
    drafting.revise(review.article, content, by=cast.person("wanda"), at=cast.NOON, base_revision=1)
    signed = corrected(review)
    assert [section.body for section in signed.article.content().sections][1:] == [
        "<p>The usual dose is 4 mg.</p>",
        "<p>We have moved.</p>",
    ]


def test_corrections_are_accepted_by_somebody_else():
    signed = corrected(cast.requested())
    acceptance = reviewing.accept(signed, by=cast.person("wanda"), at=cast.NOON, digest=signed.digest)
    assert acceptance.review == signed


def test_the_reviewer_can_not_accept_their_own_corrections():
    signed = corrected(cast.requested())
    rosa = cast.person("rosa", roles.EDITOR)
    with pytest.raises(reviewing.NothingToAccept):
        reviewing.accept(signed, by=rosa, at=cast.NOON, digest=signed.digest)


def test_acceptance_is_of_the_words_that_were_on_the_screen():
    signed = corrected(cast.requested())
    with pytest.raises(reviewing.WordsMoved):
        reviewing.accept(signed, by=cast.person("wanda"), at=cast.NOON, digest="0" * 64)


def test_a_doctor_whose_corrections_were_edited_can_sign_again_and_somebody_accepts():
    article = corrected(cast.requested()).article
    cast.edited(article, "9 mg")
    again = cast.signed(article)
    assert (again.origin, again.answer) == ("correction", "attested")
    with pytest.raises(publishing.NotPublishable):
        cast.publish(article)
    reviewing.accept(again, by=cast.person("wanda"), at=cast.NOON, digest=again.digest)
    assert cast.publish(article).digest == again.digest


def test_an_open_request_has_nothing_to_accept():
    article = corrected(cast.requested()).article
    cast.edited(article, "9 mg")
    waiting = cast.requested(article)
    with pytest.raises(reviewing.NothingToAccept):
        reviewing.accept(waiting, by=cast.person("wanda"), at=cast.NOON, digest=waiting.digest)


def test_corrections_that_were_changed_again_can_not_be_accepted():
    signed = corrected(cast.requested())
    cast.edited(signed.article, "9 mg")
    with pytest.raises(reviewing.WordsMoved):
        reviewing.accept(signed, by=cast.person("wanda"), at=cast.NOON, digest=signed.digest)


def test_a_refused_deed_leaves_nothing_behind():
    review = cast.requested()
    empty = cast.with_body(review.words(), "treatment", "")
    with pytest.raises(reviewing.NotReady):
        reviewing.correct_and_attest(review, empty, by=cast.reviewer().account, at=cast.NOON, digest=review.digest)
    review.refresh_from_db()
    assert review.answer == ""
    assert Review.objects.count() == 1
    assert review.article.revisions.count() == 1


def test_a_writer_without_the_permission_may_not_request():
    with pytest.raises(roles.NotAllowed):
        reviewing.request(cast.draft(), reviewer=cast.reviewer(), by=cast.person("sam"), at=cast.NOON)


def test_drafting_by_a_reviewer_alone_is_refused():
    article = cast.draft()
    with pytest.raises(roles.NotAllowed):
        drafting.revise(article, cast.words(), by=cast.reviewer().account, at=cast.NOON, base_revision=1)


def test_who_asks_answers_for_source_details_changed_in_the_library():
    article = cast.draft()
    source = article.citations.get().source
    source.title = "What is example disease, really?"
    source.save()
    review = cast.requested(article)
    assert review.words().sources[0].title == source.title
    assert article.revisions.get(number=2).by.username == "wanda"


def test_words_signed_before_a_source_was_renamed_are_not_published():
    article = cast.signed().article
    source = article.citations.get().source
    source.title = "Another work"
    source.save()
    with pytest.raises(publishing.NotPublishable):
        cast.publish(article)
