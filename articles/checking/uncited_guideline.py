"""What somebody recommends or has approved is said with where they say so. English only.
AMA Manual of Style, 11th ed., 3.1 (references acknowledge and support); HONcode, principle 4 (Attribution)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking import statements
from articles.checking.finding import Finding, Severity
from articles.content import Content

_BODIES = (
    r"(?:FDA|Food and Drug Administration|NCCN|ASCO|ESMO|CDC|USPSTF|NICE|EMA|WHO|World Health Organization"
    r"|(?:[Tt]ask|[Aa]dvisory|[Ee]xpert) (?:[Ff]orce|[Cc]ommittee|[Pp]anel|[Gg]roup)"
    r"|American (?:\w+ ){1,3}(?:Society|Academy|College|Association)"
    r"|National (?:\w+ ){1,4}(?:Network|Institutes?)|[Ee]xperts|[Ss]pecialists|[Gg]uidelines?)"
)
_ADVISE = r"(?:advis|recommend|suggest|urg|endors|approv|authoriz|clear|licens)(?:e[ds]?|s|ed)?"
_GUIDELINE = re.compile(
    "|".join(
        (
            rf"\b{_BODIES}\b(?:[^.;]{{0,25}}) (?:has |have |had |also |now |strongly )*{_ADVISE}\b",
            r"\b[Gg]uidelines? (?:say|state|call for|list)\b",
            r"(?:\bby|\baccording to|\bin) (?:(?:the|current|national|international|clinical|new) )+"
            r"(?:\w+ )?guidelines?\b",
            r"\b(?:is|are|was|were|been|being)(?: \w+)? "
            r"(?:recommended|advised|approved|authorized|licensed|contraindicated)\b"
            r"(?! (?:by|if) (?:you|a doctor|the doctor))",
            r"\brecommended (?:dose|dosage|age|daily|schedule|vaccin\w*|screening|treatment|that|for)\b",
            r"\b(?:FDA|EMA)[- ]approved\b|\bapproved (?:by the|for|to)\b",
            r"\b(?:first[- ]line|standard of care|gold standard|treatment of choice|drug of choice)\b",
        )
    ),
)


_MAYBE = re.compile(
    r"uideline|dvis|ecommend|uggest|urge|ndors|pprov|uthoriz|clear|icens|contraind|first.line|standard|of choice"
)


def find(content: Content) -> Iterator[Finding]:
    """Speak on each sentence that names a recommendation or an approval and that no mark supports."""
    message = _("No source is cited for a recommendation or approval: “%(sentence)s”")
    for statement in statements.unsupported(content):
        if _MAYBE.search(statement.sentence) and _GUIDELINE.search(statement.sentence):
            yield statements.found("uncited_guideline", Severity.WARNING, statement, message)
