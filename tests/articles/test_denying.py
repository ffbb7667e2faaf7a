"""That is not so: whoever a recorded review names can say so, and it stops counting."""

from datetime import date

import pytest
from django.test import Client

from articles import denying, drafting, reaffirming, recording, roles, surveillance
from articles.handing import NotTheReviewer
from articles.models import AlertPage, Message, Published, Review, TimelineEntry
from articles.reading import current
from articles.refusals import ReasonNeeded
from articles.verifying import problems
from tests import cast

pytestmark = pytest.mark.django_db
DECEMBER = cast.later(days=30)
SAID = {"on": date(2026, 12, 1), "evidence": "A letter."}


def recorded(article=None):
    article = article or cast.published().article
    return recording.on_behalf(article, reviewer=cast.reviewer(), **SAID, by=cast.cast().stan, at=DECEMBER)


def deny(review, *, by=None, reason="I was on leave."):
    return denying.deny(review, by=by or cast.reviewer().account, at=cast.later(days=31), reason=reason)


def test_the_page_goes_back_to_the_review_before():
    review = recorded()
    assert Published.objects.get().last_reviewed_on == date(2026, 12, 1)
    denial = deny(review)
    row = Published.objects.get()
    assert (row.last_reviewed_on, row.review) == (date(2026, 11, 2), Review.objects.earliest("pk"))
    assert (denial.corrects, denial.answer, denial.reason) == (review, "recalled", "I was on leave.")
    assert not list(problems())


def test_the_record_stays_as_it_was_made():
    review = recorded()
    before = Review.objects.filter(pk=review.pk).values().get()
    deny(review)
    assert Review.objects.filter(pk=review.pk).values().get() == before
    assert review not in Review.objects.attested()


def test_the_page_comes_up_as_news_and_those_who_keep_dates_are_told_at_once():
    cast.cast()
    deny(recorded())
    assert "denies a review of “Acute example disease”" in AlertPage.objects.get().alert.title
    assert Published.objects.get().event_since == date(2026, 12, 3)
    told = Message.objects.filter(subject__contains="denied")
    assert {message.person.username for message in told} == {"paula", "stan"}
    assert "I was on leave." in told[0].body
    assert TimelineEntry.objects.latest("pk").what == "alerted"


def test_it_is_denied_once_with_a_reason_by_whom_it_names():
    review = recorded()
    with pytest.raises(NotTheReviewer):
        deny(review, by=cast.reviewer("ravi").account)
    with pytest.raises(ReasonNeeded):
        deny(review, reason=" ")
    deny(review)
    with pytest.raises(denying.NothingToDeny, match="already"):
        deny(review)


def test_a_signature_of_ones_own_can_not_be_denied():
    article = cast.published().article
    rosa, digest = cast.reviewer().account, article.editions.get().digest
    mine = reaffirming.reaffirm(article, by=rosa, at=DECEMBER, digest=digest)
    for review in (article.reviews.earliest("pk"), mine):
        with pytest.raises(denying.NothingToDeny, match="yourself"):
            deny(review)


def test_after_a_denial_the_same_is_not_recorded_again_and_whoever_denied_it_can_sign():
    deny(recorded())
    article = Published.objects.get().article
    with pytest.raises(recording.NotRecorded, match="there was no such review on"):
        recorded(article)
    assert Published.objects.get().last_reviewed_on == date(2026, 11, 2)
    edition, seen = article.editions.get(), [one.key for one in reaffirming.open_news(article)]
    said = {"digest": edition.digest, "seen": seen}
    reaffirming.reaffirm(article, by=cast.reviewer().account, at=cast.later(days=32), **said)
    assert Published.objects.get().last_reviewed_on == date(2026, 12, 4)


def online_by_a_record():
    """A page that rests on a recorded review alone, and that record."""
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64)
    article = drafting.start(cast.words(), by=cast.person("wanda", roles.WRITER), at=cast.NOON, manuscript=facts)
    said = {"reviewer": cast.reviewer(), "on": date(2026, 4, 19), "evidence": "A letter."}
    review = recording.prior(article, **said, by=cast.cast().stan, at=cast.NOON)
    cast.publish(article)
    return article, review


def test_a_page_whose_only_review_was_denied_does_not_go_quiet():
    article, review = online_by_a_record()
    deny(review)
    about = [one.key for one in reaffirming.open_news(article)]
    said = {"about": about, "kind": "no impact", "reason": "A misunderstanding."}
    with pytest.raises(surveillance.GoesQuiet):
        surveillance.decide(article, **said, by=cast.cast().stan, at=cast.later(days=32))
    row = Published.objects.get()
    assert (row.due_why, row.next_due is None) == ("event", False)
    edition = article.editions.get()
    reaffirming.reaffirm(article, by=review.reviewer.account, at=cast.later(days=32), digest=edition.digest, seen=about)
    surveillance.decide(article, **said, by=cast.cast().stan, at=cast.later(days=33))
    assert Published.objects.get().due_why == "tier"


def test_where_an_edition_rests_on_it_readers_are_told():
    article, review = online_by_a_record()
    assert denying.rests_on(review)
    deny(review)
    row = Published.objects.get()
    assert (row.review, row.last_reviewed_on, row.due_why) == (None, None, "event")
    assert current.of(row, row.edition, today=DECEMBER.date()).facts.also_signed == ()
    page = Client().get(f"/{article.slug}/").content.decode()
    assert "Not yet medically reviewed." in page
    assert (
        "The reviewer has since said that this is not so." in Client().get(f"/{article.slug}/history/").content.decode()
    )
