"""The feed of changes, as a feed reader finds it."""

import re
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from articles import publishing, recording
from articles.models import Published
from articles.reading import events, feeds
from tests import cast
from tests.articles.reading.pages import ADDRESS, demo, move, read, withdraw

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/feeds/updates.atom"
HERE = "http://127.0.0.1:8000"


def feed(client):
    root = etree.fromstring(client.get(FEED).content)
    check(root)
    return root


def text(node, name):
    (found,) = node.xpath(f"a:{name}/text()", namespaces=ATOM)
    return found


def link(node, rel):
    return "".join(node.xpath(f"a:link[@rel='{rel}']/@href", namespaces=ATOM))


def entries(client):
    return feed(client).xpath("a:entry", namespaces=ATOM)


def kinds(client):
    """The kinds of every event, newest first."""
    return [" ".join(entry.xpath("a:category/@term", namespaces=ATOM)) for entry in entries(client)]


def check(root):
    """What RFC 4287 asks of a feed (4.1.1) and of an entry (4.1.2)."""
    assert root.tag == f"{{{ATOM['a']}}}feed"
    assert len(root.xpath("a:author/a:name", namespaces=ATOM)) == 1
    assert link(root, "self") == f"{HERE}{FEED}"
    found = root.xpath("a:entry", namespaces=ATOM)
    for node in (root, *found):
        assert text(node, "title")
        assert re.match(r"https?://\S+$|tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:[\w/-]+$", text(node, "id"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)", text(node, "updated"))
        assert link(node, "alternate").startswith(HERE)
    ids, times = [text(entry, "id") for entry in found], [text(entry, "updated") for entry in found]
    assert len(ids) == len(set(ids))
    moments = [datetime.fromisoformat(time) for time in times]
    assert moments == sorted(moments, reverse=True)
    assert not times or times[0] == text(root, "updated")


def correct(article, note="The dose was wrong.", at=None):
    at = at or cast.later(days=2)
    cast.signed(cast.edited(article, at=at), at=at)
    return publishing.publish(article, by=cast.person("paula"), at=at, change_class="correction", change_note=note)


def test_it_works(client):
    article = cast.published().article
    correct(article)
    new, old = entries(client)
    assert text(new, "title") == "Correction: Acute example disease"
    assert html.fromstring(text(new, "summary")).text_content() == "The dose was wrong."
    assert (link(new, "alternate"), link(new, "related")) == (
        f"{HERE}{ADDRESS}",
        f"{HERE}{ADDRESS}editions/2/changes/1/",
    )
    assert text(new, "updated") == text(new, "published") == "2026-11-04T12:00:00-08:00"
    assert (text(old, "title"), link(old, "related")) == ("First publication: Acute example disease", "")
    assert client.get(FEED)["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert client.get(link(new, "related").removeprefix(HERE)).status_code == 200


def test_every_kind_of_change_has_its_name(client):
    article = cast.published().article
    cast.signed(article, at=cast.later(days=1))
    assert kinds(client) == ["reviewed", "first"]
    correct(article)
    withdraw_at(article, days=3)
    assert kinds(client) == ["withdrawn", "correction", "first"]


def withdraw_at(article, days):
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(days=days), reason="It was wrong.")


def test_a_review_that_changed_nothing_says_who_and_when(client):
    article = cast.published().article
    stan = cast.person("stan", "Records steward")
    on = cast.later(days=3).date()
    evidence = {"on": on, "evidence": "A letter."}
    recording.on_behalf(article, reviewer=cast.reviewer(), by=stan, at=cast.later(days=9), **evidence)
    entry = entries(client)[0]
    assert text(entry, "title") == "Reviewed, no change: Acute example disease"
    assert "by Rosa Example, MD on November 5, 2026" in text(entry, "summary")
    assert text(entry, "updated").startswith("2026-11-11")  # when we learned of it


def test_a_review_before_publication_is_no_event_of_its_own(client):
    cast.published()
    assert kinds(client) == ["first"]


def test_an_emergency_is_called_one(client):
    article, at = cast.published().article, cast.later(days=1)
    said = {"reason": "A recall.", "change_class": "correction", "change_note": "Do not take it."}
    cast.edited(article, at=at)
    publishing.publish_in_emergency(article, by=cast.person("paula"), at=at, **said)
    assert kinds(client) == ["correction emergency", "first"]
    assert "before a medical reviewer had read it" in text(entries(client)[0], "summary")


def test_a_name_is_for_ever(client):
    article = cast.published().article
    correct(article)
    before = [text(entry, "id") for entry in entries(client)]
    move(article)
    withdraw_at(article, days=3)
    withdrawn, *rest = entries(client)
    assert [text(entry, "id") for entry in rest] == before
    assert {link(entry, "alternate") for entry in rest} == {f"{HERE}/new-address/"}
    assert text(withdrawn, "id").endswith("/editions/2/withdrawn")


def test_drafts_and_demonstrations_are_no_news(client):
    cast.draft(cast.words("A draft"))
    withdraw(demo().article)
    assert kinds(client) == []


def test_hostile_notes_are_only_words(client):
    article = cast.published().article
    correct(article, "<script>alert(1)</script> & a sign\x0b\ufffe that XML has no way to write")
    summary = text(entries(client)[0], "summary")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; a sign" in summary
    assert "<script" not in summary


@given(st.text(max_size=30), st.text(alphabet=st.characters(), max_size=80))
def test_no_text_breaks_it(title, note):
    made = feeds.Feed(title="T", link=HERE, description="", feed_guid=HERE)
    row = Published(slug="x", title=title)
    feeds._add(made, events.Event(at=cast.NOON, key="k", row=row, kinds=(("wording", "Wording"),), note=note))
    (entry,) = etree.fromstring(made.writeString("utf-8").encode()).xpath("a:entry", namespaces=ATOM)
    said = html.fragment_fromstring(text(entry, "summary") or "<p></p>", create_parent="div").text_content()
    assert re.sub(r"\W", "", said) == re.sub(r"\W", "", note)
    assert text(entry, "title").startswith("Wording: ")


def test_it_ends_after_the_newest_events(client, monkeypatch):
    monkeypatch.setattr("articles.reading.feeds.SHOWN", 2)
    article = cast.published().article
    correct(article)
    withdraw_at(article, days=3)
    assert kinds(client) == ["withdrawn", "correction"]


def test_it_is_not_sent_twice(client):
    for make in (lambda: None, cast.published):
        make()
        first = client.get(FEED)
        assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_every_page_leads_to_it(client):
    withdraw(cast.published().article)
    says = f'type="application/atom+xml" title="Changes to our pages" href="{FEED}"'
    for address, status in {"/": 200, ADDRESS: 410, "/nothing/": 404, f"{ADDRESS}history/": 200}.items():
        assert says in read(client, address, status)


@pytest.mark.parametrize("many", [1, 4])
def test_it_takes_as_many_questions_for_many_events_as_for_one(client, django_assert_num_queries, many):
    for number in range(many):
        article = cast.published(cast.draft(cast.words(f"Disease {number}"))).article
        cast.signed(article, at=cast.NOON + timedelta(hours=1))
    with django_assert_num_queries(4):
        client.get(FEED)
