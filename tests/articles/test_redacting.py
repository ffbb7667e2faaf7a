"""What must not remain is erased wherever it stands, by two people, and leaves a hash and an honest word behind."""

import pytest

from articles import redacting, roles
from articles.content import sha256
from articles.models import Article, Autosave, Edition, Redaction, Review, Revision, TimelineEntry
from articles.refusals import ReasonNeeded
from articles.verifying import problems
from tests import cast

pytestmark = pytest.mark.django_db
STORY = "<p>Jane Roe was treated here and is well.</p>"


def told() -> Article:
    """Two editions with Jane's story, and a draft without it."""
    article = cast.draft(cast.with_body(cast.words(), "treatment", STORY))
    cast.published(article)
    cast.published(cast.edited(article, at=cast.later(hours=1)), at=cast.later(hours=2))
    return Article.objects.get(pk=article.pk)


def ask(article, hashes=None, by="paula", reason="The patient withdrew consent."):
    found = hashes if hashes is not None else [one.hash for one in redacting.passages(article, "jane roe")]
    return redacting.ask(article, hashes=found, reason=reason, by=cast.cast().__dict__[by], at=cast.later(days=1))


def confirmed(article) -> Redaction:
    return redacting.confirm(ask(article), by=cast.cast().ada, at=cast.later(days=2))


def stored() -> str:
    return "".join(
        text for model in (Edition, Review, Revision) for text in model.objects.values_list("content", flat=True)
    )


def test_a_phrase_is_found_wherever_it_stands():
    article = told()
    [passage] = redacting.passages(article, " JANE roe ")
    assert (passage.heading, passage.body, passage.hash) == ("Treatment", STORY, sha256(STORY))
    assert (passage.editions, passage.reviews, passage.revisions, passage.in_draft) == ([1], 1, 1, False)
    assert redacting.passages(article, "") == redacting.passages(article, "nobody") == []


def test_the_text_goes_and_its_hash_stays():
    article = told()
    assert "Jane Roe" in stored()
    confirmed(article)
    assert "Jane Roe" not in stored()
    first = Edition.objects.get(number=1).words()
    assert [section.erased for section in first.sections] == ["", sha256(STORY), ""]
    assert "Jane Roe" in STORY


def test_history_still_verifies():
    confirmed(told())
    assert [str(problem) for problem in problems()] == []


def test_the_draft_loses_the_text_by_a_revision_of_its_own():
    article = cast.published(cast.draft(cast.with_body(cast.words(), "treatment", STORY))).article
    Autosave.objects.create(person=cast.cast().wanda, article=article, fields={"x": STORY}, at=cast.NOON)
    confirmed(article)
    last = Revision.objects.latest("number")
    assert (last.how, last.by) == ("redaction", cast.cast().ada)
    assert "Jane" not in "".join(section.body for section in article.sections.all())
    assert not Autosave.objects.exists()


def test_readers_are_told(client):
    edition = cast.published(cast.draft(cast.with_body(cast.words(), "treatment", STORY)))
    confirmed(edition.article)
    page = client.get(f"/{edition.article.slug}/").content.decode()
    assert "Jane" not in page
    assert "This part was removed for legal reasons." in page


def test_it_takes_two():
    article = told()
    both = cast.person("max", roles.PUBLISHER)
    both.groups.add(*cast.cast().ada.groups.all())
    both = type(both).objects.get(pk=both.pk)
    mine = redacting.ask(article, hashes=[sha256(STORY)], reason="A name.", by=both, at=cast.NOON)
    with pytest.raises(redacting.NotRedacted, match="Somebody else must confirm"):
        redacting.confirm(mine, by=both, at=cast.NOON)
    assert "Jane Roe" in stored()


@pytest.mark.parametrize("who", ["wanda", "edith", "rosa", "stan", "sam", "ada"])
def test_only_a_publisher_asks(who):
    with pytest.raises(roles.NotAllowed):
        ask(told(), by=who)


@pytest.mark.parametrize("who", ["wanda", "edith", "rosa", "stan", "sam", "paula"])
def test_only_an_administrator_confirms(who):
    redaction = ask(told())
    with pytest.raises(roles.NotAllowed):
        redacting.confirm(redaction, by=getattr(cast.cast(), who), at=cast.NOON)


def test_nothing_is_asked_without_a_reason_or_a_text():
    article = told()
    with pytest.raises(ReasonNeeded):
        ask(article, reason=" ")
    for hashes in ([], ["0" * 64]):
        with pytest.raises(redacting.NotRedacted, match="Choose at least one"):
            ask(article, hashes=hashes)


def test_it_is_answered_once():
    redaction = ask(told())
    ada = cast.cast().ada
    with pytest.raises(ReasonNeeded):
        redacting.decline(redaction, by=ada, at=cast.NOON, reason="")
    redacting.decline(redaction, by=ada, at=cast.NOON, reason="It is another Jane.")
    with pytest.raises(redacting.NotRedacted, match="answered already"):
        redacting.confirm(redaction, by=ada, at=cast.NOON)
    assert "Jane Roe" in stored()


def test_both_steps_stand_in_the_timeline_without_the_text():
    confirmed(told())
    entries = TimelineEntry.objects.filter(what__in=["redaction_asked", "redacted"])
    assert {entry.what for entry in entries} == {"redaction_asked", "redacted"}
    assert all("Jane" not in entry.detail for entry in entries)


def test_a_redacted_review_can_no_longer_be_answered_or_published_with():
    article = cast.draft(cast.with_body(cast.words(), "treatment", STORY))
    review = cast.requested(article)
    confirmed(article)
    review.refresh_from_db()
    assert review.answer == "superseded"
