"""The references of a page as files: of the open edition, in the order of their numbers."""

import pytest

from articles import drafting, importing
from references import writing
from references.reading import files
from references.reading.records import Record
from tests import cast
from tests.articles.reading.pages import ADDRESS, move, read, wanda, withdraw
from tests.house import ROOT

pytestmark = pytest.mark.django_db

every_format = pytest.mark.parametrize("extension", writing.FORMATS)
DEMO = ROOT / "demo" / "acute-lymphocytic-leukemia.txt"


def file(client, extension="ris", status=200):
    response = client.get(f"{ADDRESS}references.{extension}")
    assert response.status_code == status
    return response


def titles(response, extension="ris"):
    reading = files.read(response.content, "x")
    assert (reading.format, reading.problems) == (extension, ())
    return [found.record.title for found in reading.found]


@every_format
def test_it_works(client, extension):
    cast.published()
    response = file(client, extension)
    assert titles(response, extension) == ["What is example disease?"]
    assert response["Content-Type"] == f"{writing.FORMATS[extension].content_type}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="acute-example-disease-references.{extension}"'


@every_format
def test_the_page_links_to_every_file(client, extension):
    cast.published()
    assert f'href="{ADDRESS}references.{extension}"' in read(client)


def test_an_old_edition_does_not_offer_the_references_of_the_current_one(client):
    cast.published()
    assert "references.ris" not in read(client, f"{ADDRESS}editions/1/")


def test_an_unchanged_file_is_not_sent_twice(client):
    cast.published()
    etag = file(client)["ETag"]
    assert client.get(f"{ADDRESS}references.ris", headers={"If-None-Match": etag}).status_code == 304


def test_a_draft_changes_no_file(client):
    article = cast.published().article
    before = file(client).content
    source = article.citations.get().source
    source.title = "Vandalized"
    source.save()
    assert file(client).content == before


def test_a_withdrawn_page_has_no_file_and_a_former_address_leads_on(client):
    article = cast.published().article
    move(article)
    assert file(client, status=301).url == "/new-address/references.ris"
    withdraw(article)
    assert client.get("/new-address/references.ris").status_code == 410


def test_a_page_without_references_has_no_file(client):
    words = cast.words()
    bare = cast.with_body(words, "what-it-is", "<p>It begins in the marrow.</p>")
    cast.published(drafting.start(bare, by=wanda(), at=cast.NOON))
    file(client, status=404)
    assert "references.ris" not in read(client)


@pytest.mark.parametrize("extension", ["doc", "ris/", "RIS", "jso"])
def test_there_are_four_formats(client, extension):
    cast.published()
    file(client, extension, status=404)


# -- the sample page -----------------------------------------------------------------------------------------------


def sources_of(path):
    found = importing.read(path.read_bytes(), path.name, None, today=cast.NOON.date())
    return [Record.of(source) for source in found.content.sources]


@every_format
def test_eight_references_of_the_demonstration_come_back_unchanged(extension):
    known = sources_of(DEMO)
    assert len(known) == 8
    again = files.read(writing.write(known, extension).encode(), "x")
    assert [found.record for found in again.found] == known


@every_format
def test_eight_references_of_the_sample_page_come_back_unchanged(shared_data, extension):
    known = sources_of(shared_data / "seed" / "acute-lymphocytic-leukemia.txt")
    assert len(known) == 8
    again = files.read(writing.write(known, extension).encode(), "x")
    assert [found.record for found in again.found] == known
