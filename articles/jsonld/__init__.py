"""What a page says to machines: schema.org, as a JSON-LD block. Pure; nothing that the page does not stand for."""

import json
from datetime import date
from typing import Any

from articles.jsonld.house import CONTEXT, House, site, web_page
from articles.jsonld.people import person, profile
from articles.jsonld.sources import cited, filled
from articles.page import Correction, Facts, Html, Page

__all__ = ["House", "cited", "of", "person", "profile", "script", "site", "web_page"]

# The systems' own names, which are the same in every language.
SYSTEMS = {"icd-10-cm": "ICD-10-CM", "snomed-ct": "SNOMED CT", "mesh": "MeSH", "umls": "UMLS"}


def script(data: dict[str, Any]) -> Html:
    """The block for the head of a page. No text in it can end it."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return Html(f'<script type="application/ld+json">{written}</script>')


def of(page: Page, *, url: str, house: House, picture: str = "") -> dict[str, Any]:
    """The page as a MedicalWebPage, its sources as citations. `url` is its one full address, `picture` that of its
    first figure."""
    facts, figure = page.facts, page.picture
    return filled(
        {
            "@context": CONTEXT,
            "@type": "MedicalWebPage",
            "@id": url,
            "url": url,
            "name": page.title,
            "description": page.description,
            "inLanguage": page.language,
            "isAccessibleForFree": True,
            "datePublished": _day(facts.first_published),
            "dateModified": _day(facts.last_updated),
            **_review(facts, house),
            "version": facts.edition,
            "correction": [_correction(one) for one in facts.corrections],
            "about": _condition(facts),
            "medicalAudience": {"@type": "Patient"},  # in schema.org both an audience and a person
            "isPartOf": {"@id": house.site_id},
            "publisher": house.organization(),
            "publishingPrinciples": house.policy,
            "image": {"@type": "ImageObject", "url": picture, "description": figure.alt} if figure and picture else {},
            "citation": [cited(reference.source) for reference in page.references],
        }
    )


def _review(facts: Facts, house: House) -> dict[str, Any]:
    """Who reviewed it, and when. Beside these two no machine would show a banner or a remark, so a demonstration, and
    a page with words that no reviewer has signed yet, do not say them."""
    if facts.is_demo:
        return {"creativeWorkStatus": "Demonstration"}
    if facts.unreviewed_since:
        return {"creativeWorkStatus": "Changed in an emergency, not yet medically reviewed"}
    if not (facts.last_reviewed and facts.signature):
        return {}
    return {"lastReviewed": _day(facts.last_reviewed), "reviewedBy": person(facts.signature, house)}


def _condition(facts: Facts) -> dict[str, Any]:
    if not facts.condition:
        return {}
    return filled(
        {
            "@type": "MedicalCondition",
            "name": facts.condition,
            "alternateName": [name for name in facts.condition_names if name != facts.condition],
            "code": [
                {"@type": "MedicalCode", "codeValue": code, "codingSystem": SYSTEMS.get(system, system)}
                for system, code in facts.condition_codes
            ],
        }
    )


def _correction(one: Correction) -> dict[str, Any]:
    return {"@type": "CorrectionComment", "datePublished": _day(one.on), "text": one.note}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
