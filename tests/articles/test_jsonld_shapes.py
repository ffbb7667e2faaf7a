"""Types and properties against schema.org: which type may have which property, and what the property may hold.

Written down from the vocabulary (standards §3.8), for what we use and nothing else.
"""

import re
from dataclasses import replace
from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest

from articles import jsonld, page
from articles.content import CitedSource
from tests import cast

pytestmark = pytest.mark.pure

PARENTS = {
    **dict.fromkeys(("CreativeWork", "Person", "Organization", "MedicalEntity", "Intangible"), "Thing"),
    **dict.fromkeys(("WebPage", "WebSite", "Article", "Book", "Chapter", "Dataset", "Comment"), "CreativeWork"),
    **dict.fromkeys(("MediaObject", "CreativeWorkSeries", "DataCatalog"), "CreativeWork"),
    **dict.fromkeys(("ScholarlyArticle", "Report"), "Article"),
    **dict.fromkeys(("MedicalWebPage", "ProfilePage"), "WebPage"),
    "EducationalOccupationalCredential": "CreativeWork",
    "Periodical": "CreativeWorkSeries",
    "ImageObject": "MediaObject",
    "CorrectionComment": "Comment",
    "MedicalCondition": "MedicalEntity",
    "MedicalIntangible": "MedicalEntity",
    "PropertyValue": "Intangible",
    "CategoryCode": "Intangible",
    "MedicalCode": "CategoryCode MedicalIntangible",
    "Audience": "Intangible",
    "MedicalAudience": "Audience",
    "Patient": "MedicalAudience Person",
}
WORK = "CreativeWork"
# Property: the types that have it, and what it holds.
PROPERTIES = {
    **dict.fromkeys(("name", "description", "alternateName"), ("Thing", "Text")),
    **dict.fromkeys(("url", "sameAs"), ("Thing", "URL")),
    "identifier": ("Thing", "Text PropertyValue URL"),
    **dict.fromkeys(("datePublished", "dateModified"), (WORK, "Date")),
    **dict.fromkeys(("inLanguage", "creativeWorkStatus", "text"), (WORK, "Text")),
    "isAccessibleForFree": (WORK, "Boolean"),
    "version": (WORK, "Number Text"),
    "author": (WORK, "Person Organization"),
    "publisher": (WORK, "Person Organization"),
    "citation": (WORK, "CreativeWork Text"),
    "correction": (WORK, "CorrectionComment Text URL"),
    "isPartOf": (WORK, "CreativeWork URL"),
    "about": (WORK, "Thing"),
    "mainEntity": (WORK, "Thing"),
    "publishingPrinciples": ("CreativeWork Organization Person", "CreativeWork URL"),
    "lastReviewed": ("WebPage", "Date"),
    "reviewedBy": ("WebPage", "Person Organization"),
    "medicalAudience": ("MedicalWebPage", "MedicalAudience MedicalAudienceType"),
    "code": ("MedicalEntity", "MedicalCode"),
    "codeValue": ("CategoryCode", "Text"),
    "codingSystem": ("MedicalCode", "Text"),
    "honorificSuffix": ("Person", "Text"),
    "jobTitle": ("Person", "Text"),
    "affiliation": ("Person", "Organization"),
    "hasCredential": ("Person Organization", "EducationalOccupationalCredential"),
    "department": ("Organization", "Organization"),
    "logo": ("Organization", "ImageObject URL"),
    "image": ("Thing", "ImageObject URL"),
    "pagination": ("Article Chapter", "Number Text"),
    "bookEdition": ("Book", "Text"),
    "propertyID": ("PropertyValue", "Text URL"),
    "value": ("PropertyValue", "Text"),
}
ONE = {"lastReviewed", "reviewedBy", "datePublished", "dateModified"}  # a page has one of each, never a list
SIMPLE = {
    "Text": lambda value: isinstance(value, str),
    "URL": lambda value: isinstance(value, str) and bool(re.match("https?://", value)),
    "Date": lambda value: isinstance(value, str) and bool(re.fullmatch(r"\d{4}(-\d\d){0,2}", value)),
    "Number": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Boolean": lambda value: isinstance(value, bool),
}


def kinds(kind):
    """A type and all that it is."""
    return {kind}.union(*(kinds(parent) for parent in PARENTS.get(kind, "").split()))


def wrong(node, place="page"):
    """What a validator would say."""
    for name, value in node.items():
        if name.startswith("@"):
            continue
        domains, ranges = (set(part.split()) for part in PROPERTIES.get(name, ("", "")))
        if not domains & kinds(node["@type"]):
            yield f"{place}: {node['@type']} has no {name}"
        if isinstance(value, list) and name in ONE:
            yield f"{place}: more than one {name}"
        for one in value if isinstance(value, list) else [value]:
            yield from _wrong_value(one, ranges, f"{place}.{name}")


def _wrong_value(value, ranges, place):
    if not isinstance(value, dict):
        if not any(SIMPLE[name](value) for name in ranges & SIMPLE.keys()):
            yield f"{place}: {value!r}"
    elif value.keys() != {"@id"}:  # a name that stands for what is described elsewhere
        if not ranges & kinds(value["@type"]):
            yield f"{place}: {value['@type']}"
        yield from wrong(value, place)


HOUSE = jsonld.House(
    name="Example Hospital",
    url="https://example.org/",
    policy="https://example.org/policy/",
    logo="https://example.org/logo.svg",
)
SIGNED = page.Signature(
    name="Rosa", credentials="MD, PhD", role="Chair", department="Blood", institution="Hospital", slug="rosa"
)
ROSA = SimpleNamespace(
    name="Rosa",
    slug="rosa",
    credentials="MD",
    post="Chair, Blood, Hospital",
    orcid="0000-0002-1825-0097",
    npi="1234567893",
    web_profile="https://example.org/people/rosa",
)
FULL = {"title": "T", "authors": ("Roe A",), "publisher": "P", "published": "2024-05", "pages": "1-2", "pmid": "1",
        "edition": "2", "url": "https://example.org/t"}  # fmt: skip
KINDS = ("web", "journal", "guideline", "book", "report", "data", "of later")
SOURCES = [
    CitedSource(key=f"s-{number}", kind=kind, container=whole, doi=f"10.1/{number}", **FULL)
    for number, (kind, whole) in enumerate(product(KINDS, ("", "Whole")))
]


def everything():
    """A page that says all that a page can say."""
    cites = "".join(f'<cite data-source="{source.key}"></cite>' for source in SOURCES)
    words = replace(cast.with_body(cast.words(), "treatment", f"<p>It.{cites}</p>"), sources=tuple(SOURCES))
    facts = page.Facts(
        today=date(2026, 11, 2),
        signature=SIGNED,
        **dict.fromkeys(("first_published", "last_updated", "last_reviewed"), date(2026, 11, 1)),
        edition=2,
        corrections=(page.Correction(date(2026, 11, 2), "The dose."),),
        condition="Acute leukemia",
        condition_names=("ALL",),
        condition_codes=tuple((system, "1") for system in jsonld.SYSTEMS),
    )
    return jsonld.of(page.build(words, facts), url="https://example.org/x/", house=HOUSE)


SAID = {
    "an article": everything(),
    "the first page": jsonld.site(HOUSE, name="Patient information", description="Pages."),
    "the policy": jsonld.web_page(HOUSE, url="https://example.org/policy/", name="Policy", description="Rules."),
    "a reviewer": jsonld.profile(ROSA, HOUSE),
}


@pytest.mark.parametrize("what", SAID)
def test_types_have_the_properties_that_they_may_have(what):
    assert list(wrong(SAID[what])) == []


def test_everything_is_tried():
    assert len(SAID["an article"]["citation"]) == len(SOURCES)
    assert {"correction", "about", "lastReviewed", "reviewedBy", "version"} <= SAID["an article"].keys()


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ({"lastReviewed": ["2026-11-01"]}, "more than one lastReviewed"),
        ({"lastReviewed": "November 1"}, "page.lastReviewed: 'November 1'"),
        ({"evidenceLevel": "A"}, "MedicalWebPage has no evidenceLevel"),
        ({"reviewedBy": {"@type": "Book", "name": "B"}}, "page.reviewedBy: Book"),
    ],
)
def test_the_table_bites(broken, said):
    assert said in " ".join(wrong(everything() | broken))
