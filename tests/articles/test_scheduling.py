"""Publishing at a time: what is promised, what is kept, and what is refused when the time has come."""

from datetime import timedelta

import pytest

from articles import binning, drafting, publishing, reviewing, roles, scheduling
from articles.models import Article, Edition, Message, Published, Schedule, TimelineEntry
from articles.refusals import ReasonNeeded
from tests import cast

pytestmark = pytest.mark.django_db
THEN = cast.later(days=2)


def deeds(article):
    return list(TimelineEntry.objects.filter(article=article).order_by("pk").values_list("what", flat=True))


def kept(schedule, at=THEN):
    return scheduling.keep(schedule, at=at)


def refused(schedule, at=THEN):
    """Why it was refused; nothing of it is left but the record."""
    before = Edition.objects.count()
    row = kept(schedule, at=at)
    assert (row.outcome, row.outcome_at, row.edition) == ("refused", at, None)
    assert Edition.objects.count() == before
    return row.outcome_reason


# -- the promise ---------------------------------------------------------------------------------------------------


def test_it_names_the_words_and_publishes_nothing():
    schedule = cast.scheduled()
    words = schedule.article.content()
    assert (schedule.full_hash, schedule.digest) == (words.full_hash, words.digest)
    assert (schedule.publish_at, schedule.change_class, schedule.outcome) == (THEN, "first", "")
    assert not Edition.objects.exists()
    entry = TimelineEntry.objects.get(what="scheduled")
    assert (entry.by.username, entry.detail) == ("paula", "Nov. 4, 2026, noon (PST, UTC-8)")


def test_what_can_not_be_published_now_is_not_promised():
    with pytest.raises(publishing.NotPublishable) as no:
        cast.scheduled(cast.draft())
    assert [one.code for one in no.value.obstacles] == ["not-signed"]


def test_who_wrote_words_that_nobody_else_has_read_promises_nothing():
    article = cast.signed().article
    paula = cast.person("paula", roles.PUBLISHER)
    paula.groups.set([*paula.groups.all(), *cast.person("wanda").groups.all()])
    words = cast.with_body(article.content(), "our-program", "<p>We moved.</p>")
    drafting.revise(article, words, by=paula, at=cast.NOON, base_revision=article.revision)
    with pytest.raises(publishing.NotPublishable) as no:
        cast.scheduled(article)
    assert [one.code for one in no.value.obstacles] == ["own-words"]


def test_a_time_when_the_signature_will_have_lapsed_is_refused_already():
    with pytest.raises(publishing.NotPublishable, match="At that time") as no:
        cast.scheduled(publish_at=cast.later(days=91))
    assert [one.code for one in no.value.obstacles] == ["too-old"]


@pytest.mark.parametrize("delta", [timedelta(), timedelta(seconds=-1), timedelta(days=367)])
def test_times_in_the_past_or_beyond_a_year_are_refused(delta):
    with pytest.raises(scheduling.WrongTime):
        cast.scheduled(publish_at=cast.NOON + delta)


def test_a_change_note_is_needed():
    article, paula = cast.signed().article, cast.person("paula", roles.PUBLISHER)
    said = {"publish_at": THEN, "change_class": "wording", "change_note": " "}
    with pytest.raises(ReasonNeeded):
        scheduling.schedule(article, **said, by=paula, at=cast.NOON)


def test_an_article_has_one_promise_at_a_time():
    article = cast.scheduled().article
    with pytest.raises(scheduling.AlreadyScheduled, match=r"for Nov\. 4, 2026, noon"):
        cast.scheduled(article)


@pytest.mark.parametrize("role", [role for role in roles.ROLES if role != roles.PUBLISHER])
def test_only_publishers_promise_and_cancel(role):
    schedule, other = cast.scheduled(), cast.person("other", role)
    said = {"publish_at": THEN, "change_class": "wording", "change_note": "A note."}
    with pytest.raises(roles.NotAllowed):
        scheduling.schedule(schedule.article, **said, by=other, at=cast.NOON)
    with pytest.raises(roles.NotAllowed):
        scheduling.cancel(schedule, by=other, at=cast.NOON, reason="")


# -- taken back ----------------------------------------------------------------------------------------------------


def test_a_cancelled_promise_is_not_kept_and_who_made_it_is_told():
    schedule = cast.scheduled()
    scheduling.cancel(schedule, by=cast.person("peter", roles.PUBLISHER), at=cast.NOON, reason="Too early.")
    row = Schedule.objects.get()
    assert (row.outcome, row.outcome_by.username, row.outcome_reason) == ("cancelled", "peter", "Too early.")
    with pytest.raises(scheduling.Ended):
        kept(schedule)
    told = Message.objects.get(kind="digest")
    assert (told.person.username, told.body) == ("paula", "peter cancelled it. Too early.")
    assert deeds(row.article)[-1] == "unscheduled"


def test_it_is_cancelled_once():
    schedule, paula = cast.scheduled(), cast.person("paula")
    scheduling.cancel(schedule, by=paula, at=cast.NOON, reason="")
    with pytest.raises(scheduling.Ended, match="Cancelled"):
        scheduling.cancel(schedule, by=paula, at=cast.NOON, reason="")


def test_publishing_other_words_earlier_cancels_it():
    article = cast.scheduled().article
    signed = cast.signed(cast.edited(article), at=cast.later(hours=1))
    cast.publish(signed.article, at=cast.later(hours=2))
    row = Schedule.objects.get()
    assert (row.outcome, row.outcome_reason) == ("cancelled", "Edition 1 was published before that time.")


def test_publishing_the_same_words_earlier_cancels_it_too():
    article = cast.scheduled().article
    cast.publish(article, at=cast.later(hours=1))
    assert Schedule.objects.get().outcome == "cancelled"
    assert deeds(article)[-2:] == ["published", "unscheduled"]


def test_taking_the_page_down_cancels_it_and_tells_who_made_it():
    article = cast.published().article
    cast.scheduled(cast.signed(cast.edited(article), at=cast.later(hours=1)).article, at=cast.later(hours=1))
    peter = cast.person("peter", roles.PUBLISHER)
    publishing.withdraw(article, by=peter, at=cast.later(hours=2), reason="Wrong dose.")
    row = Schedule.objects.get()
    assert (row.outcome, row.outcome_reason) == ("cancelled", "The page was withdrawn.")
    assert Message.objects.get(kind="digest").person.username == "paula"


# -- its time ------------------------------------------------------------------------------------------------------


def test_at_its_time_the_words_go_online():
    schedule = kept(cast.scheduled())
    edition = Edition.objects.get()
    assert (schedule.outcome, schedule.edition, schedule.outcome_by.username) == ("published", edition, "paula")
    assert (edition.published_at, edition.published_by.username, edition.change_class) == (THEN, "paula", "first")
    assert Published.objects.get().edition == edition
    assert deeds(schedule.article)[-1] == "published"


def test_not_before():
    schedule = cast.scheduled()
    with pytest.raises(scheduling.TooEarly):
        kept(schedule, at=THEN - timedelta(seconds=1))
    assert scheduling.keep_due(at=THEN - timedelta(seconds=1)) == "0 published, 0 refused"
    assert not Edition.objects.exists()


def test_it_is_kept_once():
    schedule = cast.scheduled()
    kept(schedule)
    with pytest.raises(scheduling.Ended):
        kept(schedule)
    assert Edition.objects.count() == 1


def test_changed_words_are_refused_even_outside_the_medical_part():
    schedule = cast.scheduled()
    article, wanda = schedule.article, cast.person("wanda")
    words = cast.with_body(article.content(), "our-program", "<p>We moved.</p>")
    drafting.revise(article, words, by=wanda, at=cast.NOON, base_revision=article.revision)
    assert "The words were changed after it was scheduled." in refused(schedule)


def test_words_that_were_changed_and_changed_back_are_the_same_words():
    article = cast.scheduled().article
    cast.edited(cast.edited(article, "6 mg"), "5 mg")
    assert kept(Schedule.objects.get()).outcome == "published"


def test_a_reviewer_whose_credentials_lapsed_meanwhile_stops_it():
    schedule = cast.scheduled()
    doctor = cast.reviewer()
    doctor.credentials_until = cast.later(days=1).date()
    doctor.save()
    assert "the credentials have lapsed" in refused(schedule)


def test_an_objection_meanwhile_stops_it():
    schedule = cast.scheduled()
    review = cast.requested(schedule.article, at=cast.later(hours=1))
    rosa = cast.reviewer().account
    reviewing.decline(review, by=rosa, at=cast.later(hours=2), digest=review.digest, reason="Wrong.")
    assert "A reviewer asked for changes" in refused(schedule)


def test_who_scheduled_it_must_still_be_allowed_to_publish():
    schedule = cast.scheduled()
    cast.person("paula").groups.clear()
    assert "paula, who scheduled it, may no longer publish." in refused(schedule)


def test_who_left_publishes_nothing():
    schedule = cast.scheduled()
    paula = cast.person("paula")
    paula.is_active = False
    paula.save()
    cast.person("peter", roles.PUBLISHER)
    assert "may no longer publish" in refused(schedule)
    assert [row.person.username for row in Message.objects.filter(subject__contains="was not published")] == ["peter"]


def test_a_refusal_is_told_at_once_to_who_scheduled_it_and_to_publishers():
    schedule = cast.scheduled()
    cast.person("peter", roles.PUBLISHER)
    cast.edited(schedule.article)
    reason = refused(schedule)
    told = Message.objects.filter(subject="“Acute example disease” was not published as scheduled")
    assert {(row.person.username, row.kind) for row in told} == {("paula", "action"), ("peter", "action")}
    assert reason in told[0].body
    assert told[0].path == f"/admin/articles/article/{schedule.article_id}/publish/"
    entry = TimelineEntry.objects.get(what="refused")
    assert (entry.by.username, entry.detail) == ("paula", reason)


def test_one_that_breaks_holds_up_no_other_and_goes_on_waiting(monkeypatch):
    cast.scheduled()
    cast.scheduled(cast.signed(cast.draft(cast.words("Other disease"))).article)
    publish, broken = publishing.publish, Article.objects.first().pk

    def fragile(article, **said):
        if article.pk == broken:
            raise OSError("disk full")
        return publish(article, **said)

    monkeypatch.setattr(publishing, "publish", fragile)
    with pytest.raises(OSError, match="disk full"):
        scheduling.keep_due(at=THEN)
    assert sorted(Schedule.objects.values_list("article__title", "outcome")) == [
        ("Acute example disease", ""),
        ("Other disease", "published"),
    ]


def test_what_would_stop_it_is_known_before():
    schedule = cast.scheduled()
    assert scheduling.obstacles(schedule, at=cast.NOON) == ()
    cast.edited(schedule.article)
    assert [one.code for one in scheduling.obstacles(schedule, at=cast.NOON)] == ["words-moved"]


# -- beside the other ways to publish ------------------------------------------------------------------------------


def online():
    """A page that is online, with other words signed for the next edition."""
    article = cast.published().article
    return cast.signed(cast.edited(article), at=cast.later(hours=1)).article


def test_a_later_edition_says_what_kind_of_change_it_is():
    paula = cast.person("paula", roles.PUBLISHER)
    said = {"publish_at": THEN, "change_note": "A note.", "by": paula, "at": cast.later(hours=2)}
    with pytest.raises(ReasonNeeded, match="what kind of change"):
        scheduling.schedule(online(), change_class="first", **said)


def test_housekeeping_is_scheduled_and_kept_as_such():
    article, wanda = cast.published().article, cast.person("wanda")
    words = cast.with_body(article.content(), "our-program", "<p>We moved.</p>")
    drafting.revise(article, words, by=wanda, at=cast.NOON, base_revision=article.revision)
    schedule = cast.scheduled(article)
    assert schedule.change_class == "housekeeping"
    assert kept(schedule).edition.change_class == "housekeeping"


def test_publishing_in_an_emergency_cancels_it():
    article = cast.edited(cast.scheduled(online(), at=cast.later(hours=2)).article, "7 mg")
    said = {"reason": "A recall.", "change_class": "correction", "change_note": "The dose."}
    publishing.publish_in_emergency(article, by=cast.person("paula"), at=cast.later(hours=3), **said)
    assert Schedule.objects.get().outcome == "cancelled"


def test_putting_the_draft_in_the_bin_cancels_it():
    article = cast.scheduled().article
    binning.bin_draft(article, by=cast.person("wanda"), at=cast.NOON)
    assert Schedule.objects.get().outcome_reason == "The draft was put in the bin."
    assert scheduling.keep_due(at=THEN) == "0 published, 0 refused"
