"""A new value goes into drafts in one step, and each draft to its reviewer with one line that says it."""

import pytest

from articles import facts, renewing, unsaved
from articles.models import Review, TimelineEntry
from articles.roles import NotAllowed
from tests import cast
from tests.articles import figures_kept as kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def fact():
    cast.cast()
    return kept.recorded()


def renew(article, fact, *, seen=(), by="edith"):
    return renewing.renew(article, fact, seen=seen, by=cast.person(by), at=cast.later(days=2))


def online(fact, title="Acute example disease"):
    return cast.published(kept.draft(fact, title)).article


def shown(article):
    return [renewing.mark(one) for one in renewing.in_hands(article, at=cast.later(days=2))]


def test_it_works(fact):
    article = online(fact)
    value = kept.renewed(fact)
    done = renew(article, fact)
    assert kept.body(article) == f"<p>There are {kept.mark(value)}.</p>"
    (review,) = done.asked
    assert (review.reviewer, review.note, review.base_digest) == (
        cast.reviewer(),
        done.line,
        article.editions.get().digest,
    )
    assert done.line.endswith("in Treatment · References; first: 6,660 new → 6,550 new")
    entry = TimelineEntry.objects.get(what=TimelineEntry.What.FACT_UPDATED)
    assert entry.detail.startswith(f"{kept.NAME}: about 6,660 ")
    assert article.revisions.latest("number").by == cast.person("edith")


def test_of_the_same_source_the_line_is_one_change(fact):
    article = online(fact)
    kept.renewed(fact, source=kept.source(), locator="p 4")
    done = renew(article, fact)
    assert (done.line, done.asked[0].note) == ("one change in Treatment: 6,660 new → 6,550 new, 2025 → 2026",) * 2


def test_nothing_else_in_the_draft_changes(fact):
    article = online(fact)
    before = article.content()
    kept.renewed(fact)
    renew(article, fact)
    article.refresh_from_db()
    after = article.content()
    assert [one for one, two in zip(before.sections, after.sections, strict=True) if one != two] == [before.sections[1]]
    assert (after.title, after.summary) == (before.title, before.summary)


def test_whom_it_goes_to_is_who_is_assigned_then_who_signed_last(fact):
    article = online(fact)
    by = cast.person("edith")
    assert renewing.whom(article, by=by, at=cast.NOON)[0] == cast.reviewer()
    article.reviewer = cast.reviewer("ravi")
    assert renewing.whom(article, by=by, at=cast.NOON)[0] == cast.reviewer("ravi")
    article.reviewer.active = False
    assert renewing.whom(article, by=by, at=cast.NOON)[0] == cast.reviewer()
    assert renewing.whom(article, by=cast.reviewer().account, at=cast.NOON) == (
        None,
        "You would be asked to sign your own change.",
    )


def test_with_nobody_to_ask_the_draft_is_renewed_and_says_so(fact):
    article = online(fact)
    type(cast.reviewer()).objects.update(active=False)
    kept.renewed(fact)
    done = renew(article, fact)
    assert (done.asked, done.said) == ((), "Nobody to ask: Rosa Example, MD has left.")
    assert "6,550" in kept.body(article)


def test_a_draft_that_was_never_online_waits_for_its_first_review(fact):
    article = kept.draft(fact)
    kept.renewed(fact)
    done = renew(article, fact)
    assert (done.asked, done.said) == ((), "")


def test_a_draft_under_review_is_not_touched_before_somebody_was_told(fact):
    article = kept.draft(fact)
    asked = cast.requested(article)
    kept.renewed(fact)
    with pytest.raises(renewing.InHands, match=r"Rosa Example.* is asked to review"):
        renew(article, fact)
    assert "6,660" in kept.body(article)
    done = renew(article, fact, seen=shown(article))
    asked.refresh_from_db()
    assert (asked.answer, [one.reviewer for one in done.asked]) == (Review.Answer.SUPERSEDED, [cast.reviewer()])


def test_nor_is_one_in_which_somebody_types(fact):
    article = online(fact)
    kept.renewed(fact)
    wanda = cast.person("wanda")
    unsaved.keep({"title": ["x"]}, by=wanda, at=cast.later(days=1), draft_key="k", article=article)
    unsaved.enter(article, by=wanda, at=cast.later(days=2))
    with pytest.raises(renewing.InHands, match=r"wanda has unsaved text of Nov. 3, 2026 in it. wanda has it open now."):
        renew(article, fact)


def test_other_changes_of_the_draft_are_said_first(fact):
    article = online(fact)
    kept.renewed(fact)
    body = kept.body(article).replace("There are", "Each year there are")
    article.refresh_from_db()
    changed = cast.with_body(article.content(), "treatment", body)
    cast.drafting.revise(article, changed, by=cast.person("wanda"), at=cast.NOON, base_revision=article.revision)
    with pytest.raises(renewing.InHands, match="differs from the page online"):
        renew(article, fact)


def test_words_that_somebody_changed_by_hand_are_not_written_over(fact):
    article = online(fact)
    article.sections.filter(anchor="treatment").update(body=kept.body(article).replace("6,660", "9,999"))
    kept.renewed(fact)
    with pytest.raises(renewing.ChangedByHand):
        renew(article, fact, seen=shown(article))


def test_one_that_refuses_does_not_keep_the_others(fact):
    one, two = online(fact), online(fact, "Another example disease")
    cast.requested(two, at=cast.later(days=1))
    kept.renewed(fact)
    found = renewing.renew_each(facts.outdated(fact), fact, seen={}, by=cast.person("edith"), at=cast.later(days=2))
    assert {row.article: bool(row.refused) for row in found} == {one: False, two: True}


def test_a_second_time_there_is_nothing_to_do(fact):
    article = online(fact)
    kept.renewed(fact)
    renew(article, fact)
    assert not facts.outdated(fact)
    article.refresh_from_db()
    with pytest.raises(renewing.NothingToRenew):
        renew(article, fact, seen=shown(article))


def test_who_may_not_write_renews_nothing(fact):
    article = online(fact)
    kept.renewed(fact)
    with pytest.raises(NotAllowed):
        renew(article, fact, by="stan")
