"""A claim about the institution (a rank, a first, a rate) has an owner, a day since which it is true, and an end.
HONcode, principle 5 (Justifiability): claims about the performance of a service are supported by evidence."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity
from articles.content import INSTITUTIONAL, Content, SectionContent

_HOUSE = (
    r"(?:cent(?:er|re)|clinic|department|facilit(?:y|ies)|hospital|institut\w+|place|practice|program|service|site|team"
    r"|unit)s?"
)
_CLAIMS = re.compile(
    "|".join(
        (
            r"\b(?:award[- ]winning|world[- ](?:class|leading|renowned|famous)|leading[- ]edge|cutting[- ]edge)\b",
            r"\b(?:state[- ]of[- ]the[- ]art|unmatched|unparalleled|unrivall?ed|second to none)\b",
            r"\b(?:renowned|premier|foremost)\b",
            r"\b(?:pioneer\w*|breakthroughs?|unavailable elsewhere|not available (?:anywhere|elsewhere))\b",
            r"\brecogni[sz]ed (?:nation|inter|as|by|world)\w*",
            r"\b(?:nation|internation)ally (?:known|recogni[sz]ed|ranked)",
            r"\b(?:rank(?:ed|s|ings?)|top[- ](?:rated|ranked|tier|ten|five|three|\d+)|(?:number|no\.) ?(?:one|1)|#1)\b",
            r"\brated (?:\w+ ){0,2}(?:best|top|highest|high|among|first|five|5)\b",
            r"\bnamed (?:an? |one of |among |the )+(?:\w+ ){0,2}(?:best|top|leading|hospital|center)",
            r"\b(?:designated|accredited)\b|\bwon (?:the|an?|several|many) (?:\w+ ){0,3}(?:award|prize|honor)s?\b",
            r"\bleading (?!to )(?:\w+ ){0,2}"
            r"(?:cancer|cent|doctor|expert|hospital|institut|physician|program|provider|research)",
            r"\b(?:nation|world|country|region|state|city|area)[’']s (?:\w+ )?"
            r"(?:best|biggest|first|largest|leading|only|top)\b",
            rf"\b(?:first|largest|biggest|only|oldest|busiest|top) (?:\w+[ -]){{0,4}}?{_HOUSE}\b"
            r"(?! (?:visit|appointment|floor))",
            r"\b(?:one of|among) the (?:few|first|largest|only|best|most|top)\b",
            r"\bfirst (?:in|of) (?:its kind|the (?:\w+ )?(?:nation|world|country|region|state|city|area))\b",
            r"\bfirst to (?:offer|perform|use|treat|open|receive|provide)\b",
            r"(?<!\bour )(?<!\byour )(?<!\btheir )(?<!\bmy )(?<!\bhis )(?<!\bher )(?<!\bwork )(?<!\bworks )(?<!\bat )"
            r"(?<!\bfeel )(?<!\bdo )(?<!\bwhat )\bbest\b"
            r"(?! (?:day|for you|friend|if|interests?|number|practice|reached|suits?|time|to|way|when|wishes))",
            r"\bbetter than (?:average|expected|elsewhere|other|any|the (?:national|average))",
            r"\b(?:highest|lowest|shortest|fastest) (?:\w+ ){0,3}"
            r"(?:level|outcomes?|quality|rates?|ratings?|scores?|times?|waits?)\b",
            r"\bmost (?:advanced|comprehensive|experienced|modern|skilled|successful|trusted)\b",
        )
    ),
    re.I,
)
_SHARE = re.compile(r"\d ?%|\bpercent\b|\b\d[\d,]* (?:out of|in) (?:every )?\d", re.I)
_SUCCESS = re.compile(r"\b(?:success\w*|satisf\w+|recommend\w*|outcomes?)\b", re.I)
_OUR_OUTCOME = re.compile(r"^(?=.*\b(?:we|our|us)\b).*\b(?:surviv\w+|cured?|remission|relapse\w*|respon\w+)\b", re.I)


def find(content: Content) -> Iterator[Finding]:
    """Speak once for each institutional section that claims something nobody answers for, or for impossible days."""
    for section in content.sections:
        if section.kind != INSTITUTIONAL:
            continue
        claim = first_claim(section)
        if claim and not (section.claim_owner.strip() and section.claim_from and section.claim_until):
            message = _(
                "“%(claim)s” is a claim about the institution. Say who answers for it, since when it is true, and how"
                " long it is good; or reword it."
            )
            said = message % {"claim": claim}
            yield Finding("unowned_claim", Severity.BLOCKING, section.anchor, said, quote=claim)
        elif section.claim_from and section.claim_until and section.claim_until <= section.claim_from:
            message = _("A claim is good until a day after the one since which it is true.")
            yield Finding("unowned_claim", Severity.BLOCKING, section.anchor, message)


def first_claim(section: SectionContent) -> str:
    """The words of the first claim that the section makes about the institution, or ""."""
    for _tag, inline in ((("", section.heading)), *markup.paragraphs(section.body)):
        for sentence in markup.sentences(markup.text(inline)):
            if found := _CLAIMS.search(sentence):
                return found[0]
            if _SHARE.search(sentence) and (_SUCCESS.search(sentence) or _OUR_OUTCOME.search(sentence)):
                return sentence
    return ""


def claims_out_of_date(content: Content, on: date) -> list[SectionContent]:
    """Institutional sections whose claim is not yet true on that day, or no longer good."""
    day = on.isoformat()
    claimed = [section for section in content.sections if section.kind == INSTITUTIONAL]
    return [s for s in claimed if (s.claim_until and s.claim_until < day) or (s.claim_from and s.claim_from > day)]
