"""What a page says to machines: valid, in step with what people read, and never an open door."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from articles import drafting, jsonld, page
from articles.content import CitedSource, Content, SectionContent
from articles.models import ConditionCode
from tests import cast
from tests.articles.reading.pages import ADDRESS, demo, read, wanda

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
HOUSE = jsonld.House(name="Example Hospital", url="https://example.org/", policy="https://example.org/policy/")
SIGNED = page.Signature(name="Rosa Example", credentials="MD", role="Chair", department="Blood", institution="Hospital")


def said(shown: str) -> dict:
    """The one block of a page."""
    (block,) = BLOCK.findall(shown)
    return json.loads(block)


def of(content: Content, **facts) -> dict:
    built = page.build(content, page.Facts(today=date(2026, 11, 2), **facts))
    return jsonld.of(built, url="https://example.org/x/", house=HOUSE)


@pytest.mark.pure
def test_it_works():
    facts = {"signature": SIGNED, "last_reviewed": date(2026, 11, 1), "first_published": date(2026, 11, 2)}
    found = of(cast.words(), **facts)
    assert (found["@context"], found["@type"]) == ("https://schema.org", "MedicalWebPage")
    assert (found["name"], found["url"], found["inLanguage"]) == (
        "Acute example disease",
        "https://example.org/x/",
        "en",
    )
    assert (found["lastReviewed"], found["datePublished"]) == ("2026-11-01", "2026-11-02")
    assert (found["publisher"]["@type"], found["publisher"]["name"]) == ("Organization", "Example Hospital")
    assert found["publishingPrinciples"] == "https://example.org/policy/"
    person = found["reviewedBy"]
    assert (person["@type"], person["name"], person["honorificSuffix"]) == ("Person", "Rosa Example", "MD")
    assert person["affiliation"]["department"]["name"] == "Blood"


@pytest.mark.pure
def test_what_is_not_known_is_not_said():
    found = of(Content(title="T"))
    assert {"lastReviewed", "dateModified", "datePublished", "reviewedBy", "citation"} & found.keys() == set()


@pytest.mark.pure
def test_a_demonstration_claims_no_review():
    found = of(cast.words(), signature=SIGNED, last_reviewed=date(2026, 11, 1), is_demo=True)
    assert {"lastReviewed", "reviewedBy"} & found.keys() == set()
    assert found["creativeWorkStatus"] == "Demonstration"


@pytest.mark.pure
def test_words_that_nobody_has_signed_yet_claim_no_review():
    found = of(cast.words(), signature=SIGNED, last_reviewed=date(2026, 10, 1), unreviewed_since=date(2026, 11, 1))
    assert {"lastReviewed", "reviewedBy"} & found.keys() == set()
    assert "not yet medically reviewed" in found["creativeWorkStatus"]


@pytest.mark.pure
def test_a_condition_has_its_other_names_and_codes():
    codes = (("icd-10-cm", "C91.0"), ("snomed-ct", "91857003"), ("mesh", "D1"), ("umls", "C0023449"))
    names = ("ALL", "Acute leukemia")
    about = of(cast.words(), condition="Acute leukemia", condition_names=names, condition_codes=codes)["about"]
    assert (about["name"], about["alternateName"]) == ("Acute leukemia", ["ALL"])
    assert [one["codingSystem"] for one in about["code"]] == ["ICD-10-CM", "SNOMED CT", "MeSH", "UMLS"]
    assert about["code"][0] == {"@type": "MedicalCode", "codeValue": "C91.0", "codingSystem": "ICD-10-CM"}
    assert "about" not in of(cast.words(), condition_names=names, condition_codes=codes)


def test_every_coding_system_has_its_own_name():
    assert {system: str(label) for system, label in ConditionCode.System.choices} == jsonld.SYSTEMS


@pytest.mark.pure
def test_a_reviewer_has_a_page_and_each_credential_by_itself():
    signed = replace(SIGNED, credentials="MD, FRCP (Edinburgh, UK)", slug="rosa")
    person = of(cast.words(), signature=signed, last_reviewed=date(2026, 11, 1))["reviewedBy"]
    assert (person["@id"], person["url"]) == ("https://example.org/reviewers/rosa/",) * 2
    assert [one["name"] for one in person["hasCredential"]] == ["MD", "FRCP (Edinburgh, UK)"]


@pytest.mark.pure
def test_corrections_and_the_number_of_the_edition_are_said():
    found = of(cast.words(), edition=3, corrections=(page.Correction(date(2026, 11, 2), "The dose."),))
    assert found["version"] == 3
    assert found["correction"] == [{"@type": "CorrectionComment", "datePublished": "2026-11-02", "text": "The dose."}]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ({"kind": "web"}, "WebPage"),
        ({"kind": "journal"}, "ScholarlyArticle"),
        ({"kind": "guideline"}, "Report"),
        ({"kind": "guideline", "container": "J Ex"}, "ScholarlyArticle"),
        ({"kind": "book"}, "Book"),
        ({"kind": "book", "container": "The whole"}, "Chapter"),
        ({"kind": "report"}, "Report"),
        ({"kind": "data"}, "Dataset"),
        ({"kind": "of later"}, "CreativeWork"),
    ],
)
def test_each_kind_has_its_type(source, kind):
    assert jsonld.cited(CitedSource(key="k", title="T", **source))["@type"] == kind


@pytest.mark.pure
def test_a_source_is_named_by_its_doi_else_its_address():
    work = CitedSource(key="k", kind="journal", authors=("Roe A", "et al"), title="T", container="J Ex",
                       published="2024-05", doi="10.1000/a<b>", url="https://example.org/t", pmid="1")  # fmt: skip
    found = jsonld.cited(work)
    assert (found["@id"], found["url"]) == ("https://doi.org/10.1000/a%3Cb%3E", "https://example.org/t")
    assert (found["datePublished"], found["identifier"]) == ("2024-05", "PMID:1")
    assert found["author"] == [{"@type": "Person", "name": "Roe A"}]
    assert found["isPartOf"] == {"@type": "Periodical", "name": "J Ex"}
    assert jsonld.cited(CitedSource(key="k", title="T", url="https://example.org/t"))["@id"] == "https://example.org/t"
    assert "@id" not in jsonld.cited(CitedSource(key="k", title="T", url="javascript:alert(1)"))


HOSTILE = st.text(alphabet=st.sampled_from("</script>!-[]\"'&\u2028\u2029\\ab\u00e9\U0001f600"), max_size=40)


@pytest.mark.pure
@given(HOSTILE | st.text(max_size=30))
def test_no_text_can_end_the_block_and_every_text_comes_back(text):
    written = jsonld.script({"name": text})
    inside = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028\u2029") & set(inside)
    assert json.loads(inside) == {"name": text}


@pytest.mark.django_db
def test_a_page_has_one_block_that_a_parser_reads_as_one(client):
    hostile = "T</script><script>alert(1)</script><!--"
    section = SectionContent(anchor="a", heading="H", body='<p>It.<cite data-source="s"></cite></p>')
    words = Content(title="Acute example disease", sections=(section,), sources=(CitedSource(key="s", title=hostile),))
    cast.published(drafting.start(words, by=wanda(), at=cast.NOON))
    scripts = html.fromstring(read(client)).xpath("//script[not(@src)]")
    assert [json.loads(one.text)["citation"][0]["name"] for one in scripts] == [hostile]


@pytest.mark.django_db
def test_its_dates_are_those_that_people_read(client):
    edition = cast.published()
    cast.published(cast.edited(edition.article, at=cast.later(days=3)), at=cast.later(days=3))
    shown = read(client)
    found = said(shown)
    times = dict(re.findall(r"<dt>(.*?)</dt>\s*<dd><time datetime=\"(.*?)\">", shown))
    assert (found["lastReviewed"], found["dateModified"]) == (times["Last reviewed"], times["Last updated"])
    assert date.fromisoformat(found["datePublished"]).strftime("first published on %B %-d, %Y") in " ".join(
        shown.split()
    )
    assert f"{found['reviewedBy']['name']}, {found['reviewedBy']['honorificSuffix']}" in shown


@pytest.mark.django_db
def test_old_editions_lists_and_demonstrations_claim_nothing(client):
    cast.published()
    demo()
    for address in (f"{ADDRESS}editions/1/", f"{ADDRESS}references/", f"{ADDRESS}history/"):
        assert not BLOCK.search(read(client, address))
    assert "lastReviewed" not in said(read(client, "/demo-disease/"))


@pytest.mark.django_db
def test_the_first_page_and_the_policy_say_who_we_are(client):
    site, policy = said(read(client, "/")), said(read(client, "/editorial-policy/"))
    assert (site["@type"], policy["@type"]) == ("WebSite", "WebPage")
    assert policy["isPartOf"] == {"@id": site["@id"]}
    assert site["publisher"]["publishingPrinciples"] == policy["url"]
    assert site["publisher"]["@id"] == policy["publisher"]["@id"]
