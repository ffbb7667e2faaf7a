"""Reviews recorded by staff on a reviewer's behalf."""

from datetime import date

import pytest

from articles import drafting, publishing, recording, roles
from articles.models import Message, Published, Reviewer
from references.models import Source
from tests import cast

pytestmark = pytest.mark.django_db
DECEMBER = cast.later(days=30)


def record(
    article, *, on=date(2026, 12, 1), by="stan", evidence="Letter of 1 December", at=DECEMBER, deed=recording.on_behalf
):
    return deed(
        article, reviewer=cast.reviewer(), on=on, evidence=evidence, by=cast.person(by, roles.RECORDS_STEWARD), at=at
    )


def test_it_moves_the_date_of_an_unchanged_page():
    review = record(cast.published().article)
    row = Published.objects.get()
    assert (row.last_reviewed_on, row.next_due) == (date(2026, 12, 1), date(2027, 12, 1))
    assert (row.review, review.origin, review.answered_by.username) == (review, "on_behalf", "stan")


def test_words_that_differ_from_the_page_are_refused():
    article = cast.published().article
    cast.edited(article)
    with pytest.raises(recording.NotRecorded, match="differs"):
        record(article)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"on": date(2026, 12, 3)}, "future"),
        ({"on": date(2026, 11, 1)}, "not online"),
        ({"evidence": "  "}, "evidence"),
    ],
)
def test_impossible_reviews_are_refused(change, why):
    with pytest.raises(recording.NotRecorded, match=why):
        record(cast.published().article, **change)


def test_a_source_that_changed_in_the_library_makes_the_words_differ():
    article = cast.published().article
    Source.objects.update(title="Another title")
    with pytest.raises(recording.NotRecorded, match="differs"):
        record(article)


def test_the_same_review_is_recorded_once():
    article = cast.published().article
    record(article)
    with pytest.raises(recording.NotRecorded, match="on record already"):
        record(article, evidence="The same letter, sent again")


def test_an_older_review_is_kept_and_moves_no_date_back():
    article = cast.published().article
    record(article)
    record(article, on=date(2026, 11, 20))
    assert Published.objects.get().last_reviewed_on == date(2026, 12, 1)


def test_who_could_not_sign_on_that_day_is_refused():
    article = cast.published().article
    Reviewer.objects.update(credentials_until=date(2026, 11, 30))
    with pytest.raises(recording.NotRecorded, match="could not sign"):
        record(article)


def test_the_reviewer_is_told_once_of_all_that_was_recorded():
    articles = [cast.published(cast.draft(cast.words(title=title))).article for title in ("One", "Two")]
    stan = cast.person("stan", roles.RECORDS_STEWARD)
    recording.tell(cast.reviewer(), articles, on=date(2026, 12, 1), evidence="Letter", by=stan)
    message = Message.objects.get(kind=Message.Kind.DIGEST)
    assert (message.person.username, message.subject) == ("rosa", "Your reviews of 2 pages were recorded")
    assert "stan recorded that you reviewed these pages on Dec. 1, 2026. Evidence: Letter\n\nOne\nTwo\n" in message.body


def test_a_writer_may_not_record_a_review():
    said = {"reviewer": cast.reviewer(), "on": date(2026, 12, 1), "evidence": "Letter"}
    article = cast.published().article
    with pytest.raises(roles.NotAllowed):
        recording.on_behalf(article, **said, by=cast.person("wanda"), at=DECEMBER)


def test_a_draft_has_no_page_that_could_have_been_reviewed():
    with pytest.raises(recording.NotRecorded, match="not online"):
        record(cast.draft())


def test_nobody_records_their_own_review():
    with pytest.raises(recording.NotRecorded, match="own review"):
        record(cast.published().article, by="rosa")


def imported():
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64)
    return drafting.start(cast.words(), by=cast.person("wanda", roles.WRITER), at=cast.NOON, manuscript=facts)


def test_an_imported_page_carries_one_earlier_review_of_its_words():
    article = imported()
    record(article, on=date(2024, 4, 19), deed=recording.prior)
    cast.publish(article, at=DECEMBER)
    row = Published.objects.get()
    assert (row.last_reviewed_on, row.review.origin) == (date(2024, 4, 19), "prior")
    with pytest.raises(recording.NotRecorded, match="Only one"):
        record(article, on=date(2024, 4, 19), deed=recording.prior)


def test_an_earlier_review_was_before_the_import():
    with pytest.raises(recording.NotRecorded, match=r"imported on Nov\. 2, 2026"):
        record(imported(), on=date(2026, 11, 3), deed=recording.prior)


def test_an_earlier_review_keeps_the_words_that_stand_there():
    article = imported()
    review = record(article, on=date(2024, 4, 19), deed=recording.prior)
    assert review.words() == article.content()
    assert review.words().digest == review.digest


def test_an_earlier_review_is_of_no_word_written_since_the_import():
    article, paula = imported(), cast.person("paula", roles.WRITER)
    content = cast.with_body(article.content(), "our-program", "<p>Nobody else saw this.</p>")
    drafting.revise(article, content, by=paula, at=cast.NOON, base_revision=1)
    review = record(article, on=date(2024, 4, 19), deed=recording.prior)
    assert "Nobody else" not in review.content
    with pytest.raises(publishing.NotPublishable):
        cast.publish(article, at=DECEMBER)


def test_an_earlier_review_of_other_words_is_refused():
    article = imported()
    cast.edited(article)
    with pytest.raises(recording.NotRecorded, match="differ"):
        record(article, on=date(2024, 4, 19), deed=recording.prior)


def test_who_imported_the_words_can_not_vouch_for_them():
    with pytest.raises(recording.NotRecorded, match="Two people"):
        record(imported(), on=date(2024, 4, 19), deed=recording.prior, by="wanda")


def test_an_article_that_was_not_imported_has_no_earlier_review():
    with pytest.raises(recording.NotRecorded, match="not imported"):
        record(cast.draft(), deed=recording.prior)


def test_nobody_without_credentials_is_said_to_have_signed():
    article = cast.published().article
    doctor = cast.reviewer("olga")
    type(doctor).objects.filter(pk=doctor.pk).update(credentials="")
    doctor.refresh_from_db()
    with pytest.raises(recording.NotRecorded, match="could not sign"):
        recording.on_behalf(
            article,
            reviewer=doctor,
            on=date(2026, 11, 3),
            evidence="A letter.",
            by=cast.cast().stan,
            at=cast.later(days=2),
        )
