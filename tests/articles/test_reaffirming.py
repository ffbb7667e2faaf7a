"""Read again, and nothing to change: the page online is signed as it stands, by its reviewer alone."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from articles import asking, binning, drafting, publishing, reaffirming, reviewing, roles, surveillance
from articles.handing import WordsMoved
from articles.models import Alert, AlertPage, Article, Edition, Published, Reliance, Review, Reviewer, TimelineEntry
from references.models import Source
from tests import cast
from tests.articles import sources

pytestmark = pytest.mark.django_db
DECEMBER = cast.later(days=30)


def reaffirm(article, *, by=None, at=DECEMBER, **said):
    edition = article.editions.order_by("number").last()
    said = {"digest": edition.digest if edition else "", **said}
    return reaffirming.reaffirm(article, by=by or cast.reviewer().account, at=at, **said)


def page():
    return Published.objects.get(moved_to=None)


def test_it_moves_the_date_and_makes_no_edition():
    review = reaffirm(cast.published().article, interests="A grant.")
    assert (review.origin, review.scope, review.kind, review.answer) == ("unchanged", "full", "clinical", "attested")
    assert (review.signed_as, review.interests) == ("Rosa Example, MD", "A grant.")
    assert (page().review, page().last_reviewed_on, page().next_due) == (review, date(2026, 12, 2), date(2027, 12, 2))
    assert Edition.objects.get().digest == review.digest == review.words().digest
    assert page().reaffirmed_at == DECEMBER


def test_the_timeline_says_what_was_done():
    article = cast.published().article
    reaffirm(article)
    entry = TimelineEntry.objects.latest("pk")
    assert (entry.what, entry.by.username, entry.detail) == (
        "attested",
        "rosa",
        "read again, nothing to change: edition 1",
    )


def test_whoever_was_asked_answers_that_request():
    asked = cast.requested(cast.published().article, at=cast.later(days=20))
    review = reaffirm(asked.article)
    assert (review.pk, review.origin, review.scope) == (asked.pk, "request", "full")
    assert page().review == review
    assert Review.objects.count() == 2


def test_a_request_to_somebody_else_stays_open():
    article, ravi = cast.published().article, cast.reviewer("ravi")
    other = reviewing.request(article, reviewer=ravi, by=cast.person("wanda"), at=cast.later(days=20))
    reaffirm(article)
    assert Review.objects.open().get() == other


def test_the_same_person_signs_once_a_day():
    article = cast.published().article
    reaffirm(article)
    with pytest.raises(reaffirming.AlreadySigned):
        reaffirm(article, at=DECEMBER + timedelta(minutes=1))
    reaffirm(article, at=DECEMBER + timedelta(days=1))
    assert page().last_reviewed_on == date(2026, 12, 3)


# -- never for other words -----------------------------------------------------------------------------------------


def refuses(error, match, article, **said):
    """The deed says so, and leaves everything as it was."""
    before = (page() if Published.objects.exists() else None, Review.objects.count(), TimelineEntry.objects.count())
    reviewed = before[0] and before[0].last_reviewed_on
    with pytest.raises(error, match=match):
        reaffirm(article, **said)
    assert (Review.objects.count(), TimelineEntry.objects.count()) == before[1:]
    assert not before[0] or page().last_reviewed_on == reviewed


def test_words_that_differ_from_the_page_are_refused():
    article = cast.published().article
    cast.edited(article)
    refuses(reaffirming.NotUnchanged, "The changes need a review first", article)


def test_a_source_that_changed_in_the_library_makes_the_words_differ():
    article = cast.published().article
    Source.objects.update(title="Another title")
    refuses(reaffirming.NotUnchanged, "differs", article)


def test_the_digest_of_another_page_or_an_older_one_is_refused():
    article = cast.published().article
    refuses(WordsMoved, "not the one", article, digest="0" * 64)
    first = article.editions.get().digest
    cast.publish(cast.signed(cast.edited(article)).article)
    refuses(WordsMoved, "not the one", article, digest=first)


def test_institutional_words_that_changed_are_no_part_of_it():
    article = cast.published().article
    content = cast.with_body(article.content(), "our-program", "<p>We moved.</p>")
    drafting.revise(article, content, by=cast.cast().edith, at=cast.later(days=3), base_revision=article.revision)
    assert "We moved" not in reaffirm(article).content


def test_a_draft_a_withdrawn_page_and_one_in_the_bin_are_refused():
    draft = cast.draft()
    refuses(reaffirming.NotUnchanged, "not online", draft)
    binning.bin_draft(draft, by=cast.person("wanda"), at=cast.NOON)
    refuses(drafting.InBin, "in the bin", draft)
    taken_down = cast.published(cast.draft(cast.words("Other"))).article
    publishing.withdraw(taken_down, by=cast.person("paula"), at=cast.later(days=2), reason="Wrong.")
    refuses(reaffirming.NotUnchanged, "not online", taken_down)


def test_it_is_never_before_the_edition():
    refuses(reaffirming.NotUnchanged, "at that time", cast.published().article, at=cast.later(days=-1))


# -- nor by somebody who may not -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"active": False}, "has left"),
        ({"credentials": ""}, "no credentials"),
        ({"credentials_until": date(2026, 12, 1)}, "lapsed"),
        ({"account": None}, "not on the list"),
    ],
)
def test_who_could_not_sign_today_is_refused(change, why):
    article, rosa = cast.published().article, cast.reviewer().account
    Reviewer.objects.update(**change)
    refuses(asking.CannotSign, why, article, by=rosa)


def test_a_role_that_does_not_sign_is_refused():
    article = cast.published().article
    for name in ("wanda", "edith", "paula", "stan"):
        refuses(roles.NotAllowed, "role", article, by=getattr(cast.cast(), name))


def everything(name):
    """Somebody who is a reviewer, and a superuser as well."""
    doctor = cast.reviewer(name)
    doctor.account.is_superuser = True
    doctor.account.save()
    return doctor.account


def in_emergency(by, publisher):
    """Somebody wrote words, and a publisher put them online before anybody had read them."""
    article = cast.published().article
    cast.edited(article, by=by, at=cast.later(days=1))
    said = {"reason": "A recall.", "change_class": "correction", "change_note": "A note."}
    return publishing.publish_in_emergency(article, by=publisher, at=cast.later(days=2), **said).article


def test_nobody_vouches_alone_for_words_of_their_own():
    root = everything("max")
    article = in_emergency("max", cast.cast().paula)
    refuses(asking.CannotSign, "wrote part", article, by=root)


def test_nobody_checks_their_own_emergency():
    root = everything("max")
    article = in_emergency("wanda", root)
    refuses(asking.CannotSign, "in an emergency", article, by=root)


def test_somebody_else_answers_for_an_emergency():
    article = in_emergency("wanda", cast.cast().paula)
    assert page().unreviewed_since
    reaffirm(article)
    assert (page().unreviewed_since, page().last_reviewed_on) == (None, date(2026, 12, 2))


# -- news ----------------------------------------------------------------------------------------------------------


def leaning():
    """A page online since lately, which leans on a source."""
    return cast.published(at=timezone.now() - timedelta(days=30)).article


def keys():
    return [one.key for one in reaffirming.open_news(Article.objects.get())]


def test_a_retraction_is_decided_about_first():
    article = sources.with_doi(leaning())
    sources.retracted()
    refuses(reaffirming.NewsFirst, "retracted", article, seen=keys(), at=timezone.now())
    rosa, said = cast.reviewer().account, {"kind": "no impact", "reason": "It is named as a bad example."}
    surveillance.decide(article, about=keys(), **said, by=rosa, at=timezone.now())
    reaffirm(article, at=timezone.now())


def test_news_that_was_not_on_the_screen_is_read_first():
    article = leaning()
    sources.dies()
    refuses(reaffirming.NewsFirst, "not on your screen", article, at=timezone.now())
    reaffirm(article, seen=keys(), at=timezone.now())
    assert not Reliance.objects.waiting().exists()


def test_what_was_decided_to_change_is_not_signed_as_it_stands():
    article, stan = leaning(), cast.cast().stan
    sources.dies()
    surveillance.decide(article, about=keys(), kind="wording", reason="", by=stan, at=timezone.now())
    refuses(reaffirming.NewsFirst, "words change", article, seen=keys(), at=timezone.now())


def test_news_from_a_person_still_waits_for_its_decision():
    article, said = cast.published().article, {"by": cast.cast().stan, "at": cast.later(days=5)}
    AlertPage.objects.create(alert=Alert.objects.create(kind="guideline", title="New", **said), article=article)
    refuses(reaffirming.NewsFirst, "not on your screen", article)
    reaffirm(article, seen=keys())
    assert [one.title for one in reaffirming.open_news(article)] == ["New"]
    assert page().event_since
