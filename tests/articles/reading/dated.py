"""Every date that one page shows or tells, from everywhere that it does."""

import json
import re
from dataclasses import dataclass

from lxml import etree, html

from articles.models import Published

SITE = "http://127.0.0.1:8000"
NAMES = {"a": "http://www.w3.org/2005/Atom", "s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
WORDS = {"first", "correction", "evidence", "wording"}  # kinds of change of the medical words


@dataclass(frozen=True, kw_only=True)
class Told:
    """Days as YYYY-MM-DD, "" where nothing is said. `events` are of the feed: a kind and a day, newest first."""

    status: int
    shown: dict[str, str]  # by what the page calls it
    data: dict
    graph: dict[str, str]
    listed: str | None  # None: not in the sitemap
    events: tuple[tuple[str, str], ...]


def told(client, slug):
    """What readers and machines are told of the page at this address today."""
    answer = client.get(f"/{slug}/")
    page = html.fromstring(answer.content or b"<p></p>")  # a redirect has no words
    blocks = page.xpath("//script[@type='application/ld+json']/text()")
    properties = {one.get("property"): one.get("content") for one in page.xpath("//meta[@property]")}
    return Told(
        status=answer.status_code,
        shown=_shown(page),
        data=json.loads(blocks[0]) if blocks else {},
        graph={name.partition(":")[2]: said for name, said in properties.items() if name.startswith("article:")},
        listed=_listed(client, slug),
        events=_events(client, slug),
    )


def _shown(page):
    shown = {row.findtext("dt").strip(): row.find("dd/time").get("datetime") for row in page.xpath("//dl/div[dd/time]")}
    for row in page.xpath("//dl/div[dd/time]"):
        assert _day(row.find("dd/time").text) == row.find("dd/time").get("datetime")
    words = " ".join(page.text_content().split())
    for name, said in {
        "First published": r"first published on (\w+ \d+, \d+)",
        "Changed in an emergency": r"(?:Changed|Published) on (\w+ \d+, \d+) in an emergency",
        "Withdrawn": r"We took down “.*?” on (\w+ \d+, \d+)",
    }.items():
        if found := re.search(said, words):
            shown[name] = _day(found[1])
    return shown


def _day(printed):
    month, day, year = re.fullmatch(r"(\w+) (\d+), (\d+)", printed).groups()
    months = "January February March April May June July August September October November December".split()
    return f"{year}-{months.index(month) + 1:02}-{int(day):02}"


def _listed(client, slug):
    root = etree.fromstring(client.get("/sitemap.xml").content)
    here = root.xpath(f"s:url[s:loc='{SITE}/{slug}/']", namespaces=NAMES)
    return here[0].findtext("s:lastmod", namespaces=NAMES) if here else None


def _events(client, slug):
    root = etree.fromstring(client.get("/feeds/updates.atom").content)
    here = root.xpath(f"a:entry[a:link[@rel='alternate'][@href='{SITE}/{slug}/']]", namespaces=NAMES)
    return tuple(
        (one.find("a:category", NAMES).get("term"), one.findtext("a:updated", namespaces=NAMES)[:10]) for one in here
    )


def check(client, slug, *, today):
    """Whether all of them agree. Returns what was told."""
    said, row = told(client, slug), Published.objects.get(slug=slug)
    if row.edition is None:
        assert said.status == (410 if row.withdrawn_on else 301)
        assert (said.data, said.graph, said.listed) == ({}, {}, None)
        assert not row.withdrawn_on or said.events[0] == ("withdrawn", said.shown["Withdrawn"])
        return said
    _check_updated(said, row)
    _check_reviewed(said, row)
    days = [*said.shown.values(), *said.graph.values(), *(day for _kind, day in said.events)]
    assert all(day <= today.isoformat() for day in days if day != said.shown.get("Next review due"))
    return said


def _check_updated(said, row):
    shown = said.shown
    assert said.status == 200
    assert shown["Last updated"] == said.data["dateModified"] == said.graph["modified_time"] == said.listed
    assert shown["First published"] == said.data["datePublished"] == said.graph["published_time"]
    assert ("first", shown["First published"]) == said.events[-1]
    changed = [day for kind, day in said.events if kind in WORDS]
    if "withdrawn" not in dict(said.events):  # the same words may come back
        assert shown["Last updated"] == changed[0]
    assert shown["Last updated"] in changed
    assert said.data["version"] == row.edition.number


def _check_reviewed(said, row):
    if row.unreviewed_since:
        assert {"lastReviewed", "reviewedBy"} & said.data.keys() == set()
        # A first edition can be one of an emergency, too.
        assert said.shown["Changed in an emergency"] in {day for kind, day in said.events if kind in WORDS}
    else:
        assert said.shown["Last reviewed"] == said.data["lastReviewed"] == row.last_reviewed_on.isoformat()
        assert said.data["reviewedBy"]["name"] == row.review.signed_name
