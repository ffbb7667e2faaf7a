"""Making and changing the working text."""

import pytest

from articles import drafting, roles
from articles.content import Content, SectionContent
from articles.models import Article, Manuscript, Message, Revision, TimelineEntry
from references.models import Source
from tests import cast

pytestmark = pytest.mark.django_db


def test_start_makes_a_draft_with_its_sources_filed():
    article = cast.draft()
    source = Source.objects.get()
    assert article.slug == "acute-example-disease"
    assert [c.source for c in article.citations.all()] == [source]
    assert article.content().sources[0].key == source.key
    assert article.digest == article.content().digest


def test_start_records_the_writer_and_one_timeline_entry():
    article = cast.draft()
    revision = Revision.objects.get(article=article)
    assert (revision.number, revision.by.username) == (1, "wanda")
    assert [e.what for e in article.timeline.all()] == [TimelineEntry.What.STARTED]


def test_a_reader_may_not_start():
    with pytest.raises(roles.NotAllowed):
        drafting.start(cast.words(), by=cast.person("sam"), at=cast.NOON)
    assert not Article.objects.exists()


def test_the_same_source_is_one_record_for_two_articles():
    cast.draft()
    cast.draft(cast.words("Another disease"))
    assert Source.objects.count() == 1


def test_the_same_file_is_started_once():
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="0" * 64)
    first = drafting.start(cast.words(), by=cast.person("wanda", roles.WRITER), at=cast.NOON, manuscript=facts)
    with pytest.raises(drafting.AlreadyStarted) as refusal:
        drafting.start(cast.words(), by=cast.person("wanda"), at=cast.NOON, manuscript=facts)
    assert refusal.value.article == first
    assert Manuscript.objects.get().digest == first.digest


def test_titles_that_collide_get_addresses_of_their_own():
    cast.draft()
    assert cast.draft().slug == "acute-example-disease-2"


def test_a_title_that_is_a_reserved_address_gets_another():
    assert cast.draft(cast.words("Search")).slug == "search-2"


def test_revise_keeps_every_state_with_its_writer():
    article = cast.edited(cast.draft(), "6 mg", by="edith")
    numbers = [(r.number, r.by.username) for r in article.revisions.all()]
    assert numbers == [(1, "wanda"), (2, "edith")]
    assert "5 mg" in article.revisions.get(number=1).words().sections[1].body


def test_revise_from_an_old_revision_is_refused_and_changes_nothing():
    article = cast.draft()
    cast.edited(article)
    with pytest.raises(drafting.StaleRevision):
        drafting.revise(article, cast.words(), by=cast.person("wanda"), at=cast.NOON, base_revision=1)
    article.refresh_from_db()
    assert "6 mg" in article.content().sections[1].body


def test_saving_the_same_words_makes_no_revision():
    article = cast.draft()
    drafting.revise(article, article.content(), by=cast.person("wanda"), at=cast.NOON, base_revision=1)
    assert article.revisions.count() == 1


def test_anchors_stay_when_headings_change_and_differ_when_they_repeat():
    article = cast.draft(
        Content(title="T", sections=tuple(SectionContent(anchor="", heading="Tests", body="<p>x</p>") for _ in "ab"))
    )
    first, second = article.sections.all()
    assert (first.anchor, second.anchor) == ("tests", "tests-2")
    first.heading = "How it is found"
    first.save()
    drafting.settle(article, by=cast.person("wanda"), at=cast.NOON)
    assert article.sections.first().anchor == "tests"


def test_a_quote_is_kept_with_its_citation_and_signed_with_the_words():
    article = cast.draft()
    body = article.sections.first().body.replace("<cite", '<cite data-quote="It begins there."')
    before = article.digest
    quoted = cast.with_body(article.content(), "what-it-is", body)
    article = drafting.revise(article, quoted, by=cast.person("wanda"), at=cast.NOON, base_revision=1)
    assert article.citations.get().quote == "It begins there."
    assert article.digest != before


def test_a_source_whose_last_mark_goes_is_kept_as_uncited():
    article = cast.draft()
    plain = cast.with_body(article.content(), "what-it-is", "<p>It begins in the marrow.</p>")
    article = drafting.revise(article, plain, by=cast.person("wanda"), at=cast.NOON, base_revision=1)
    assert not article.citations.exists()
    assert article.uncited.get().title == "What is example disease?"


def test_changed_medical_words_close_the_open_request_and_tell_the_reviewer():
    review = cast.requested()
    cast.edited(review.article)
    review.refresh_from_db()
    assert review.answer == "superseded"
    told = Message.objects.get(kind=Message.Kind.DIGEST)
    assert (told.person.username, told.subject) == ("rosa", "No need to review “Acute example disease” now")


def test_changed_institutional_words_leave_the_request_open():
    review = cast.requested()
    changed = cast.with_body(review.article.content(), "our-program", "<p>We are still here.</p>")
    drafting.revise(review.article, changed, by=cast.person("wanda"), at=cast.NOON, base_revision=1)
    review.refresh_from_db()
    assert review.answer == ""
