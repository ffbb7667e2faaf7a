"""Cadence, tier and deferral."""

from datetime import date

import pytest

from articles import keeping, publishing, roles
from articles.models import Condition, Published, ReaderChange, TimelineEntry
from tests import cast

pytestmark = pytest.mark.django_db


def stan():
    return cast.person("stan", roles.RECORDS_STEWARD)


def defer(article, until=date(2028, 1, 31), reason="Guideline due in January."):
    return keeping.defer(article, until=until, reason=reason, by=stan(), at=cast.NOON)


@pytest.mark.parametrize(
    ("tier", "months", "due"),
    [("high", None, date(2027, 5, 2)), ("low", None, date(2029, 11, 2)), ("standard", 18, date(2028, 5, 2))],
)
def test_the_due_date_follows_the_cadence(tier, months, due):
    article = cast.published().article
    keeping.set_cadence(article, tier=tier, months=months, by=stan(), at=cast.NOON)
    assert Published.objects.get().next_due == due


def test_whose_page_it_is_stands_beside_its_dates_and_is_no_readers_business():
    article, olga = cast.published().article, cast.reviewer("olga")
    before = ReaderChange.objects.count()
    keeping.assign(article, reviewer=olga, by=stan(), at=cast.NOON)
    assert Published.objects.get().reviewer == olga
    keeping.assign(article, reviewer=None, by=stan(), at=cast.NOON)
    assert Published.objects.get().reviewer is None
    assert ReaderChange.objects.count() == before


def test_a_page_that_is_published_later_has_its_reviewer_and_its_condition():
    article = cast.draft()
    keeping.assign(article, reviewer=cast.reviewer("olga"), by=stan(), at=cast.NOON)
    article.condition = Condition.objects.create(name="Example", slug="example")
    article.save(update_fields=["condition"])
    cast.published(article)
    row = Published.objects.get()
    assert (row.reviewer, row.about) == (cast.reviewer("olga"), article.condition)


def test_a_cadence_beyond_three_years_is_refused():
    with pytest.raises(keeping.NotKept):
        keeping.set_cadence(cast.draft(), tier="low", months=37, by=stan(), at=cast.NOON)


def test_the_cadence_it_has_already_is_refused():
    article = cast.draft()
    with pytest.raises(keeping.NotKept, match="already"):
        keeping.set_cadence(article, tier="standard", months=None, by=stan(), at=cast.NOON)
    assert article.timeline.count() == 1


def test_the_timeline_says_what_the_cadence_was_and_is():
    article = cast.draft()
    keeping.set_cadence(article, tier="high", months=1, by=stan(), at=cast.NOON)
    assert article.timeline.get(what="cadence_set").detail == "Standard → High, 1 month"


def test_another_cadence_ends_a_deferral_so_that_no_page_stays_quiet_by_an_older_decision():
    article = cast.published().article
    defer(article)
    keeping.set_cadence(article, tier="high", months=None, by=stan(), at=cast.NOON)
    assert Published.objects.get().next_due == date(2027, 5, 2)
    defer(article)
    assert Published.objects.get().next_due == date(2028, 1, 31)


def test_cadence_does_not_make_a_writers_form_stale():
    article = cast.draft()
    keeping.set_cadence(article, tier="high", months=3, by=stan(), at=cast.NOON)
    article.refresh_from_db()
    assert article.revision == 1


def test_a_deferral_holds_until_the_next_full_review():
    article = cast.published().article
    defer(article)
    assert Published.objects.get().next_due == date(2028, 1, 31)
    cast.signed(article, at=cast.later(days=100))
    assert Published.objects.get().next_due == date(2028, 2, 10)


@pytest.mark.parametrize(
    ("until", "reason"),
    [(date(2026, 11, 2), "Past"), (date(2029, 11, 3), "Beyond three years"), (date(2027, 1, 1), " ")],
)
def test_impossible_deferrals_are_refused(until, reason):
    article = cast.published().article
    with pytest.raises(keeping.NotKept):
        defer(article, until, reason)


def test_the_day_on_which_it_is_due_already_is_refused():
    article = cast.published().article
    with pytest.raises(keeping.NotKept, match="due on that day already"):
        defer(article, date(2027, 11, 2))


def test_a_due_date_may_be_brought_forward():
    defer(cast.published().article, date(2026, 12, 1))
    assert Published.objects.get().next_due == date(2026, 12, 1)


def test_no_deferral_helps_a_page_that_nobody_read_for_three_years():
    article, at = cast.published().article, cast.later(days=3 * 365 + 30)
    with pytest.raises(keeping.NotKept, match="Only a review can help"):
        keeping.defer(article, until=date(2029, 12, 24), reason="Busy.", by=stan(), at=at)


def test_a_withdrawn_page_has_no_date_to_move():
    article = cast.published().article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.NOON, reason="Wrong.")
    with pytest.raises(keeping.NotKept, match="online"):
        defer(article)


def test_a_page_never_reviewed_has_no_date_to_move():
    with pytest.raises(keeping.NotKept):
        defer(cast.draft())


def test_who_moved_a_date_and_why_is_on_the_timeline():
    article = cast.published().article
    defer(article)
    entry = article.timeline.get(what=TimelineEntry.What.DEFERRED)
    assert (entry.by.username, entry.detail) == ("stan", "2028-01-31: Guideline due in January.")


def test_a_writer_may_not_move_dates():
    with pytest.raises(roles.NotAllowed):
        keeping.set_cadence(cast.draft(), tier="low", months=None, by=cast.person("wanda"), at=cast.NOON)
