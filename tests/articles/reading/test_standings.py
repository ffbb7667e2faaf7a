"""Readers see how a cited source stands today; the edition, its bytes and its digest stay as they were."""

import pytest

from articles import library, roles, standings
from articles.models import Edition, Reliance
from references import retracting
from references.models import Source
from tests import cast
from tests.articles import sources
from tests.articles.reading.pages import ADDRESS, read

pytestmark = pytest.mark.django_db
COPY = "https://web.archive.org/web/20240117120000/https://example.org/what"


def said(client, address=ADDRESS):
    return " ".join(read(client, address).split())


def test_it_works(client):
    cast.published()
    before = Edition.objects.values().get()
    sources.retracted()
    shown = said(client)
    assert "This source has been retracted." in shown
    assert '<a href="https://doi.org/10.1000/notice">Read the notice</a>' in shown
    assert "Example Society. What is example disease?" in shown
    assert Edition.objects.values().get() == before


@pytest.mark.parametrize(
    ("nature", "words"),
    [
        ("Expression of concern", "The publisher of this source has expressed concern about it."),
        ("Correction", "This source has been corrected since by its publisher."),
    ],
)
def test_a_doubt_and_a_correction_have_calm_words_of_their_own(client, nature, words):
    cast.published()
    sources.retracted(nature=nature, notice="")
    shown = said(client)
    assert words in shown
    assert "retracted" not in shown
    assert "Read the notice" not in shown


def test_an_old_edition_says_it_too(client):
    cast.published()
    sources.retracted()
    assert "This source has been retracted." in said(client, f"{ADDRESS}editions/1/")
    assert "retracted" not in said(client, f"{ADDRESS}history/")


def test_a_copy_is_offered_while_the_original_is_out_of_reach(client):
    cast.published()
    sources.changes(archived=COPY)
    assert "Archived copy" not in said(client)
    source = sources.dies()
    assert f'<a href="{COPY}">Archived copy</a>' in said(client)
    assert "https://example.org/what" in said(client)
    sources.comes_back(source)
    assert "Archived copy" not in said(client)


def test_files_of_references_keep_the_original(client):
    cast.published()
    sources.changes(archived=COPY)
    sources.dies()
    kept = read(client, f"{ADDRESS}references.ris")
    assert "https://example.org/what" in kept
    assert "archive.org" not in kept


def test_an_archived_copy_is_no_news(client):
    cast.published()
    sources.changes(archived=COPY)
    assert not Reliance.objects.news().exists()


def test_a_record_that_was_merged_stands_as_the_one_that_it_is_part_of(client):
    cast.published()
    cited = sources.cited()
    keep = Source.objects.create(title=cited.title, organization=cited.organization, published=cited.published)
    library.merge(keep, cited, by=cast.person("edith", roles.EDITOR), at=cast.NOON)
    Source.objects.filter(pk=keep.pk).update(doi=sources.DOI)
    retracting.load(["doi,notice_doi,nature\n", f"{sources.DOI},10.1000/notice,Retraction\n"])
    assert "This source has been retracted." in said(client)


def test_it_asks_for_notices_only_where_there_is_one(django_assert_num_queries):
    cast.published()
    key = sources.cited().key
    with django_assert_num_queries(1):
        assert standings.of([key]) == {}
    Source.objects.filter(key=key).update(doi=sources.DOI)
    retracting.load(["doi,notice_doi,nature\n", f"{sources.DOI},10.1000/notice,Retraction\n"])
    with django_assert_num_queries(2):
        assert standings.of([key])[key].notice_doi == "10.1000/notice"
