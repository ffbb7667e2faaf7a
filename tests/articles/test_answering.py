"""Why a sentence needs no source: said once, kept, and good while the sentence stands."""

from dataclasses import replace

import pytest

from articles import answering, drafting, publishing, redacting, reviewing, roles, verifying
from articles.answering import AnswerGone, AnswerStands, MustBeMended, remarks
from articles.models import FindingAnswer, TimelineEntry
from articles.publishing import NotPublishable
from articles.refusals import ReasonNeeded
from references.models import Source
from tests import cast
from tests.cast import NOON, later

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    return cast.draft()


def said(article, words=None, at=NOON):
    return remarks(article, words or article.content(), at=at)


def answered(article, *, reason="common", **more):
    (finding,) = said(article).open
    return answering.answer(article, finding, reason=reason, by=cast.cast().wanda, at=NOON, **more)


def test_it_works(article):
    answered(article, reason="ours", why="From our registry.")
    now = said(article)
    assert now.open == ()
    assert [(one.finding.quote, one.answer.said) for one in now.answered] == [
        ("The usual dose is 5 mg.", "Our own figure. From our registry.")
    ]


def test_it_is_kept_with_the_digest_and_stands_in_the_timeline(article):
    made = answered(article)
    assert (made.rule, made.anchor, made.digest) == ("uncited_dose", "treatment", article.digest)
    entry = TimelineEntry.objects.get(what="answered")
    assert (entry.by.username, entry.detail) == ("wanda", "Common knowledge")


def test_it_holds_while_the_sentence_stands_wherever_it_moves(article):
    answered(article)
    moved = cast.with_body(article.content(), "treatment", "<p>Ask first. The usual  dose is 5 mg.</p>")
    moved = replace(moved, sections=tuple(reversed(moved.sections)))
    assert said(article, moved).open == ()
    changed = cast.edited(article, "6 mg")
    assert [one.quote for one in said(changed).open] == ["The usual dose is 6 mg."]
    assert said(cast.edited(article, "5 mg")).open == ()


def test_it_answers_no_other_rule_and_no_other_article(article):
    answered(article)
    other = cast.draft(cast.words("Another example disease"))
    assert len(said(other).open) == 1


def test_it_is_taken_back_once_and_can_be_given_again(article):
    made = answered(article)
    answering.withdraw(made, by=cast.cast().edith, at=later(hours=1))
    assert len(said(article).open) == 1
    assert TimelineEntry.objects.filter(what="unanswered", by=cast.cast().edith).exists()
    with pytest.raises(AnswerGone):
        answering.withdraw(made, by=cast.cast().edith, at=later(hours=1))
    answered(article)
    assert FindingAnswer.objects.count() == 2


def test_it_is_given_once(article):
    (finding,) = said(article).open
    answered(article)
    with pytest.raises(AnswerStands):
        answering.answer(article, finding, reason="ours", by=cast.cast().edith, at=NOON)


@pytest.mark.parametrize(("reason", "why"), [("other", "  "), ("", "So."), ("nonsense", "So."), ("other", "x" * 1001)])
def test_it_needs_a_reason_that_can_be_read(article, reason, why):
    with pytest.raises(ReasonNeeded):
        answered(article, reason=reason, why=why)
    assert not FindingAnswer.objects.exists()


def test_a_promise_is_mended_and_not_answered(article):
    bare = cast.with_body(article.content(), "treatment", "")
    (finding,) = said(article, bare).open
    with pytest.raises(MustBeMended):
        answering.answer(article, finding, reason="common", by=cast.cast().wanda, at=NOON)


def test_no_row_of_whatever_origin_takes_the_place_of_mending(article):
    bare = cast.with_body(article.content(), "treatment", "")
    (finding,) = said(article, bare).open
    facts = {
        "rule": finding.rule,
        "about": finding.key,
        "content": FindingAnswer.keep(finding.message),
        "reason": "common",
    }
    FindingAnswer.objects.create(article=article, digest=article.digest, by=cast.cast().wanda, at=NOON, **facts)
    assert said(article, bare).open == (finding,)


def test_writers_and_editors_may_and_nobody_else(article):
    (finding,) = said(article).open
    for name in ("rosa", "paula", "stan", "ada", "sam"):
        with pytest.raises(roles.NotAllowed):
            answering.answer(article, finding, reason="common", by=getattr(cast.cast(), name), at=NOON)


def test_sources_that_are_old_and_sources_without_a_mark_are_spoken_of(article):
    article.uncited.add(Source.objects.create(title="Never used"))
    found = {one.rule for one in said(article, at=later(days=3000)).open}
    assert found == {"uncited_dose", "aged_source", "uncited_source"}


def test_an_article_that_was_never_saved_has_remarks_too():
    (found,) = remarks(None, cast.words(), at=NOON).open
    assert found.rule == "uncited_dose"


# -- severities --------------------------------------------------------------------------------------------------------


def test_a_blocking_rule_stops_the_request_until_it_is_answered(settings, article):
    settings.FINDING_SEVERITY = {"uncited_dose": "blocking"}
    with pytest.raises(reviewing.NotReady) as refused:
        cast.requested(article)
    (obstacle,) = refused.value.obstacles
    assert (obstacle.code, obstacle.where) == ("uncited_dose", "treatment")
    answered(article)
    assert cast.requested(article)


def test_at_publication_it_is_checked_again_and_an_answer_voids_no_signature(settings, article):
    cast.signed(article)
    settings.FINDING_SEVERITY = {"uncited_dose": "blocking"}
    with pytest.raises(NotPublishable) as refused:
        cast.publish(article)
    assert [one.code for one in refused.value.obstacles] == ["uncited_dose"]
    answered(article)
    assert cast.publish(article).number == 1


def test_an_answer_taken_back_blocks_again(settings, article):
    cast.signed(article)
    settings.FINDING_SEVERITY = {"uncited_dose": "blocking"}
    answering.withdraw(answered(article), by=cast.cast().wanda, at=NOON)
    codes = [one.code for one in publishing.obstacles(article, by=cast.cast().paula, at=NOON)]
    assert codes == ["uncited_dose"]


def test_a_rule_that_is_off_says_nothing(settings, article):
    settings.FINDING_SEVERITY = {"uncited_dose": "off"}
    assert said(article) == answering.Remarks((), ())


# -- beside the rest of the house --------------------------------------------------------------------------------------


def test_who_looks_for_a_name_to_redact_is_told_of_an_answer(article):
    answered(article, reason="other", why="Ask Jane Roe.")
    cast.edited(article, "7 mg")
    assert "an answer to a remark" in redacting.beyond(article, "jane roe")


def redacted(article, *hashes):
    people = cast.cast()
    asked = redacting.ask(article, hashes=hashes, reason="It must go.", by=people.paula, at=later(hours=1))
    return redacting.confirm(asked, by=people.ada, at=later(hours=2))


def test_a_sentence_inside_an_erased_text_is_erased_from_its_answer_too(article):
    made = answered(article)
    [passage] = [one for one in redacting.passages(article, "5 mg") if one.in_draft]
    redacted(article, passage.hash)
    made.refresh_from_db()
    assert "5 mg" not in made.content + "".join(TimelineEntry.objects.values_list("detail", flat=True))
    assert (made.sentence, made.about != "", made.said) == ("removed for legal reasons", True, "Common knowledge")
    assert [str(one) for one in verifying.problems()] == []


def test_a_sentence_that_stands_in_an_answer_alone_is_found_and_erased(article):
    words = cast.with_body(article.content(), "treatment", "<p>Jane Roe &lt; 40 took 9 mg.</p>")
    (finding,) = said(article, words).open  # typed, never saved
    made = answering.answer(article, finding, reason="ours", by=cast.cast().wanda, at=NOON)
    assert made.sentence == "Jane Roe < 40 took 9 mg."
    [passage] = redacting.passages(article, "jane roe < 40")
    assert (passage.heading, passage.answers, passage.revisions) == ("An answer to a remark", 1, 0)
    redacted(article, passage.hash)
    assert redacting.passages(article, "jane roe") == []
    assert redacting.beyond(article, "jane roe") == []
    assert [str(one) for one in verifying.problems()] == []


def test_a_binned_article_is_not_answered_for(article):
    (finding,) = said(article).open
    article.binned_at, article.binned_by = NOON, cast.cast().wanda
    article.save()
    with pytest.raises(drafting.InBin):
        answering.answer(article, finding, reason="common", by=cast.cast().wanda, at=NOON)


def leaning_on(**source):
    """An article whose only remarks are about the one source that it cites."""
    Source.objects.create(key="roe2020", title="On blood", published="2026", accessed="2026-01-02", **source)
    return cast.draft(cast.with_body(cast.words(), "treatment", '<p>So.<cite data-source="roe2020"></cite></p>'))


@pytest.mark.parametrize(
    ("state", "rule"),
    [
        ({"health": "retracted"}, "retracted_source"),
        ({"notice": "concern"}, "doubted_source"),
        ({"health": "dead"}, "gone_source"),
        ({"health": "retired"}, "gone_source"),
        ({"health": "alive"}, ""),
    ],
)
def test_how_a_cited_source_stands_today_is_a_remark(state, rule):
    article = leaning_on()
    Source.objects.filter(key="roe2020").update(**state)
    assert [(one.rule, one.source) for one in said(article).open] == ([(rule, "roe2020")] if rule else [])


def test_a_superseded_source_and_its_alias_name_the_newer_one(django_assert_num_queries):
    newer = Source.objects.create(title="Blood anew")
    article = leaning_on(merged_into=Source.objects.create(title="On the blood", superseded_by=newer))
    words = article.content()
    with django_assert_num_queries(3):
        found = said(article, words).open
    assert ["Blood anew" in one.message for one in found if one.rule == "superseded_source"] == [True]


def test_an_answer_that_a_page_is_gone_does_not_hide_that_the_work_was_retracted():
    article = leaning_on()
    Source.objects.filter(key="roe2020").update(health="dead")
    answered(article, reason="other", why="We have it on paper.")
    assert said(article).open == ()
    Source.objects.filter(key="roe2020").update(health="retracted")
    assert [one.rule for one in said(article).open] == ["retracted_source"]
