"""A source that moved for good: one click mends the record, and each page gets an edition with nothing else in it."""

import pytest
from django.utils import timezone

from articles import publishing, readdressing
from articles.models import Article, Decision, Published, Reliance, TimelineEntry
from references.models import Source, SourceChange
from tests import cast
from tests.articles import sources
from tests.articles.sources import waiting

pytestmark = pytest.mark.django_db
NEW = "https://example.org/moved"


def fixed():
    """Paula has published a page, and Stan put the new address of its source into the library."""
    article = cast.published().article
    sources.moves(NEW)
    readdressing.use_new_address(sources.cited(), by=cast.cast().stan, at=timezone.now())
    return Article.objects.get(pk=article.pk)


def publish(article, by="paula"):
    return readdressing.publish_address(article, by=getattr(cast.cast(), by), at=timezone.now())


def test_it_works():
    article = fixed()
    source = sources.cited()
    assert (source.url, source.moved_to, str(source.accessed)) == (NEW, "", "2026-11-01")
    before = Published.objects.get()
    edition = publish(article)
    assert (edition.change_class, edition.review_id) == ("housekeeping", before.review_id)
    assert edition.words().sources[0].url == NEW
    assert (edition.digest, Published.objects.get().last_reviewed_on) == (article.digest, before.last_reviewed_on)


def test_news_of_a_move_waits_and_closes_when_the_page_prints_the_new_address():
    article = cast.published().article
    source = sources.moves(NEW)
    assert [kind for kind, _title in waiting()] == ["moved"]
    readdressing.use_new_address(source, by=cast.cast().stan, at=timezone.now())
    assert (waiting(), readdressing.waiting_pages().count()) == ([], 1)
    publish(article)
    assert not Reliance.objects.news().exists()


def test_who_mended_the_record_is_kept():
    fixed()
    [decision] = Decision.objects.all()
    assert (decision.by.username, decision.kind) == ("stan", "address")
    assert "https://example.org/what → https://example.org/moved" in TimelineEntry.objects.get(what="decided").detail
    assert SourceChange.objects.filter(kind="record").count() == 1


def test_other_changes_of_the_draft_are_not_brought_along():
    article = fixed()
    sources.institutional(article, "<p>We moved.</p>")
    with pytest.raises(readdressing.DraftDiffers):
        publish(article)
    assert article.editions.count() == 1


def test_who_mended_the_record_does_not_publish_alone():
    article = cast.published().article
    readdressing.use_new_address(sources.moves(NEW), by=cast.cast().paula, at=timezone.now())
    with pytest.raises(publishing.NotPublishable) as refused:
        publish(article)
    assert [one.code for one in refused.value.obstacles] == ["own-words"]


def test_a_page_that_waits_for_nothing_is_left_alone():
    with pytest.raises(readdressing.NothingToDo):
        publish(cast.published().article)


def test_an_address_that_the_library_has_already_is_refused():
    cast.published()
    Source.objects.create(title="The same", url=NEW)
    with pytest.raises(readdressing.AddressKnown):
        readdressing.use_new_address(sources.moves(NEW), by=cast.cast().stan, at=timezone.now())
    assert sources.cited().url == "https://example.org/what"


def test_a_source_that_did_not_move_is_refused():
    cast.published()
    with pytest.raises(readdressing.NotMoved):
        readdressing.use_new_address(sources.cited(), by=cast.cast().stan, at=timezone.now())
