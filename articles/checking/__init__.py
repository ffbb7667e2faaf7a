"""What can be said about Content before anybody signs it: one rule, one file. Pure.

The rules that ask for support of a statement (`CLAIMS`) read English only; see articles/checking/statements.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType, ModuleType

from articles.checking import (
    aged_source,
    altered_fact,
    bare_address,
    doubted_source,
    empty_section,
    ended_story,
    expired_fact,
    gone_source,
    heading_order,
    link_text,
    medical_claim,
    missing_alternative,
    missing_caption,
    missing_heading,
    missing_help,
    missing_picture,
    missing_source,
    missing_summary,
    missing_title,
    no_medical_section,
    other_audience,
    poor_alternative,
    repeated_alternative,
    repeated_glance,
    repeated_heading,
    retracted_source,
    superseded_source,
    uncited_dose,
    uncited_figure,
    uncited_guideline,
    uncited_source,
    uncited_study,
    uncited_superlative,
    undated_web_source,
    unowned_claim,
)
from articles.checking.finding import Beside, Finding, OnRecord, Severity, Stand, short
from articles.checking.medical_claim import in_story as medical_claims_in_story
from articles.checking.statements import speaks
from articles.checking.unowned_claim import claims_out_of_date
from articles.content import Content

__all__ = [
    "CLAIMS",
    "GUARDS",
    "INFORMED",
    "OFF",
    "OF_MARKS",
    "RULES",
    "Beside",
    "Finding",
    "OnRecord",
    "Severity",
    "Stand",
    "blocking",
    "check",
    "claims_out_of_date",
    "medical_claims_in_story",
    "name_of",
    "short",
    "speaks",
]

# These guard a promise: they block whatever the settings say, and no answer takes the place of mending.
GUARDS = (
    missing_title,
    no_medical_section,
    missing_heading,
    empty_section,
    missing_source,
    missing_picture,
    missing_alternative,
    missing_caption,
    medical_claim,
    unowned_claim,
    altered_fact,
)
# Statements that need support and have none. Of one sentence only the first speaks.
CLAIMS = (uncited_dose, uncited_guideline, uncited_study, uncited_figure, uncited_superlative)
# These are told what stands beside the words.
OF_MARKS = (retracted_source, doubted_source, gone_source, superseded_source, aged_source)
INFORMED = (*OF_MARKS, uncited_source, ended_story, altered_fact, expired_fact)
RULES = (
    *GUARDS,
    *CLAIMS,
    missing_summary,
    missing_help,
    repeated_glance,
    repeated_heading,
    link_text,
    bare_address,
    heading_order,
    other_audience,
    undated_web_source,
    poor_alternative,
    repeated_alternative,
    *(rule for rule in INFORMED if rule not in GUARDS),
)
OFF = "off"  # where a severity is asked for: the rule is silent
_ORDER = tuple(Severity)
_AS_WRITTEN: Mapping[str, str] = MappingProxyType({})


def check(
    content: Content, beside: Beside | None = None, severities: Mapping[str, str] = _AS_WRITTEN
) -> tuple[Finding, ...]:
    """Every finding of every rule, the gravest first, otherwise in the order of RULES and of the page.

    Without `beside` the rules of INFORMED are silent. `severities` names rules by their severity, or OFF; those of
    GUARDS block all the same.
    """
    found = (_weighed(one, severities) for one in _found(RULES, content, beside))
    return tuple(sorted(filter(None, found), key=lambda finding: _ORDER.index(finding.severity)))


def blocking(
    content: Content, beside: Beside | None = None, severities: Mapping[str, str] = _AS_WRITTEN
) -> tuple[Finding, ...]:
    """Those of them that stop publication. Only the rules that can are asked, a third of all."""
    named = {rule for rule in RULES if severities.get(name_of(rule)) == Severity.BLOCKING}
    # Which of CLAIMS speaks of a sentence is known only when all of them were asked.
    asked = {*GUARDS, *named, *(CLAIMS if named.intersection(CLAIMS) else ())}
    found = (_weighed(one, severities) for one in _found([one for one in RULES if one in asked], content, beside))
    return tuple(one for one in found if one and one.severity is Severity.BLOCKING)


@cache
def name_of(rule: ModuleType) -> str:
    """The name of a rule, by which findings and settings know it."""
    return rule.__name__.rpartition(".")[2]


def _found(rules: Iterable[ModuleType], content: Content, beside: Beside | None) -> Iterator[Finding]:
    claimed = set[tuple[str, str]]()
    for rule in rules:
        if rule in INFORMED:
            yield from rule.find(content, beside) if beside else ()
            continue
        for finding in rule.find(content):
            if rule in CLAIMS:
                if (finding.where, finding.quote) in claimed:
                    continue
                claimed.add((finding.where, finding.quote))
            yield finding


def _weighed(finding: Finding, severities: Mapping[str, str]) -> Finding | None:
    wanted = severities.get(finding.rule, finding.severity)
    if finding.severity is Severity.BLOCKING or wanted == finding.severity:
        return finding
    return None if wanted == OFF else replace(finding, severity=Severity(wanted))
