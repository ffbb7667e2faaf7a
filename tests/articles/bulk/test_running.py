"""Work on many articles: looked over, confirmed, done in chunks, gone on with, and taken back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from articles import keeping, recording, roles
from articles.bulk import lines, picking, running
from articles.bulk.deeds import DEEDS
from articles.models import Article, BulkRow, Deferral, Message, Published, Review, TimelineEntry
from articles.verifying import problems
from tests import cast
from tests.articles.bulk import doing

pytestmark = pytest.mark.django_db
LETTER = {"on": "2026-11-20", "evidence": "Letter of 20 November"}
MARCH = {"until": "2027-03-01", "reason": "Guideline due."}
HIGH = {"tier": "high", "cadence": "", "months": None}


def due():
    return list(Published.objects.order_by("title").values_list("next_due", flat=True))


def test_looking_changes_nothing_and_says_what_would_be_done():
    articles = doing.online("A", "B")
    before = list(Published.objects.values()), TimelineEntry.objects.count()
    for deed, terms in (("defer", MARCH), ("cadence", HIGH), ("record", {"reviewer": cast.reviewer().pk, **LETTER})):
        run = doing.prepared(deed, *articles, **terms)
        assert running.phase_of(run) == running.Phase.READY
        assert all("Next review due: Nov. 2, 2027 → " in said for said in doing.said(run))
    assert (list(Published.objects.values()), TimelineEntry.objects.count()) == before


def test_only_ticked_rows_are_done():
    one, two = doing.online("A", "B")
    run = doing.prepared("defer", one, two, **MARCH)
    running.confirm(run, ticked=[1], shown=[1, 2], by=doing.stan())
    running.start(run, by=doing.stan(), at=doing.NOW)
    doing.work(run)
    assert doing.states(run) == ["done", "left"]
    assert due() == [date(2027, 3, 1), date(2027, 11, 2)]


def test_nobodys_review_is_recorded_without_a_tick():
    run = doing.prepared("record", *doing.online("A"), reviewer=cast.reviewer().pk, **LETTER)
    assert doing.states(run) == ["left"]
    with pytest.raises(running.NotNow, match="No row is ticked"):
        running.start(run, by=doing.stan(), at=doing.NOW)


def test_a_row_that_changed_since_it_was_shown_is_refused_and_the_others_are_done():
    one, two = doing.online("A", "B")
    run = doing.prepared("defer", one, two, **MARCH)
    keeping.set_cadence(one, tier="high", months=None, by=doing.stan(), at=doing.NOW)
    doing.work(doing.started(run))
    assert doing.states(run) == ["refused", "done"]
    assert "changed after it was shown" in doing.said(run)[0]


def test_what_can_not_be_done_is_refused_with_its_reason_and_can_not_be_ticked():
    draft, (page,) = cast.draft(cast.words(title="Draft")), doing.online("A")
    run = doing.started(doing.prepared("defer", draft, page, **MARCH))
    doing.work(run)
    assert doing.states(run) == ["refused", "done"]
    assert doing.said(run)[0] == "Only a page that is online has a due date to move."


def test_every_row_is_noted_and_history_verifies():
    articles = doing.online("A", "B", "C")
    run = doing.done("assign", *articles, reviewer=cast.reviewer().pk)
    doing.done("cadence", *articles, **HIGH)
    doing.done("defer", *articles, **MARCH)
    doing.undone(run)
    for article in articles:
        what = article.timeline.order_by("pk").values_list("what", flat=True)
        assert list(what)[-4:] == ["assigned", "cadence_set", "deferred", "assigned"]
    assert not list(problems())


def test_a_reviewer_is_told_once_of_all_that_was_assigned():
    doing.done("assign", *doing.online("A", "B"), reviewer=cast.reviewer().pk)
    told = Message.objects.get(kind=Message.Kind.DIGEST)
    assert told.subject == "You are the reviewer of 2 more pages now"


def test_each_reviewer_is_told_once_of_all_that_was_asked():
    articles = doing.online("A", "B")
    Message.objects.all().delete()
    doing.done("assign", articles[0], reviewer=cast.reviewer("olga").pk)
    Article.objects.filter(pk=articles[1].pk).update(reviewer=cast.reviewer())
    doing.done("request", *articles, by=cast.person("wanda"), reviewer=None, note="")
    asked = Message.objects.filter(kind=Message.Kind.ACTION).order_by("person__username")
    assert list(asked.values_list("person__username", "subject")) == [
        ("olga", "Please review “A”"),
        ("rosa", "Please review “B”"),
    ]
    assert Review.objects.open().count() == 2


def test_reviews_are_recorded_each_on_its_own_day():
    doing.online("One page", "Other page")
    text = "one-page,2026-11-18\nother-page\nnowhere,2026-11-18\none-page"
    terms = {"reviewer": cast.reviewer().pk, **LETTER}
    picks = picking.by_lines(lines.read(text))
    run = doing.looked(picking.prepare("record", picks, terms=terms, by=doing.stan(), at=doing.NOW))
    doing.work(doing.started(run))
    assert doing.states(run) == ["done", "done", "refused", "refused"]
    assert doing.said(run)[2:] == [
        "Line 3: no article has the address “nowhere”.",
        "Line 4: the same article as in line 1.",
    ]
    assert due() == [date(2027, 11, 18), date(2027, 11, 20)]
    assert Message.objects.filter(subject__startswith="Your review").count() == 2  # one a day


def test_who_left_or_lacks_credentials_is_not_assigned():
    articles, olga = doing.online("A"), cast.reviewer("olga")
    for change, why in (({"active": False}, "has left"), ({"active": True, "credentials": ""}, "no credentials")):
        type(olga).objects.filter(pk=olga.pk).update(**change)
        run = doing.prepared("assign", *articles, reviewer=olga.pk)
        assert doing.states(run) == ["refused"]
        assert why in doing.said(run)[0]


def test_a_spread_leaves_no_page_beyond_its_limit_and_drafts_take_no_day():
    articles = [*doing.online("A", "B"), cast.draft(cast.words(title="C"))]
    run = doing.done("defer", *articles, first="2026-11-30", weeks=1, reason="Holidays.")
    assert doing.states(run) == ["done", "done", "refused"]
    assert due() == [date(2026, 11, 30), date(2026, 12, 2)]


def test_rows_that_the_database_does_not_take_leave_the_others_done(monkeypatch):
    bad, good = doing.online("A", "B")
    written = DEEDS["record"].write

    def write(chunk, done):
        written(chunk, done)
        if bad.pk in [row.article_id for row, _done in done]:
            raise IntegrityError("A constraint.")

    monkeypatch.setattr(DEEDS["record"], "write", write)
    run = doing.done("record", bad, good, reviewer=cast.reviewer().pk, **LETTER)
    assert doing.states(run) == ["refused", "done"]
    assert doing.said(run)[0] == "The database did not take it. Nothing was done; try again."
    assert [one.article for one in Review.objects.filter(origin="on_behalf")] == [good]
    assert not list(problems())


def test_an_article_that_is_chosen_twice_is_done_once():
    page = doing.online("A")[0]
    run = doing.done("record", page, page, reviewer=cast.reviewer().pk, **LETTER)
    assert doing.states(run) == ["done"]
    assert Review.objects.filter(origin="on_behalf").count() == 1


@pytest.mark.parametrize("deed", ["record", "request"])
def test_more_rows_ask_no_more_questions(deed):
    who = {"reviewer": cast.reviewer("olga").pk}
    terms, by = ({**who, **LETTER}, doing.stan()) if deed == "record" else ({**who, "note": ""}, cast.person("wanda"))
    counts = []
    for titles in ("Z", "AB", "CDEFG"):  # the first also asks what is remembered from then on
        articles = doing.online(*titles)
        with CaptureQueriesContext(connection) as asked:
            run = doing.done(deed, *articles, by=by, **terms)
        assert set(doing.states(run)) == {"done"}
        counts.append(len(asked))
    assert counts[1] == counts[2]


# -- whose it is, and who goes on ------------------------------------------------------------------------------------


def test_another_person_does_not_confirm_what_somebody_prepared():
    run = doing.prepared("defer", *doing.online("A"), **MARCH)
    with pytest.raises(running.NotNow):
        running.start(run, by=cast.person("paula", roles.PUBLISHER), at=doing.NOW)
    with pytest.raises(roles.NotAllowed):
        running.start(run, by=cast.person("wanda"), at=doing.NOW)


def test_who_lost_the_role_meanwhile_does_no_more_rows():
    run = doing.started(doing.prepared("defer", *doing.online("A"), **MARCH))
    doing.stan().groups.clear()
    doing.work(run)
    assert doing.said(run) == ["Your role does not allow this."]
    assert not Deferral.objects.exists()


def test_a_run_that_somebody_works_at_is_left_alone_until_the_lease_runs_out():
    run = doing.started(doing.prepared("defer", *doing.online("A"), **MARCH))
    type(run).objects.update(claimed_until=doing.NOW + timedelta(minutes=1))
    assert running.work(run, at=doing.NOW) == 0
    assert "1 rows" in running.work_all(at=doing.NOW + timedelta(minutes=2))
    assert doing.states(run) == ["done"]
    assert Deferral.objects.count() == 1


def test_a_request_stops_after_its_time_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(DEEDS["defer"], "size", 1, raising=False)
    run = doing.started(doing.prepared("defer", *doing.online("A", "B"), **MARCH))
    assert running.work(run, at=doing.NOW, seconds=0) == 1
    assert doing.states(run) == ["done", "waiting"]
    doing.work(run)
    assert doing.states(run) == ["done", "done"]


def test_what_was_never_confirmed_can_be_forgotten():
    run = doing.prepared("defer", *doing.online("A"), **MARCH)
    running.drop(run, by=doing.stan())
    assert not BulkRow.objects.exists()


# -- taken back ------------------------------------------------------------------------------------------------------


def test_what_was_done_is_taken_back_where_nothing_changed_since():
    one, two = doing.online("A", "B")
    run = doing.done("cadence", one, two, **HIGH)
    keeping.set_cadence(two, tier="low", months=None, by=doing.stan(), at=doing.NOW)
    doing.undone(run)
    assert doing.states(run) == ["undone", "done"]
    assert doing.said(run)[1].startswith("Not taken back: Somebody changed its cadence")
    assert due() == [date(2027, 11, 2), date(2029, 11, 2)]


def test_a_deferral_that_ended_with_a_cadence_comes_back_with_it():
    articles = doing.online("A")
    doing.done("defer", *articles, **MARCH)
    run = doing.done("cadence", *articles, **HIGH)
    assert due() == [date(2027, 5, 2)]
    doing.undone(run)
    assert due() == [date(2027, 3, 1)]
    assert not list(problems())


def test_a_deferral_that_ended_with_a_cadence_does_not_outlive_a_review():
    articles = doing.online("A")
    doing.done("defer", *articles, **MARCH)
    run = doing.done("cadence", *articles, **HIGH)
    letter = {"reviewer": cast.reviewer(), "on": date(2026, 11, 20), "evidence": "A letter."}
    recording.on_behalf(articles[0], **letter, by=doing.stan(), at=doing.NOW + timedelta(seconds=1))
    doing.undone(run)
    assert due() == [date(2027, 11, 20)]


def test_of_two_deferrals_the_earlier_counts_again():
    articles = doing.online("A")
    first = doing.done("defer", *articles, **MARCH)
    second = doing.done("defer", *articles, until="2027-04-01", reason="Later.")
    doing.undone(second)
    assert due() == [date(2027, 3, 1)]
    doing.undone(first)
    assert due() == [date(2027, 11, 2)]
    assert not list(problems())


def test_a_deferral_that_a_review_has_ended_is_not_taken_back():
    articles = doing.online("A")
    run = doing.done("defer", *articles, **MARCH)
    letter = {"reviewer": cast.reviewer(), "on": date(2026, 11, 20), "evidence": "A letter."}
    recording.on_behalf(articles[0], **letter, by=doing.stan(), at=doing.NOW + timedelta(seconds=1))
    doing.undone(run)
    assert doing.states(run) == ["done"]
    assert not TimelineEntry.objects.filter(what="undeferred").exists()


def test_a_steward_asks_about_many_pages_and_each_that_readers_do_not_see_so_says_why_not():
    one, two = doing.online("A", "B")
    other = cast.edited(two, at=cast.later(days=1))
    terms = {"reviewer": cast.reviewer("ravi").pk, "note": "Due soon."}
    run = doing.done("request", one, other, cast.draft(cast.words("C")), **terms)
    assert doing.states(run) == ["done", "refused", "refused"]
    assert doing.said(run)[0] == "Asked: Ravi Example, MD"
    assert all("Readers do not see these words." in said for said in doing.said(run)[1:])
    assert [review.article for review in Review.objects.open()] == [one]


def test_reviews_and_requests_are_never_taken_back():
    run = doing.done("record", *doing.online("A"), reviewer=cast.reviewer().pk, **LETTER)
    with pytest.raises(running.NotNow):
        running.undo(run, by=doing.stan(), at=doing.NOW)


def test_nothing_is_taken_back_twice():
    run = doing.undone(doing.done("defer", *doing.online("A"), **MARCH))
    with pytest.raises(running.NotNow):
        running.undo(run, by=doing.stan(), at=doing.NOW)
