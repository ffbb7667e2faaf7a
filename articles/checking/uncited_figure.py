"""A figure in the medical text leans on a source cited with it. English only.
HONcode, principle 4 (Attribution); JAMA benchmarks, 1997 (references and sources for all content)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking import statements
from articles.checking.finding import Finding, Severity
from articles.content import Content

_UNTIL_TWELVE = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
# All in small letters: a pattern that minds capitals is faster. A number on its own: not CD19, BCR-ABL1 or COVID-19.
_FIGURE = re.compile(
    "|".join(
        (
            r"(?<![\w-])\d",
            r"[½⅓¼¾⅔⅕⅛]|\bper ?cent\b",
            rf"\b{_UNTIL_TWELVE} (?:in|out of|of) (?:every )?(?:{_UNTIL_TWELVE}|a hundred|a thousand)\b",
            r"\b(?:half|one[- ](?:third|quarter|half)|two[- ]thirds|three[- ]quarters|a (?:third|quarter)) of "
            r"(?:all |the |these |those )?(?:people|patients|children|adults|men|women|cases|cancers|tumou?rs|them)\b",
            rf"\b(?:twice|{_UNTIL_TWELVE} times|double|triple) (?:as|the|more|higher|greater)\b|-fold\b",
            rf"\b{_UNTIL_TWELVE}[- ]year survival\b|\bsurvival rates?\b(?= (?:is|are|was|has|have)\b)",
        )
    )
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEARS = r"(?:years?|months?)"
_UPTO = r"(?: ?[-–] ?| (?:and|to|or) )"
_MORE = r"(?:(?:, (?:and |or )?| ?[-–/] ?| (?:and|or|to|through) )\d+[a-c]?)*"
_PEOPLE = "adults|anyone|babies|children|infants|men|patients|people|persons|those|women"
_ISOTOPES = "cobalt|gallium|iodine|lutetium|radium|strontium|technetium|yttrium"
_NUMBERED = """
    autosome bcl category chapter chromosome class codon cohort cycle day exon factor figure gleason.score grade group
    hpv interleukin item level number option part phase section size stage step subtype table trisomy type version
    visit vitamin.[a-z] week
""".split()
_DIVISIONS = """
    areas categories classes components copies ends eyes forms goals grades groups halves kidneys kinds layers lobes
    lungs main methods options pairs parts phases reasons regions sections sides stages steps subtypes tests things
    types ways
""".split()
# Numbers that are names, dates, ages, addresses or places in a list, and claim nothing.
_NO_FIGURE = re.compile(
    "|".join(
        (
            # addresses
            r"https?://\S+|www\.\S+|\S+@\S+",
            r"(?<!\d)(?:\+?1[-. ])?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\d)|\b1-8\d\d-[\da-z-]+|\b(?:911|988)\b",
            # numbers of lists and of works
            r"^\W*\d{1,2}[.):]\s|[(\[]\d{1,2}[)\]]|\b(?:pmid|isbn|doi):? ?\d[\d.-]*\S*",
            # dates and times of day
            rf"\b{_MONTH} \d{{1,2}}(?:, \d{{4}})?|\b\d{{1,2}} {_MONTH}\b",
            r"\b(?:1[89]|20)\d\d(?:s\b|[-–]\d\d(?:\d\d)?\b)?",
            r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b24/7\b|\b24[- ]hours?\b(?: a day)?|\b7 days a week\b",
            # ages of people
            rf"\b(?:ages?|aged)(?: of)?(?: (?:about|between|over|under|around|only|from))? \d+(?:{_UPTO}\d+)?"
            rf"(?: {_YEARS})?",
            rf"\b\d+(?:{_UPTO}\d+)?[- ]{_YEARS}[- ](?:olds?\b|of age|(?:and|or) (?:older|younger|over|under|up))",
            rf"\b(?:older|younger) than (?:about )?\d+(?: {_YEARS})?",
            rf"\b(?:{_PEOPLE}) (?:who are )?(?:over|under|past|in their|between) (?:the age of )?\d+(?: and \d+)?"
            rf"(?:s| {_YEARS})?",
            r"\bin (?:their|his|her|your) \d0s\b",
            # numbers that are names
            rf"\b(?:{_ISOTOPES})(?: [a-z]{{1,2}})?[ -]\d+m?\b",
            r"\b[23]-?(?:d|dimensional)\b",
            rf"\b(?:{'|'.join(_NUMBERED)})(?:es|s)?(?: of)? \d+\w*{_MORE}",
            r"\b(?:deficiency|disorder|disease|syndrome) \d+\b",
            r"\b(?:t|inv|del|add)\([\d;pqxy.]+\)\S*|\b\d+[pq](?:\d[\d.]*)?\b|\b\d+-[a-z]+-\d\S*",
            # how many kinds or steps there are: a way of dividing, not a count of people
            rf"\b(?:\d+|{_UNTIL_TWELVE}) (?:\w+ ){{0,2}}(?:{'|'.join(_DIVISIONS)})\b",
        )
    )
)
# "CA 125" and "Palo Alto, CA 94304": the only numbers that capitals tell.
_ACRONYM = re.compile(r"\b[A-Z]{2,} \d+(?:-\d+)?\b(?! ?%)")


def find(content: Content) -> Iterator[Finding]:
    """Speak on each sentence, or table, that states a figure and that no mark supports."""
    message = _("No source is cited for a figure: “%(sentence)s”")
    for statement in statements.unsupported(content):
        if _states_figure(statement):
            yield statements.found("uncited_figure", Severity.HINT, statement, message)


def _states_figure(statement: statements.Statement) -> bool:
    claim = statement.sentence
    if not _FIGURE.search(claim.lower()):
        return False
    for number in statement.telephones:
        claim = claim.replace(number, " ")
    return bool(_FIGURE.search(_NO_FIGURE.sub(" ", _ACRONYM.sub(" ", claim).lower())))
