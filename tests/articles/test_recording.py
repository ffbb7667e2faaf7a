"""Reviews recorded by staff on a reviewer's behalf."""

from datetime import date

import pytest

from articles import drafting, recording, roles
from articles.models import Published
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
