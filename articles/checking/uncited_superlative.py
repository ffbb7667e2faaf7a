"""“The most common”, “the leading cause”: who counts says where it was counted. English only.
HONcode, principle 5 (Justifiability); AMA Manual of Style, 11th ed., 3.1 (references support what is stated)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking import statements
from articles.checking.finding import Finding, Severity
from articles.content import Content

_SUPERLATIVE = re.compile(
    "|".join(
        (
            r"\bmost (?:common(?:ly)?|frequent(?:ly)?|effective|deadly|lethal|aggressive|widely used|accurate|sensitive"
            r"|successful|prevalent|curable|treatable)\b",
            r"\bmost (?:often|likely) (?:affects?|begins?|develops?|diagnosed|found|happens?|in|occurs?|seen|starts?"
            r"|strikes?|caused|to (?:get|develop|have|occur))\b",
            r"(?<!two )(?<!three )(?<!four )\b(?:leading|number[- ]one|main|chief|primary|major|principal|strongest"
            r"|biggest|greatest) (?:known )?(?:causes?|risk factors?|killers?)\b",
            r"\b(?:second|third|fourth|fifth|sixth)[- ](?:most|leading)\b",
            r"\b(?:highest|lowest|greatest|largest) (?:risk|rates?|chances?|numbers?|incidence|survival|share)\b",
            r"\b(?:rarest|commonest|deadliest|safest)\b",
            r"(?<!may be )(?<!what )\bthe (?:only|best) (?:known |proven )?(?:cure|treatment|therapy|test)\b",
            r"\b(?:more|less) (?:common|frequent)(?:ly)? (?:in|among|than|with|as)\b",
            r"\b(?:more|less|twice as) (?:likely|often)\b[^.;]{1,60}\b(?:than|as)\b",
        )
    ),
    re.I,
)
_MAYBE = re.compile(r"ost |ore |ess |wice|est\b|[Tt]he (?:only|best)|killer|cause|factor|number[- ]one")


def find(content: Content) -> Iterator[Finding]:
    """Speak on each sentence that ranks or compares and that no mark supports."""
    message = _("No source is cited for a ranking: “%(sentence)s”")
    for statement in statements.unsupported(content):
        if _MAYBE.search(statement.sentence) and _SUPERLATIVE.search(statement.sentence):
            yield statements.found("uncited_superlative", Severity.HINT, statement, message)
