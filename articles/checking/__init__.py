"""What can be said about Content before anybody signs it: one rule, one file. Pure."""

from articles.checking import (
    empty_section,
    heading_order,
    link_text,
    medical_claim,
    missing_heading,
    missing_source,
    missing_summary,
    missing_title,
    no_medical_section,
    repeated_heading,
    uncited_figure,
    undated_web_source,
    unowned_claim,
)
from articles.checking.finding import Finding, Severity
from articles.checking.unowned_claim import claims_out_of_date
from articles.content import Content

__all__ = ["RULES", "Finding", "Severity", "check", "claims_out_of_date"]

RULES = (
    missing_title,
    no_medical_section,
    missing_heading,
    empty_section,
    missing_source,
    medical_claim,
    unowned_claim,
    missing_summary,
    repeated_heading,
    undated_web_source,
    link_text,
    heading_order,
    uncited_figure,
)
_ORDER = tuple(Severity)


def check(content: Content) -> tuple[Finding, ...]:
    """Every finding of every rule, the gravest first, otherwise in the order of RULES and of the page."""
    found = (finding for rule in RULES for finding in rule.find(content))
    return tuple(sorted(found, key=lambda finding: _ORDER.index(finding.severity)))
