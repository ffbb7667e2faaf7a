"""Merging two sources: what moves, which signatures hold, and the way back."""

from dataclasses import replace

import pytest

from articles import drafting, library, page, publishing, reliances, roles, standings
from articles.content import CitedSource
from articles.models import Citation, Reliance, cited_source
from references import merging, retracting
from references.models import Merge, Source, SourceChange
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cited():
    """An article cites it."""
    cast.draft()
    return Source.objects.get()


@pytest.fixture
def twin(cited):
    """The same work by all that is signed, with a DOI and another address."""
    return Source.objects.create(
        organization=cited.organization,
        title=cited.title,
        published="2024-01",
        url="https://example.org/other",
        doi="10.1000/what",
        volume="4",
    )


def merge(keep, gone, **more):
    return library.merge(keep, gone, by=cast.person("edith", roles.EDITOR), at=cast.NOON, **more)


def undo(row):
    return library.undo(row, by=cast.person("edith", roles.EDITOR), at=cast.later(days=1))


def article_of(source):
    return Citation.objects.filter(source=source).first().article


def test_it_works(cited, twin):
    merge(twin, cited)
    citation = Citation.objects.get()
    assert (citation.source, citation.key) == (twin, cited.key)
    assert list(Source.objects.unmerged()) == [twin]
    assert Source.objects.by_key([cited.key]) == {cited.key: twin}


def test_a_signature_holds_where_the_records_read_the_same(cited, twin):
    review = cast.signed(article_of(cited))
    merge(twin, cited)
    article = review.article
    assert article.content().digest == review.digest
    assert article.content().sources[0].doi == twin.doi
    drafting.settle(article, by=cast.person("wanda", roles.WRITER), at=cast.NOON)
    article.refresh_from_db()
    assert article.digest == review.digest
    assert publishing.obstacles(article, by=cast.cast().paula, at=cast.NOON) == ()
    assert not article.reviews.open().exists()


def test_where_they_differ_the_articles_and_requests_are_named_beforehand(cited, twin):
    asked = cast.requested(article_of(cited))
    assert not library.touched(twin, cited).changing
    Source.objects.filter(pk=twin.pk).update(title="What is another disease?")
    twin.refresh_from_db()
    found = library.touched(twin, cited)
    assert (list(found.moving), list(found.changing), list(found.reviews)) == (
        [asked.article],
        [asked.article],
        [asked],
    )
    merge(twin, cited)
    assert asked.article.content().digest != asked.digest


def test_what_is_filled_in_may_change_what_was_signed(cited, twin):
    Source.objects.filter(pk=twin.pk).update(container="Examples")
    twin.refresh_from_db()
    assert library.touched(cited, twin).changing.count() == 1
    assert not library.touched(cited, twin, fill=["volume"]).changing


def test_an_article_that_cites_both_prints_one_reference(cited, twin):
    article = article_of(cited)
    body = f'<p>One.<cite data-source="{cited.key}"></cite></p><p>Two.<cite data-source="{twin.key}"></cite></p>'
    words = cast.with_body(article.content(), "treatment", body)
    drafting.revise(article, words, by=cast.person("wanda"), at=cast.NOON, base_revision=article.revision)
    merge(twin, cited)
    shown = page.build(article.content(), page.Facts(today=cast.NOON.date()))
    assert [(one.number, len(one.uses)) for one in shown.references] == [(1, 3)]


def test_an_edition_stays_as_it_is(cited, twin):
    edition = cast.published(article_of(cited))
    before = edition.content
    merge(twin, cited)
    edition.refresh_from_db()
    assert edition.content == before
    assert edition.words().sources[0].url == cited.url


def test_what_open_editions_lean_on_follows_and_comes_back(cited, twin):
    article = cast.published(article_of(cited)).article
    row = merge(twin, cited)
    assert [one.source for one in Reliance.objects.all()] == [twin]
    assert not reliances.drifted(article)
    undo(row)
    assert [one.source for one in Reliance.objects.all()] == [cited]
    assert not reliances.drifted(article)


def test_empty_fields_are_filled_and_emptied_again(cited, twin):
    row = merge(cited, twin, fill=["volume"])
    cited.refresh_from_db()
    assert (cited.volume, cited.doi, cited.published) == ("4", twin.doi, "2024-01-17")
    assert undo(row).left == ()
    cited.refresh_from_db()
    assert (cited.volume, cited.doi) == ("", "")
    assert Source.objects.unmerged().count() == 2


def test_a_field_that_somebody_edited_since_stays(cited, twin):
    row = merge(cited, twin)
    cited.refresh_from_db()
    cited.volume = "5"
    cited.save()
    assert undo(row).left == ("volume",)
    cited.refresh_from_db()
    assert (cited.volume, cited.doi) == ("5", "")


def test_undoing_takes_each_citation_back_by_its_key(cited, twin):
    other = cast.draft(replace(cast.words("Other disease"), sources=(cited_source(twin, "ref-1"),)))
    row = merge(twin, cited)
    mine = Citation.objects.exclude(article=other).get()
    undo(row)
    mine.refresh_from_db()
    assert mine.source == cited
    assert set(other.citations.values_list("source", flat=True)) == {twin.pk}


@pytest.mark.parametrize("listed", [("gone",), ("keep", "gone"), ("keep",)])
def test_lists_of_uncited_sources_follow_and_come_back(cited, twin, listed):
    third = Source.objects.create(title="Another work")
    article, records = article_of(cited), {"keep": twin, "gone": third}
    article.uncited.set(records[name] for name in listed)
    row = merge(twin, third)
    assert list(article.uncited.all()) == [twin]
    undo(row)
    assert set(article.uncited.all()) == {records[name] for name in listed}


def test_a_source_that_is_cited_now_is_no_longer_listed_as_uncited(cited, twin):
    article = article_of(cited)
    article.uncited.add(twin)
    row = merge(twin, cited)
    assert not article.uncited.exists()
    undo(row)
    assert list(article.uncited.all()) == [twin]


def test_a_list_that_somebody_changed_since_stays(cited):
    keep, gone = (Source.objects.create(title=title) for title in ("Facts", "More facts"))
    article = article_of(cited)
    article.uncited.add(gone)
    row = merge(keep, gone)
    article.uncited.clear()
    undo(row)
    assert not article.uncited.exists()


def test_two_dois_have_to_be_confirmed(cited, twin):
    Source.objects.filter(pk=cited.pk).update(doi="10.1000/other")
    with pytest.raises(library.CanNotMerge, match="different identifiers"):
        merge(twin, cited)
    merge(twin, cited, confirmed=True)
    assert Merge.objects.get().gone == cited


def test_a_merge_of_a_merge_leads_to_the_last_and_is_undone_from_the_end(cited, twin):
    third = Source.objects.create(title="A third record")
    first, second = merge(twin, cited), merge(third, twin)
    assert Source.objects.by_key([cited.key, twin.key]) == {cited.key: third, twin.key: third}
    assert Citation.objects.get().source == third
    with pytest.raises(library.CanNotMerge, match="Undo that first"):
        undo(first)
    undo(second)
    assert (Citation.objects.get().source, Source.objects.by_key([cited.key])[cited.key]) == (twin, twin)
    undo(first)
    assert Citation.objects.get().source == cited


def refusal(keep, gone):
    with pytest.raises(library.CanNotMerge) as no:
        merge(keep, gone)
    return str(no.value)


def test_what_is_no_pair_is_refused(cited, twin):
    third = Source.objects.create(title="A third record", superseded_by=twin)
    assert "one record" in refusal(twin, twin)
    assert "taken the other's place" in refusal(twin, third)
    row = merge(twin, cited)
    assert "already" in refusal(third, cited)
    assert "already" in refusal(cited, third)
    assert "taken the other's place" in refusal(twin, Source.objects.create(title="Old", superseded_by=cited))
    undo(row)
    with pytest.raises(library.CanNotMerge, match="undone already"):
        undo(row)


def test_a_retraction_can_not_be_merged_away(cited, twin):
    Source.objects.filter(pk=cited.pk).update(notice="retraction", doi="10.1000/other")
    with pytest.raises(library.CanNotMerge, match="retracted"):
        merge(twin, cited, confirmed=True)


def test_an_identifier_comes_along_always_and_a_retraction_with_it(cited, twin):
    merge(cited, twin, fill=[])
    cited.refresh_from_db()
    assert (cited.doi, cited.volume) == (twin.doi, "")


def test_a_record_that_took_the_twin_s_identifier_since_stands_in_the_way(cited, twin):
    row = merge(cited, twin)
    Source.objects.create(title="Late", url=twin.url)
    with pytest.raises(library.CanNotMerge, match="Late"):
        undo(row)


def test_it_is_news_and_the_deed_is_kept(cited, twin):
    row = merge(twin, cited)
    undo(row)
    kinds = SourceChange.objects.filter(source=cited).order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["merged", "parted"]
    row.refresh_from_db()
    assert (row.by.username, row.undone_by.username) == ("edith", "edith")
    assert merging.aliases(twin) == []


def test_the_writer_of_a_mark_with_an_old_key_leans_on_the_record_that_stands(cited, twin):
    merge(twin, cited)
    other = cast.draft(replace(cast.words("Other disease"), sources=()))
    body = f'<p>One.<cite data-source="{cited.key}"></cite></p>'
    words = cast.with_body(other.content(), "treatment", body)
    drafting.revise(other, words, by=cast.person("wanda"), at=cast.NOON, base_revision=other.revision)
    assert list(other.citations.values_list("source", "key")) == [(twin.pk, cited.key)]


def test_an_old_identifier_finds_the_record_that_stands(cited, twin):
    merge(twin, cited)
    again = cast.draft(
        replace(cast.words("Other disease"), sources=(CitedSource(key="ref-1", title="x", url=cited.url),))
    )
    assert again.citations.get().source == twin


def test_a_retraction_of_the_record_that_stands_reaches_the_pages_that_know_it_by_an_old_key(cited, twin):
    article = article_of(cited)
    merge(twin, cited)
    Source.objects.filter(pk=twin.pk).update(notice="retraction")
    found = publishing.obstacles(article, by=cast.cast().paula, at=cast.NOON)
    assert ("retracted", f"source/{cited.key}") in [(one.code, one.where) for one in found]


# -- retractions follow the work -----------------------------------------------------------------------------------


def retract(doi, nature="Retraction"):
    retracting.load(["doi,notice_doi,nature\n", f"{doi},10.1000/notice,{nature}\n"])


def test_a_retraction_of_the_doi_that_went_reaches_page_reader_and_publisher(cited, twin):
    """Two DOIs of one work: the list may name either."""
    edition = cast.published(article_of(cited))
    Source.objects.filter(pk=cited.pk).update(doi="10.1000/first")
    row = merge(twin, cited, confirmed=True)
    retract("10.1000/FIRST")
    assert Reliance.objects.waiting().values_list("kind", "source__key").get() == ("retracted", twin.key)
    shown = standings.of([cited.key, twin.key])
    assert {one.notice_doi for one in shown.values()} == {"10.1000/notice"}
    assert shown.keys() == {cited.key, twin.key}
    obstacles = publishing.obstacles(edition.article, by=cast.cast().paula, at=cast.NOON)
    assert "retracted" in [one.code for one in obstacles]
    undo(row)
    assert list(standings.of([cited.key, twin.key])) == [cited.key]
    assert Reliance.objects.waiting().values_list("kind", "source__key").get() == ("retracted", cited.key)


def test_a_doubt_about_the_record_that_goes_comes_along(cited, twin):
    cast.published(article_of(cited))
    Source.objects.filter(pk=cited.pk).update(doi="10.1000/first")
    retract("10.1000/first", "Expression of concern")
    merge(twin, cited, confirmed=True)
    assert Source.objects.get(pk=twin.pk).notice == "concern"
    assert [row.kind for row in Reliance.objects.waiting()] == ["concern"]
