"""What must not remain is erased wherever it stands, by two people, and leaves a hash and an honest word behind."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from articles import alerting, checking, drafting, figures, recording, redacting, roles
from articles.content import parts_hash, sha256
from articles.models import Article, Autosave, Edition, Redaction, Review, Revision, TimelineEntry
from articles.pictures import store
from articles.refusals import ReasonNeeded
from articles.verifying import problems
from tests import cast
from tests.articles import figures_kept as kept
from tests.articles.pictures import library

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


def test_what_a_redaction_does_not_reach_is_named_wherever_it_stands(settings, tmp_path):
    """Also in what is brought, recorded and kept beside the words."""
    settings.MEDIA_ROOT = tmp_path
    fact = kept.recorded("Patients of Jane Roe", value="about 12")
    article = cast.published(kept.draft(fact)).article
    news = alerting.Brought(kind="other", title="A report", about="Jane Roe wrote to us.")
    alerting.raise_alert(news, [article], by=cast.cast().stan, at=cast.later(days=1))
    told = {"reviewer": cast.reviewer("ravi"), "on": cast.later(days=1).date(), "evidence": "A letter."}
    letter = recording.Paper("Jane Roe.pdf", b"%PDF-1.7")
    recording.on_behalf(article, **told, papers=[letter], by=cast.cast().stan, at=cast.later(days=2))
    assert redacting.beyond(article, "jane roe") == [
        "the name of a paper that proves a review",
        "news that somebody has brought",
        "a fact that it prints",
    ]


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


# -- pictures ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def face(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return library.uploaded()


def show(face, title="Acute example disease", **said):
    """A page online with the picture in it."""
    words = library.words(face, title)
    sections = tuple(replace(one, **said) if one.figure else one for one in words.sections)
    return cast.published(cast.draft(replace(words, sections=sections))).article


def gone(article, face, capture) -> Redaction:
    asked = ask(article, [face.pk])
    with capture(execute=True):
        return redacting.confirm(asked, by=cast.cast().ada, at=cast.later(days=2))


def test_a_picture_is_found_without_words(face):
    article = show(face)
    (found,) = redacting.pictures(article)
    assert (found.hash, found.is_picture, found.editions, found.in_draft) == (face.pk, True, [1], True)
    assert library.ALT in found.body


def test_a_picture_goes_with_every_file_and_all_that_was_said_of_it(face, client, django_capture_on_commit_callbacks):
    article = show(face, alt="Jane Roe smiles.", credit="By Jane Roe")
    Autosave.objects.create(person=cast.cast().wanda, fields={"sections-0-figure": [face.pk]}, at=cast.NOON)
    address = f"/figures/{face.pk}-480.jpg"
    assert client.get(address).status_code == 200
    gone(article, face, django_capture_on_commit_callbacks)
    assert "Jane Roe" not in stored()
    assert list(store.there()) == []
    assert client.get(address).status_code == 404
    assert not Autosave.objects.exists()
    page = client.get(f"/{article.slug}/").content.decode()
    assert "Jane" not in page
    assert "<img" not in page
    assert "This picture was removed for legal reasons." in page
    assert "Where blood is made." in page  # the caption is a text of its own


def test_the_hash_of_a_picture_stays_and_history_verifies(face, django_capture_on_commit_callbacks):
    article = show(face)
    before = [parts_hash(one) for one in Edition.objects.values_list("content", flat=True)]
    gone(article, face, django_capture_on_commit_callbacks)
    (marrow,) = [one for one in Edition.objects.get().words().sections if one.figure]
    assert (marrow.figure, marrow.alt, marrow.credit) == (face.pk, "", "")
    assert [parts_hash(one) for one in Edition.objects.values_list("content", flat=True)] == before
    assert [str(problem) for problem in problems()] == []


def test_a_picture_goes_from_every_page_that_shows_or_showed_it(face, client, django_capture_on_commit_callbacks):
    article, other = show(face), show(face, "Another disease")
    third = library.without(show(face, "Third disease"))
    (found,) = redacting.pictures(article)
    assert found.others == ["Another disease", "Third disease"]
    gone(article, face, django_capture_on_commit_callbacks)
    assert library.ALT not in stored()
    assert "This picture was removed" in client.get(f"/{other.slug}/").content.decode()
    assert {one.article for one in TimelineEntry.objects.filter(what="redacted")} == {article, other, third}
    assert [str(problem) for problem in problems()] == []


def test_a_draft_loses_the_picture_and_says_so_before_it_is_published_again(face, django_capture_on_commit_callbacks):
    article = show(face)
    gone(article, face, django_capture_on_commit_callbacks)
    (marrow,) = [one for one in Article.objects.get().content().sections if one.form == "figure"]
    assert (marrow.figure, marrow.size, marrow.alt, marrow.credit) == ("", "", "", "")
    assert "missing_picture" in {one.rule for one in checking.check(Article.objects.get().content())}


def test_an_erased_picture_does_not_come_back(face, django_capture_on_commit_callbacks):
    article = show(face)
    gone(article, face, django_capture_on_commit_callbacks)
    with pytest.raises(figures.NoPicture, match="may not come back"):
        library.uploaded()
    article.refresh_from_db()
    edition = article.editions.get()
    drafting.bring_back(library.without(article), edition, by=cast.cast().wanda, at=cast.later(days=3), base_revision=3)
    assert not any(one.figure for one in Article.objects.get().content().sections)


def test_a_picture_that_was_exchanged_or_lost_is_noticed(face):
    show(face)
    master = Path(settings.MEDIA_ROOT) / store.FOLDER / f"{face.pk}.png"
    master.write_bytes(b"another")
    assert [str(one) for one in problems()] == [f"figure {face.pk[:12]}: is not the picture that was signed"]
    master.unlink()
    assert [str(one) for one in problems()] == [f"figure {face.pk[:12]}: has lost its file"]


def test_files_of_an_erased_picture_that_are_there_all_the_same_are_noticed_and_go(face):
    article = show(face)
    redacting.confirm(ask(article, [face.pk]), by=cast.cast().ada, at=cast.later(days=2))  # cut off before the files
    assert [str(one) for one in problems()] == [
        f"figure {face.pk[:12]}: was erased, and its file is there; run manage.py run_due --only figures"
    ]
    figures.forget_unused(at=cast.NOON)
    assert list(store.there()) == []
