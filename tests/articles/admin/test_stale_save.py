"""Two people at one article: nobody's words are lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from django.db import connections

from articles import drafting
from articles.content import SectionContent
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


def compared(stale, **typed):
    """Edith's save was refused: what the answer holds, and the form in it."""
    edith, url, fields, article = stale
    answer = desk.send(edith, url, fields, **typed)
    return " ".join(answer.content.decode().split()), desk.values(answer), (edith, url, article)


def merged(form, place, **choices):
    edith, url, _article = place
    answer = desk.send(edith, url, {"_merge": "2", **form}, **choices)
    return " ".join(answer.content.decode().split()), desk.values(answer)


def test_only_parts_that_differ_are_shown_and_who_changed_them(stale):
    page, _form, _place = compared(stale, title="Edith's title")
    shown = page[page.index('class="meanwhile"') : page.index('class="state-panel"')]
    assert shown.count("only you changed this") == shown.count("only they changed this") == 1
    assert "What it is" not in shown
    assert "You changed no part that they changed too." in shown


def test_merging_saves_nothing_before_the_merged_text_was_read(stale):
    page, form, place = compared(stale, title="Edith's title")
    page, form = merged(form, place)
    assert "Both texts are merged in this form." in page
    assert (form["title"], form["sections-1-body"]) == ("Edith's title", "<p>The usual dose is 6 mg.</p>")
    article = place[2]
    article.refresh_from_db()
    assert (article.title, article.revision, form["base_revision"]) == ("Acute example disease", 2, "2")


def test_what_was_merged_is_saved_as_merged_by_who_merged(stale):
    _page, form, place = compared(stale, title="Edith's title")
    _page, form = merged(form, place)
    edith, url, article = place
    assert desk.send(edith, url, form).status_code == 302
    last = article.revisions.last()
    assert (last.number, last.how, last.by.username) == (3, "merge", "edith")
    assert "6 mg" in last.words().sections[1].body


@pytest.mark.parametrize(("choice", "doses"), [("mine", "7"), ("theirs", "6"), ("both", "67")])
def test_what_both_changed_is_chosen(stale, choice, doses):
    page, form, place = compared(stale, **desk.row(1, body="<p>The usual dose is 7 mg.</p>"))
    assert "you both changed this" in page
    _page, form = merged(form, place, **{"choice.section-treatment": choice})
    assert [dose for dose in "567" if f"{dose} mg" in form["sections-1-body"]] == list(doses)


def test_a_section_that_they_deleted_and_i_changed_comes_back_to_its_address(stale):
    article = stale[3]
    article.refresh_from_db()
    article.sections.get(anchor="treatment").delete()
    drafting.settle(article, by=cast.person("wanda"), at=cast.NOON)
    article.refresh_from_db()
    _page, form, place = compared(stale, **desk.row(1, body="<p>The usual dose is 7 mg.</p>"))
    _page, form = merged({**form, "_merge": "3"}, place)
    assert desk.send(place[0], place[1], form).status_code == 302
    kept = article.sections.get(anchor="treatment")
    assert kept.body == "<p>The usual dose is 7 mg.</p>"


def test_a_section_that_i_deleted_is_marked_and_one_that_they_added_stays(stale):
    article = stale[3]
    words = article.content()
    added = replace(words, sections=(*words.sections, SectionContent(anchor="", heading="New", body="<p>New.</p>")))
    drafting.revise(article, added, by=cast.person("wanda"), at=cast.NOON, base_revision=2)
    _page, form, place = compared(stale, **desk.row(0, DELETE="on"))
    _page, form = merged({**form, "_merge": "3"}, place)
    assert desk.send(place[0], place[1], form).status_code == 302
    assert [section.heading for section in article.sections.all()] == ["Treatment", "Our program", "New"]


def test_a_save_between_comparing_and_merging_is_compared_again(stale):
    _page, form, place = compared(stale, title="Edith's title")
    cast.edited(place[2], "8 mg")
    page, form = merged(form, place)
    assert "They saved once more while you chose." in page
    assert form["base_revision"] == "1"
    assert "8<span" in page


def test_a_claim_survives_a_merge(stale):
    article = stale[3]
    words = article.content()
    claimed = replace(words.sections[2], claim_owner="The board", claim_from="2026-01-31")
    changed = replace(words, sections=(*words.sections[:2], claimed))
    drafting.revise(article, changed, by=cast.person("wanda"), at=cast.NOON, base_revision=2)
    page, form, place = compared(stale, title="Edith's title")
    assert "Claim: The board answers for it; true since 2026-01-31" in page
    _page, form = merged({**form, "_merge": "3"}, place)
    assert desk.send(place[0], place[1], form).status_code == 302
    article.refresh_from_db()
    kept = article.content()
    assert (kept.title, kept.sections[2].claim_from) == ("Edith's title", "2026-01-31")


def test_words_that_are_no_longer_kept_are_compared_without_a_beginning(stale):
    article = stale[3]
    article.revisions.get(number=1).thin(at=cast.NOON)
    page, _form, _place = compared(stale, title="Edith's title")
    assert "The words that this form was opened on are no longer kept" in page
