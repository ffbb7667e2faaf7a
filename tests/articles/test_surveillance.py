"""News about a source reaches the pages that lean on it, and waits there until somebody decides what it means."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import news, publishing, reliances, roles, surveillance
from articles.models import Decision, Message, Reliance, TimelineEntry
from articles.refusals import ReasonNeeded
from references.models import Source
from tests import cast
from tests.articles import sources
from tests.articles.sources import dies, retracted, waiting

pytestmark = pytest.mark.django_db


def decide(article, kind="no impact", *, by="edith", role=roles.EDITOR, reason="We say nothing that rests on it."):
    keys = [one.key for one in news.of_page(article)]
    doer = cast.person(by, role)
    return surveillance.decide(article, about=keys, kind=kind, reason=reason, by=doer, at=timezone.now())


def doctor(article, **how):
    return decide(article, by=cast.reviewer().account.username, role=roles.MEDICAL_REVIEWER, **how)


# -- which news waits ----------------------------------------------------------------------------------------------


def test_it_works():
    article = cast.published().article
    dies()
    assert waiting() == [("dead", article.title)]


def test_news_of_a_source_that_no_page_leans_on_is_no_event():
    cast.published()
    Source.objects.create(title="Other", doi="10.1000/abc")
    retracted("10.1000/abc")
    cast.draft(cast.words("A draft"))
    assert waiting() == []


def test_one_change_waits_on_every_page_at_the_price_of_one_question(django_assert_num_queries):
    for number in range(5):
        cast.published(cast.draft(cast.words(f"Disease {number}")))
    dies()
    assert Reliance.objects.values("source").distinct().count() == 1
    with django_assert_num_queries(2):  # one of them for the policy
        [told] = news.queue()
    assert (told["what"], told["pages"]) == ("dead", 5)


def test_what_came_back_closes_by_itself():
    cast.published()
    source = dies()
    sources.comes_back(source)
    assert waiting() == []
    dies(source)
    assert len(waiting()) == 1


def test_of_several_changes_of_one_kind_the_latest_waits():
    cast.published()
    for title in ("New title", "Newer title"):
        sources.changes(title=title)
    [row] = Reliance.objects.waiting()
    assert row.after == "title: Newer title"


def test_a_retraction_that_is_taken_back_waits_no_longer():
    cast.published()
    retracted()
    assert [kind for kind, _title in waiting()] == ["retracted"]
    retracted(nature="Reinstatement")
    assert waiting() == []


@pytest.mark.parametrize(
    ("fields", "asks"),
    [
        ({"title": "Another title"}, True),
        ({"published": "2025"}, True),
        ({"published": "2024-02"}, False),  # the year is what was signed
        ({"publisher": "Another house"}, False),
        ({"url": "https://example.org/elsewhere"}, False),
    ],
)
def test_a_changed_record_asks_only_where_it_was_signed(fields, asks):
    cast.published()
    sources.changes(**fields)
    assert bool(waiting()) is asks


def test_a_page_published_since_prints_the_record_as_it_is():
    article = cast.published().article
    sources.changes(title="Another title")
    sources.again(article)
    assert waiting() == []


def test_a_superseded_source_waits_until_it_is_superseded_no_longer():
    cast.published()
    newer = Source.objects.create(title="Newer")
    sources.changes(superseded_by=newer)
    assert [kind for kind, _title in waiting()] == ["superseded"]
    sources.changes(superseded_by=None)
    assert waiting() == []


def test_a_reviewer_who_signed_these_words_since_has_seen_it():
    article = cast.published().article
    dies()
    cast.signed(article, at=timezone.now() + timedelta(minutes=1))
    assert waiting() == []


def test_a_review_recorded_for_somebody_has_seen_nothing_on_our_screen():
    cast.published()
    dies()
    row = cast.cast()
    sources.recorded(by=row.stan)
    assert [kind for kind, _title in waiting()] == ["dead"]


def test_nobody_has_silently_seen_a_retraction():
    article = cast.published().article
    retracted()
    cast.signed(article, at=timezone.now() + timedelta(minutes=1))
    assert [kind for kind, _title in waiting()] == ["retracted"]


# -- what is derived never drifts ----------------------------------------------------------------------------------


def test_the_sources_of_a_page_follow_its_open_edition():
    article = cast.published().article
    assert Reliance.objects.count() == 1
    sources.uncites(article)
    assert Reliance.objects.count() == 1
    cast.published(article, at=timezone.now())
    assert Reliance.objects.count() == 0
    assert not reliances.drifted(article)


def test_a_withdrawn_page_leans_on_nothing():
    article = cast.published().article
    publishing.withdraw(article, by=cast.cast().paula, at=cast.NOON, reason="Wrong.")
    assert not Reliance.objects.exists()


# -- decisions -----------------------------------------------------------------------------------------------------


def test_a_decision_ends_the_waiting_and_is_in_the_timeline():
    article = cast.published().article
    dies()
    [made] = decide(article)
    assert (waiting(), made.edition.article) == ([], article)
    entry = TimelineEntry.objects.get(what="decided")
    assert entry.detail == ("No impact on this page: dead: What is example disease?. We say nothing that rests on it.")


def test_a_new_decision_takes_the_place_of_the_old_one():
    article = cast.published().article
    dies()
    decide(article)
    decide(article, "reopened", reason="We do lean on it.")
    assert len(waiting()) == 1
    decide(article, "change")
    assert (waiting(), Decision.objects.count()) == ([], 3)
    assert Reliance.objects.under_way().count() == 1


@pytest.mark.parametrize("kind", ["no impact", "reopened"])
def test_no_impact_needs_a_reason(kind):
    article = cast.published().article
    dies()
    with pytest.raises(ReasonNeeded):
        decide(article, kind, reason="  ")
    decide(article, "wording", reason="")


def test_that_a_retraction_changes_nothing_only_a_doctor_can_say():
    article = cast.published().article
    retracted()
    with pytest.raises(roles.NotAllowed, match="retracted"):
        decide(article)
    doctor(article)
    assert waiting() == []


def test_a_doctor_decides_nothing_else():
    article = cast.published().article
    retracted()
    with pytest.raises(roles.NotAllowed):
        doctor(article, kind="change")


def test_news_that_is_over_can_not_be_decided():
    article = cast.published().article
    key = [one.key for one in [dies()] and news.of_page(article)]
    sources.comes_back()
    with pytest.raises(surveillance.NotOpen):
        surveillance.decide(article, about=key, kind="change", reason="", by=cast.cast().edith, at=cast.NOON)


def test_a_change_that_was_decided_is_under_way_until_it_is_online():
    article = cast.published().article
    dies()
    decide(article, "change")
    assert Reliance.objects.under_way().count() == 1
    sources.uncites(article)
    cast.published(article, at=timezone.now())
    assert not Reliance.objects.news().exists()


def test_editors_are_told_that_words_must_change():
    article = cast.published().article
    cast.person("edda", roles.EDITOR)
    dies()
    decide(article, "wording")
    assert [message.person.username for message in Message.objects.filter(kind="digest")] == ["edda"]


def test_taking_the_page_down_is_the_decision():
    article = cast.published().article
    retracted()
    keys = [one.key for one in news.of_page(article)]
    with pytest.raises(ReasonNeeded):
        surveillance.withdraw(article, about=keys, by=cast.cast().paula, at=cast.NOON, reason="")
    assert not Decision.objects.exists()
    surveillance.withdraw(article, about=keys, by=cast.cast().paula, at=cast.NOON, reason="It was retracted.")
    assert Decision.objects.get().kind == "withdraw"
    assert article.editions.get().closed_how == "withdrawn"


# -- a retraction and new editions ---------------------------------------------------------------------------------


def test_words_that_lean_on_a_retracted_source_are_not_published():
    review = cast.signed(sources.with_doi(cast.draft()))
    retracted()
    with pytest.raises(publishing.NotPublishable) as refused:
        cast.publish(review.article)
    [obstacle] = refused.value.obstacles
    assert obstacle.message.startswith("Reference 1, “What is example disease?”, has been retracted.")
    hurried = publishing.emergency_obstacles(review.article, by=cast.cast().paula, at=cast.NOON)
    assert "retracted" in {one.code for one in hurried}


def test_a_doubt_or_a_correction_does_not_block():
    review = cast.signed(sources.with_doi(cast.draft()))
    retracted(nature="Expression of concern")
    assert cast.publish(review.article).number == 1
