"""A dose leans on a source: a wrong one harms. English only.
HONcode, principle 4 (Attribution); AMA Manual of Style, 11th ed., 3.1 (statements of fact are referenced)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking import statements
from articles.checking.finding import Finding, Severity
from articles.content import Content

_NUMBER = r"(?:\d[\d.,]*|½|¼|¾|one|two|three|four|five|six)"
_DOSE = re.compile(
    "|".join(
        (
            r"\d\s?(?:mg|mcg|[µμ]g|micrograms?|milligrams?|IU|(?:international )?units|Gy|grays?|cGy|mEq)\b(?!/d?l)",
            r"\d\s?(?:ml|milliliters?|g|grams?)\b (?:(?:by|each|every|once|twice|per) )?(?:day|daily|hours|kg)",
            rf"\b{_NUMBER} (?:tablets?|pills?|capsules?|doses?|puffs?|teaspoons?|drops?)\b",
            r"\b(?:by mouth|given|inject\w*|infused|taken?)\b[^.;]{0,50}"
            rf"\b(?:once|twice|{_NUMBER} times) (?:a|each|every|per) (?:day|week|month)\b",
            rf"\b(?:once|twice|{_NUMBER} times) (?:a|each|every|per) (?:day|week|month)\b"
            r"(?=.{0,60}\b(?:by mouth|inject|infus|given|tak))",
            rf"\b(?:given|taken?|injected|infused)\b[^.;]{{0,50}}\bevery (?:{_NUMBER} )?(?:hours?|days?|weeks?)\b",
        )
    ),
    re.I,
)
_MAYBE = re.compile(r"\d|[½¼¾]|tablet|pill|capsule|dose|puff|spoon|drop|once|twice|times|every")


def find(content: Content) -> Iterator[Finding]:
    """Speak on each sentence that gives a dose and that no mark supports."""
    message = _("No source is cited for a dose: “%(sentence)s”")
    for statement in statements.unsupported(content):
        if _MAYBE.search(statement.sentence) and _DOSE.search(statement.sentence):
            yield statements.found("uncited_dose", Severity.WARNING, statement, message)
