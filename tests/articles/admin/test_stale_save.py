"""Two people at one article: nobody's words are lost."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def stale():
    """Edith has opened the form; then Wanda corrects the dose."""
    article = cast.draft()
    edith = desk.client("edith", "Editor")
    fields = desk.opened(edith, desk.change_url(article))
    cast.edited(article, "6 mg")
    return edith, desk.change_url(article), fields, article


def test_it_works(stale):
    edith, url, fields, article = stale
    answer = desk.send(edith, url, fields, title="Edith's title")
    article.refresh_from_db()
    assert article.title == "Acute example disease"
    assert "6 mg" in article.content().sections[1].body
    assert "Someone else saved this article (revision 2) after you opened it (revision 1)" in desk.errors(answer)[0]


def test_what_was_typed_stays_in_the_form_and_what_is_stored_stands_beside_it(stale):
    edith, url, fields, _article = stale
    answer = desk.send(edith, url, fields, title="Edith's title")
    assert desk.values(answer)["title"] == "Edith's title"
    assert desk.values(answer)["sections-1-body"] == "<p>The usual dose is 5 mg.</p>"
    page = " ".join(answer.content.decode().split())
    assert "added: </span>6<span" in page


def test_sending_the_same_form_again_is_refused_again(stale):
    edith, url, fields, _article = stale
    again = desk.values(desk.send(edith, url, fields, title="Edith's title"))
    assert "Someone else saved" in desk.errors(desk.send(edith, url, again))[0]


def test_a_person_who_has_seen_it_may_replace_it(stale):
    edith, url, fields, article = stale
    again = desk.values(desk.send(edith, url, fields, title="Edith's title"))
    assert desk.send(edith, url, again, over_revision="2").status_code == 302
    article.refresh_from_db()
    assert article.title == "Edith's title"
    assert article.revision == 3


def test_what_was_seen_counts_only_until_the_next_save(stale):
    edith, url, fields, article = stale
    again = desk.values(desk.send(edith, url, fields, title="Edith's title"))
    cast.edited(article, "7 mg")
    assert "revision 3" in desk.errors(desk.send(edith, url, again, over_revision="2"))[0]


def test_text_of_a_section_that_somebody_deleted_meanwhile_is_kept(stale):
    edith, url, fields, article = stale
    article.sections.get(anchor="what-it-is").delete()
    answer = desk.send(edith, url, fields, **desk.row(0, heading="My heading"), **desk.row(2, heading="Last"))
    kept = desk.values(answer)
    headings = [kept[f"sections-{number}-heading"] for number in range(3)]
    assert sorted(headings) == ["Last", "My heading", "Treatment"]
    assert desk.send(edith, url, kept, over_revision="2").status_code == 302
    assert [s.heading for s in article.sections.all()] == ["My heading", "Treatment", "Last"]


def test_a_form_without_its_revision_is_refused(stale):
    edith, url, fields, _article = stale
    assert "Someone else saved" in desk.errors(desk.send(edith, url, fields, base_revision=None))[0]


@pytest.mark.django_db(transaction=True)
def test_of_simultaneous_saves_exactly_one_is_accepted():
    article = cast.draft()
    browsers = [desk.client(name) for name in ("wanda", "edith", "emma", "erik")]
    fields = [desk.opened(browser, desk.change_url(article)) for browser in browsers]
    together = threading.Barrier(len(browsers))

    def save(number: int) -> int:
        together.wait()
        try:
            answer = desk.send(browsers[number], desk.change_url(article), fields[number], title=f"Title {number}")
            return answer.status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor() as pool:
        assert sorted(pool.map(save, range(len(browsers)))) == [200, 200, 200, 302]
    article.refresh_from_db()
    assert article.revision == 2
    assert article.content().digest == article.digest
