"""Words that can not wait for their review: still two people, said on the page, and checked afterwards."""

from datetime import date

import pytest
from django.core import mail

from articles import drafting, publishing, recording, reviewing, roles
from articles.models import Published, TimelineEntry
from articles.refusals import ReasonNeeded
from tests import cast

pytestmark = pytest.mark.django_db


def rush(article, *, by="paula", at=cast.NOON, reason="The dose is deadly."):
    paula = cast.person(by, roles.PUBLISHER)
    said = {"change_class": "correction", "change_note": "The dose was wrong."}
    return publishing.publish_in_emergency(article, by=paula, at=at, reason=reason, **said)


def rushed():
    """Edition 2, unreviewed, a month after edition 1."""
    article = cast.edited(cast.published().article, at=cast.later(days=30))
    return rush(article, at=cast.later(days=30))


def row():
    return Published.objects.get(moved_to=None)


def refused(article, by="paula", **more):
    with pytest.raises(publishing.NotPublishable) as refusal:
        rush(article, by=by, **more)
    return {one.code for one in refusal.value.obstacles}


def test_unsigned_words_go_online_and_the_date_stays():
    edition = rushed()
    assert (edition.review, edition.emergency_reason) == (None, "The dose is deadly.")
    assert "6 mg" in row().edition.words().sections[1].body
    assert (row().last_reviewed_on, row().review) == (date(2026, 11, 2), edition.article.reviews.get())
    assert row().unreviewed_since == date(2026, 12, 2)
    assert TimelineEntry.objects.filter(what="emergency", detail="The dose is deadly.").count() == 1


def test_a_first_edition_in_an_emergency_was_never_reviewed():
    rush(cast.draft())
    assert (row().last_reviewed_on, row().next_due, row().review) == (None, None, None)
    assert row().unreviewed_since == date(2026, 11, 2)


def test_nobody_takes_words_online_that_only_they_have_seen():
    article = cast.edited(cast.published().article, by="paula")
    root = cast.person("paula")
    root.is_superuser = True
    root.save()
    assert refused(article) == {"own-words"}
    assert rush(article, by="peter").emergency_reason


def test_blocking_findings_stop_an_emergency_too():
    assert refused(cast.draft(cast.with_body(cast.words(), "treatment", ""))) == {"empty_section"}


def test_proposed_headings_stop_an_emergency_too():
    article = cast.draft()
    article.sections.filter(anchor="treatment").update(heading_proposed=True)
    assert refused(article) == {"proposed-heading"}


def test_what_can_be_published_in_the_usual_way_is_no_emergency():
    article = cast.signed().article
    assert refused(article) == {"signed"}
    cast.publish(article)
    assert refused(article) == {"unchanged"}


def test_a_reason_and_a_publisher_are_needed():
    article = cast.draft()
    with pytest.raises(ReasonNeeded):
        rush(article, reason=" ")
    with pytest.raises(roles.NotAllowed):
        publishing.publish_in_emergency(
            article, by=cast.person("wanda"), at=cast.NOON, reason="x", change_class="", change_note="x"
        )


def test_the_others_who_can_help_are_told_at_once(django_capture_on_commit_callbacks):
    for name, role in (("edith", roles.EDITOR), ("peter", roles.PUBLISHER), ("paula", roles.PUBLISHER)):
        cast.person(name, role)
    with django_capture_on_commit_callbacks(execute=True):
        rush(cast.draft())
    told = {message.to[0] for message in mail.outbox if "in an emergency" in message.subject}
    assert told == {"edith@example.org", "peter@example.org"}


# -- the second check ----------------------------------------------------------------------------------------------


def test_it_is_open_until_a_reviewer_has_signed_these_words():
    article = rushed().article
    assert publishing.second_checks().get().article == article
    cast.signed(article, at=cast.later(days=31))
    assert not publishing.second_checks().exists()
    assert (row().last_reviewed_on, row().unreviewed_since) == (date(2026, 12, 3), None)


def test_who_published_them_does_not_end_it():
    article = cast.edited(cast.published().article, at=cast.later(days=30))
    doctor = cast.reviewer("max")
    cast.person("max", roles.PUBLISHER)
    rush(article, by="max", at=cast.later(days=30))
    asked = reviewing.request(article, reviewer=doctor, by=cast.person("wanda"), at=cast.later(days=31))
    with pytest.raises(reviewing.CannotSign, match="in an emergency"):
        reviewing.attest(asked, by=doctor.account, at=cast.later(days=31), digest=asked.digest)
    assert publishing.second_checks().exists()


def test_nor_does_their_word_for_somebody_else():
    rushed()
    paula = cast.person("paula", roles.RECORDS_STEWARD)
    letter = {"reviewer": cast.reviewer(), "on": date(2026, 12, 3), "evidence": "A call."}
    with pytest.raises(recording.NotRecorded):
        recording.on_behalf(row().article, by=paula, at=cast.later(days=31), **letter)
    stan = cast.person("stan", roles.RECORDS_STEWARD)
    recording.on_behalf(row().article, by=stan, at=cast.later(days=31), **letter)
    assert not publishing.second_checks().exists()


def test_a_signature_from_before_does_not_answer_for_it():
    article = cast.published().article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(days=1), reason="A wrong dose.")
    rush(article, at=cast.later(days=2))
    assert publishing.second_checks().exists()
    assert (row().last_reviewed_on, row().unreviewed_since) == (None, date(2026, 11, 4))


def test_changes_requested_leave_it_open():
    asked = cast.requested(rushed().article, at=cast.later(days=31))
    rosa = cast.reviewer().account
    reviewing.decline(asked, by=rosa, at=cast.later(days=31), digest=asked.digest, reason="Which pills?")
    assert publishing.second_checks().exists()


def test_reviewed_words_in_their_place_close_it():
    article = cast.edited(rushed().article, "7 mg", at=cast.later(days=31))
    cast.signed(article, at=cast.later(days=31))
    assert publishing.second_checks().exists()
    cast.publish(article, at=cast.later(days=31))
    assert not publishing.second_checks().exists()


def test_an_emergency_upon_an_emergency_counts_from_the_first():
    article = cast.edited(rushed().article, "7 mg", at=cast.later(days=40))
    rush(article, at=cast.later(days=40))
    assert (row().last_reviewed_on, row().unreviewed_since) == (date(2026, 11, 2), date(2026, 12, 2))


def test_a_review_of_the_replaced_words_dates_no_words_that_replaced_them():
    article = cast.edited(rushed().article, "5 mg", at=cast.later(days=40))
    cast.signed(article, at=cast.later(days=40))
    assert (row().last_reviewed_on, row().unreviewed_since) == (date(2026, 11, 2), date(2026, 12, 2))


def test_corrections_in_the_second_check_count_when_they_are_published():
    asked = cast.requested(rushed().article, at=cast.later(days=31))
    corrected = cast.with_body(asked.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    rosa = cast.reviewer().account
    signed = reviewing.correct_and_attest(asked, corrected, by=rosa, at=cast.later(days=31), digest=asked.digest)
    reviewing.accept(signed, by=cast.person("wanda"), at=cast.later(days=31), digest=signed.digest)
    assert publishing.second_checks().exists()
    cast.publish(signed.article, at=cast.later(days=31))
    assert (row().last_reviewed_on, row().unreviewed_since) == (date(2026, 12, 3), None)


def test_a_draft_brought_back_is_no_second_check():
    edition = rushed()
    first = edition.article.editions.get(number=1)
    article = edition.article
    article.refresh_from_db()
    drafting.bring_back(article, first, by=cast.person("wanda"), at=cast.later(days=31), base_revision=article.revision)
    assert publishing.second_checks().exists()
