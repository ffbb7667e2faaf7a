"""Who may ask for reviews of which words, who takes a request back, and who hears of the answer."""

import pytest

from articles import asking, publishing, reviewing, roles
from articles.models import Message, Review, Revision
from references.models import Source
from tests import cast

pytestmark = pytest.mark.django_db


def ask(article, *, by="stan", **asked):
    person = cast.person(by, roles.RECORDS_STEWARD if by == "stan" else roles.WRITER)
    return reviewing.request(article, reviewer=cast.reviewer("ravi"), by=person, at=cast.later(days=1), **asked)


def test_a_steward_asks_for_a_review_of_what_readers_see():
    review = ask(cast.published().article)
    attested = reviewing.attest(review, by=review.reviewer.account, at=cast.later(days=2), digest=review.digest)
    assert (attested.requested_by.username, attested.scope) == ("stan", "full")


def draft():
    return cast.draft()


def changed():
    return cast.edited(cast.published().article)


def withdrawn():
    article = cast.published().article
    publishing.withdraw(article, by=cast.cast().paula, at=cast.NOON, reason="Wrong.")
    return article


def moved_source():
    """The library says other words of a source than readers see."""
    article = cast.published().article
    Source.objects.update(title="What is that disease?")
    return article


@pytest.mark.parametrize("words", [draft, changed, withdrawn, moved_source])
def test_of_other_words_a_writer_asks_and_a_steward_does_not(words):
    article, revisions = words(), Revision.objects.count()
    with pytest.raises(asking.OnlyOnline, match="Readers do not see these words"):
        ask(article)
    assert not Review.objects.open().exists()
    assert Revision.objects.count() == revisions
    assert ask(article, by="wanda")


def test_a_steward_takes_back_what_they_asked_and_nobody_elses():
    article = cast.published().article
    theirs = ask(article, by="wanda")
    with pytest.raises(roles.NotAllowed, match="Who asked for this review"):
        reviewing.recall(theirs, by=cast.person("stan", roles.RECORDS_STEWARD), at=cast.later(days=2))
    reviewing.recall(theirs, by=cast.person("edith", roles.EDITOR), at=cast.later(days=2))
    mine = ask(article)
    with pytest.raises(roles.NotAllowed):
        reviewing.recall(mine, by=cast.person("susan", roles.RECORDS_STEWARD), at=cast.later(days=2))
    assert reviewing.recall(mine, by=cast.person("stan"), at=cast.later(days=2)).answer == "recalled"


def told(about):
    rows = Message.objects.filter(subject__contains=about).order_by("person__username")
    return list(rows.values_list("person__username", flat=True))


@pytest.mark.parametrize(("asker", "who"), [("stan", ["edith", "stan"]), ("wanda", ["wanda"])])
def test_changes_that_are_wanted_are_told_to_who_can_make_them(asker, who):
    cast.cast()
    review, ravi = ask(cast.published().article, by=asker), cast.reviewer("ravi").account
    reviewing.decline(review, by=ravi, at=cast.later(days=2), digest=review.digest, reason="Wrong dose.")
    assert told("Changes were requested") == who


@pytest.mark.parametrize(("asker", "who"), [("stan", ["edith", "stan"]), ("wanda", ["wanda"])])
def test_corrections_are_told_to_who_can_accept_them(asker, who):
    cast.cast()
    review, ravi = ask(cast.published().article, by=asker), cast.reviewer("ravi").account
    better = cast.with_body(review.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    reviewing.correct_and_attest(review, better, by=ravi, at=cast.later(days=2), digest=review.digest)
    assert told("please accept the corrections") == who


def test_a_signature_is_told_to_the_steward_alone():
    cast.cast()
    review = ask(cast.published().article)
    Message.objects.all().delete()
    reviewing.attest(review, by=review.reviewer.account, at=cast.later(days=2), digest=review.digest)
    assert told("was attested") == ["stan"]
