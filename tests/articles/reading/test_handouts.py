"""A page as a PDF, as a visitor without an account meets it. Set by a quick stand-in."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import redacting
from articles.content import sha256
from articles.handouts import making, shelf
from articles.reading import printing
from tests import cast
from tests.articles.handouts.papers import QUICK
from tests.articles.reading.pages import ADDRESS, demo, move, read, withdraw
from tests.articles.reading.test_serving import FORBIDDEN, STANDING

pytestmark = pytest.mark.django_db
PDF, LARGE = f"{ADDRESS}handout.pdf", f"{ADDRESS}handout-large-print.pdf"
every_variant = pytest.mark.parametrize("address", [PDF, LARGE])


@pytest.fixture
def quickly(typesetter, tmp_path, settings, monkeypatch):
    settings.HANDOUTS_ROOT = tmp_path / "handouts"
    monkeypatch.setattr(making, "PROGRAM", QUICK)


def words(response):
    assert (response.status_code, response.content[:5]) == (200, b"%PDF-")
    return " ".join(response.content.decode().split())


# -- without the extra ---------------------------------------------------------------------------------------------


def test_without_the_extra_there_is_no_button_and_no_file(client):
    edition = cast.published()
    shown = read(client)
    assert "handout" not in shown
    assert "PDF" not in shown
    assert client.get(PDF).status_code == 404
    assert printing.make_new(at=cast.NOON) == printing.renew(at=cast.NOON) == "handouts are not installed"
    assert list(shelf.of(edition.article_id)) == []


# -- with it -------------------------------------------------------------------------------------------------------


@every_variant
@pytest.mark.usefixtures("quickly")
def test_it_works(client, address):
    cast.published()
    response = client.get(address)
    said = words(response)
    assert "The usual dose is 5 mg." in said
    assert "Rosa Example, MD" in said
    assert ("18pt" in said) is (address == LARGE)
    assert response["Content-Type"] == "application/pdf"
    ending = "-large-print" if address == LARGE else ""
    assert response["Content-Disposition"] == f'inline; filename="acute-example-disease-edition-1{ending}.pdf"'
    assert response["Link"] == f'<http://127.0.0.1:8000{ADDRESS}>; rel="canonical"'
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert not response.cookies


@pytest.mark.usefixtures("quickly")
def test_an_unchanged_file_is_not_sent_twice(client):
    cast.published()
    first = client.get(PDF)
    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    again = client.get(PDF, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (client.head(PDF)["ETag"], client.head(PDF).content) == (first["ETag"], b"")


@pytest.mark.usefixtures("quickly")
def test_the_page_offers_it_and_says_how_long_it_is_when_known(client):
    cast.published()
    shown = " ".join(read(client).split())
    assert f'<a href="{PDF}">Download PDF</a> </li>' in shown
    assert f'<a href="{LARGE}">Download PDF in large print</a>' in shown
    size = round(len(client.get(PDF).content) / 1000)
    assert f'<a href="{PDF}">Download PDF</a> ({size} KB, 3 pages)' in " ".join(read(client).split())


@pytest.mark.usefixtures("quickly")
def test_what_was_just_published_is_offered_without_writing_the_paper(client, monkeypatch):
    cast.published()
    monkeypatch.setattr(printing, "paper", None)
    assert "Download PDF in large print" in read(client)


@pytest.mark.usefixtures("quickly")
def test_an_old_edition_offers_none(client):
    cast.published()
    assert "handout" not in read(client, f"{ADDRESS}editions/1/")


@pytest.mark.usefixtures("quickly")
def test_readers_see_editions_only(client):
    edition = cast.published()
    before = client.get(PDF).content
    cast.edited(edition.article)
    assert client.get(PDF).content == before


@pytest.mark.usefixtures("quickly")
def test_a_new_edition_is_another_file(client):
    article = cast.published().article
    first = client.get(PDF)
    cast.published(cast.edited(article, at=cast.later(hours=1)), at=cast.later(days=1))
    second = client.get(PDF)
    assert "The usual dose is 6 mg." in words(second)
    assert "Check the page for changes since November 3, 2026." in words(second)
    assert first["ETag"] != second["ETag"]


@pytest.mark.usefixtures("quickly")
def test_a_source_that_was_retracted_is_said_on_paper_at_once(client):
    source = cast.published().article.citations.get().source
    assert "This source has been retracted." not in words(client.get(PDF))
    type(source).objects.filter(pk=source.pk).update(notice="retraction")
    assert "This source has been retracted." in words(client.get(PDF))


@pytest.mark.usefixtures("quickly")
def test_a_withdrawn_page_has_none_and_a_former_address_leads_on(client):
    article = cast.published().article
    client.get(PDF)
    move(article)
    assert client.get(LARGE).url == "/new-address/handout-large-print.pdf"
    withdraw(article)
    assert client.get("/new-address/handout.pdf").status_code == 410


@pytest.mark.usefixtures("quickly")
def test_what_was_erased_is_gone_from_the_shelf_at_once(client, django_capture_on_commit_callbacks):
    story = "<p>Jane Roe was treated here.</p>"
    edition = cast.published(cast.draft(cast.with_body(cast.words(), "treatment", story)))
    assert "Jane Roe" in words(client.get(PDF))
    ask = {"hashes": [sha256(story)], "reason": "A name.", "by": cast.cast().paula, "at": cast.NOON}
    asked = redacting.ask(edition.article, **ask)
    with django_capture_on_commit_callbacks(execute=True):
        redacting.confirm(asked, by=cast.cast().ada, at=cast.NOON)
    assert list(shelf.of(edition.article_id)) == []
    said = words(client.get(PDF))
    assert "Jane" not in said
    assert "This part was removed for legal reasons." in said


@pytest.mark.usefixtures("quickly")
def test_a_demonstration_says_so(client):
    demo()
    assert "reviewed by no clinician" in words(client.get("/demo-disease/handout.pdf"))


@pytest.mark.usefixtures("quickly")
def test_while_another_is_made_a_calm_page_says_when_to_come_back(client, monkeypatch):
    cast.published()

    def busy(*_job):
        raise making.Busy

    monkeypatch.setattr(making, "_typeset", busy)
    response = client.get(PDF)
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "30", "no-store")
    assert "The PDF is not ready yet" in response.content.decode()


@pytest.mark.usefixtures("quickly")
def test_what_can_not_be_set_has_no_button(client, caplog):
    article = cast.draft(cast.with_body(cast.words(), "treatment", "<p>Please complain.</p>"))
    cast.published(article)
    assert "There is no PDF of this page now" in read(client, PDF, status=503)
    shown = read(client)
    assert PDF not in shown
    assert LARGE in shown  # nobody has tried it yet


@pytest.mark.usefixtures("quickly")
def test_it_asks_for_no_draft_and_takes_no_more_questions_than_the_page(client):
    cast.published()
    with CaptureQueriesContext(connection) as asked:
        client.get(PDF)
    said = " ".join(query["sql"] for query in asked)
    assert len(asked) <= 4
    assert [table for table in FORBIDDEN if f'"{table}"' in said] == []
    assert set(re.findall(r'"references_source"\."(\w+)"', said)) <= STANDING


@pytest.mark.parametrize("name", ["handout", "handout.pdf/", "handout-small.pdf", "HANDOUT.pdf"])
@pytest.mark.usefixtures("quickly")
def test_there_are_two(client, name):
    cast.published()
    assert client.get(f"{ADDRESS}{name}").status_code == 404


# -- the timed work ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quickly")
def test_timed_work_makes_both_and_nothing_twice():
    edition = cast.published()
    assert printing.make_new(at=cast.NOON) == "2 handouts ready, 0 could not be set, 0 left for later"
    assert {one.edition for one in shelf.of(edition.article_id)} == {1}
    assert printing.make_new(at=cast.NOON) == "0 handouts ready, 0 could not be set, 0 left for later"


@pytest.mark.usefixtures("quickly")
def test_timed_work_has_an_end(monkeypatch):
    cast.published()
    monkeypatch.setattr(printing, "ALLOWANCE", -1.0)
    assert printing.make_new(at=cast.NOON) == "0 handouts ready, 0 could not be set, 2 left for later"


@pytest.mark.usefixtures("quickly")
def test_once_a_day_what_no_page_shows_is_deleted():
    article = cast.published().article
    gone = cast.published(cast.draft(cast.words("Another disease"))).article
    printing.make_new(at=cast.NOON)
    before = {one.key for one in shelf.of(article.pk)}
    cast.published(cast.edited(article, at=cast.later(hours=1)), at=cast.later(days=1))
    withdraw(gone)
    printing.renew(at=cast.later(days=1))
    kept = list(shelf.of(article.pk))
    assert len(kept) == 2
    assert not before & {one.key for one in kept}
    assert list(shelf.of(gone.pk)) == []
