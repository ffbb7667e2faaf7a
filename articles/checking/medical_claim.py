"""A block about the institution makes no medical statement, for no reviewer signs that block.
HONcode, principle 1 (Authority): medical advice is given only by medically trained and qualified people."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles import markup
from articles.checking.finding import Finding, Severity, short
from articles.content import INSTITUTIONAL, Content

_ILLNESS = (
    r"(?:anemia|bleeding|bruis\w+|cancers?|diseases?|fatigue|fever|infections?|leuka?emias?|lymphomas?|metasta\w+|nausea"
    r"|pain|recurrence|relapse|side effects?|symptoms?|tumou?rs?|vomiting)"
)
_TREATMENT = (
    r"(?:antibiotics?|aspirin|chemotherap\w+|diets?|drugs?|herbs?|immunotherap\w+|irradiation|medicines?|medications?"
    r"|radiation|radiotherapy|steroids?|supplements?|surger\w+|therap\w+|transplant\w*|treatments?|vaccin\w+|vitamins?)"
)
_WORKS = (
    r"(?:blocks?|cures?|destroys?|eases?|fights?|kills?|lowers?|minimiz\w+|prevents?|protects?|reduces?|relieves?"
    r"|shrinks?|slows?|stops?|targets?|treats?)"
)
_CLAIMS = [
    re.compile(pattern, re.I)
    for pattern in (
        # a dose
        r"\b\d[\d.,]*\s?(?:mg|mcg|[µμ]g|ml|IU|Gy|mg/kg|mg/m2)\b",
        # what an illness is, comes from, and does
        r"\b(?:is|are) an? (?:\w+[ -]){0,4}?(?:types?|kinds?|forms?|group) of (?:\w+ ){0,2}"
        rf"(?:{_ILLNESS}|disorder|condition|syndrome|mutation|white blood cell)\b",
        rf"\b(?:is|are) an? (?:[\w-]+ ){{0,3}}(?:{_ILLNESS}|disorder|syndrome)"
        r"(?! (?:care|center|centre|clinic|hospital|institute|program|research|service|specialist|survivor|team))\b",
        rf"\b(?:caused by|(?:can|could|may|might) cause|causes (?:the )?{_ILLNESS})\b",
        rf"\bdue to (?:an? )?(?:\w+ )?{_ILLNESS}\b",
        r"\b(?:signs?|symptoms?|side effects?|complications?|risk factors?) "
        r"(?:(?:of|for|from) (?:\w+[ -]){1,6}?)?(?:are|can|could|include|may|might|vary|depend)\b",
        r"\b(?:increas|rais|lower|reduc|decreas)\w* (?:your|the|their|a person.s)? ?(?:risk|chances?) (?:of|for) ",
        r"\bprognosis (?:depends|for|is|of)\b|\blife expectancy\b",
        r"\b(?:gets|grows|spreads?) (?:worse|quickly|slowly|to other)\b",
        # what a treatment does
        rf"\b{_TREATMENT}\b[^.;]{{0,60}}\b{_WORKS}\b(?! for\b)",
        rf"\b(?:treated|cured|prevented|controlled|relieved) (?:with|by) (?:\w+ ){{0,3}}{_TREATMENT}",
        # advice
        r"\b(?:you (?:should|must|need to)|always|never|do not|don.t) (?:start |stop |skip |avoid )?"
        rf"(?:take|taking|use|using|get|have) (?:\w+ ){{0,3}}{_TREATMENT}",
        rf"\b(?:if|when) you (?:have|get|develop|notice) (?:an? |any |new )?(?:high |severe |sudden )?{_ILLNESS}",
    )
]
# A share of patients: the house's own figures are a claim about itself, which needs an owner instead.
_SHARE = re.compile(r"\d ?%|\bpercent\b|\b\d[\d,]* (?:out of|in) (?:every )?\d", re.I)
_OUTCOME = re.compile(r"\b(?:surviv\w+|live|die[ds]?|deaths?|cured?|remission|relapse\w*|recur\w*|respon\w+)\b", re.I)
_OURS = re.compile(r"\b(?:we|our|us|ours)\b", re.I)
# Who speaks of what happened to them, and to nobody else.
_MINE = re.compile(r"\b(?:I|me|my|mine|we|our)\b", re.I)
_YOURS = re.compile(r"\b(?:you|your|yours|everyone|everybody|anyone|always|never|patients|people)\b", re.I)


def find(content: Content) -> Iterator[Finding]:
    """Speak once for each paragraph, list item or table of an institutional section that makes such a statement."""
    for section in content.sections:
        for _tag, inline in markup.paragraphs(section.body) if section.kind == INSTITUTIONAL else ():
            sentence = next(filter(_is_medical, markup.sentences(markup.text(inline))), "")
            if sentence:
                message = _(
                    "“%(sentence)s” reads like a medical statement, and no reviewer signs this block."
                    " Move it to a medical section, or reword it."
                )
                said = message % {"sentence": short(sentence)}
                yield Finding("medical_claim", Severity.BLOCKING, section.anchor, said, quote=sentence)


def in_story(body: str) -> list[str]:
    """The sentences of a patient's story that tell others what is so or what to do; what happened to the teller is
    theirs to tell."""
    sentences = [one for _tag, inline in markup.paragraphs(body) for one in markup.sentences(markup.text(inline))]
    return [one for one in sentences if _is_medical(one) and not (_MINE.search(one) and not _YOURS.search(one))]


def _is_medical(sentence: str) -> bool:
    if any(claim.search(sentence) for claim in _CLAIMS):
        return True
    return bool(_SHARE.search(sentence) and _OUTCOME.search(sentence) and not _OURS.search(sentence))
