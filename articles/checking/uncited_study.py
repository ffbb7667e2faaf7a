"""Who says that studies show something says which studies. English only.
AMA Manual of Style, 11th ed., 3.1 (references support what is stated); JAMA benchmarks, 1997 (attribution)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking import statements
from articles.checking.finding import Finding, Severity
from articles.content import Content

# Examinations of one patient, not of many.
_EXAMINATION = re.compile(
    r"\b(?:blood|imaging|laboratory|lab|genes?|genetic|x-ray|sleep|marker|scan|your) (?:stud(?:y|ies)|trials?|data)\b",
    re.I,
)
_SHOW = (
    r"(?:shows?|showed|shown|suggests?|suggested|find|finds|found|indicates?|indicated|demonstrate[sd]?|prove[sdn]?"
    r"|links|linked|report(?:s|ed)?|confirm(?:s|ed)?|reveal(?:s|ed)?|conclude[sd]?|supports)"
)
_STUDY = re.compile(
    "|".join(
        (
            r"\b(?:stud(?:y|ies)|research|trials?|evidence|data|researchers|scientists|doctors have)\b"
            rf"[^.;:]{{0,45}}?\b(?<!to )(?<!help )(?<!may )(?<!be ){_SHOW}\b(?! out)",
            r"\b(?:it has|has|have) been (?:\w+ )?(?:shown|proven|found|linked|reported)\b"
            r"(?! (?:in|on|by) (?:you|the (?:blood|body|bone|skin)))",
            r"\baccording to (?:an?|one|recent|several|the|some|new) (?:\w+ ){0,2}"
            r"(?:stud|research|trial|survey|report)",
            r"\b(?:clinically|scientifically) (?:proven|shown|tested)\b",
            r"\bin (?:an?|one|several|some|many|clinical|recent|large) (?:\w+ ){0,2}(?:study|studies|trials?)\b"
            r"(?=[^.]*\b(?:had|lived|was|were|did|improved|reduced)\b)",
            r"\b(?:not (?:been )?(?:proven|shown) to|no (?:good |clear |strong )?evidence|not enough evidence)\b",
        )
    ),
    re.I,
)


# What a study would show, once there is one.
_CONDITION = re.compile(r"\W*(?:if|when|until|unless|whether)\b", re.I)
_MAYBE = re.compile(r"tud[yi]|esearch|rial|vidence|[Dd]ata\b|cientist|octors have| been |ccording|proven")


def find(content: Content) -> Iterator[Finding]:
    """Speak on each sentence that leans on unnamed studies and that no mark supports."""
    message = _("No source is cited for what studies show: “%(sentence)s”")
    for statement in statements.unsupported(content):
        if _MAYBE.search(statement.sentence) and _is_of_studies(statement.sentence):
            yield statements.found("uncited_study", Severity.WARNING, statement, message)


def _is_of_studies(sentence: str) -> bool:
    return bool(_STUDY.search(_EXAMINATION.sub("", sentence))) and not _CONDITION.match(sentence)
