"""People at the head of a reference: `Surname AB, …`, `Surname, A. B., …`, `A. B. Surname, …`, `Surname, Given`."""

from dataclasses import dataclass

from references.reading import organizations
from references.reading.dates import DATE, UNDATED, YEAR
from references.reading.later import later
from references.reading.letters import LETTER, LOWER, UPPER, any_of

PARTICLE = any_of(
    *("[Vv]an", "[Vv]on", "vom", "zu[mr]?", "[Dd]e[rnls]?", "[Dd]ella", "[Dd][aiou]", "dos", "das", "[Ll][ae]"),
    *("[Ee]l", "[Aa]l", "te[nr]", "bin", "ibn", "af", "av", "y", "’t", "'t", "Ó"),
)
_WORD = rf"(?:[dDlL]['’]|[a-z]{{2,3}}(?=[{UPPER}]))?[{UPPER}][{LETTER}'’`´]*(?:-[{LETTER}][{LETTER}'’]*)*[{LETTER}]"
SURNAME = rf"(?:{PARTICLE}[\s-]){{0,3}}{_WORD}(?:\s+(?:{PARTICLE}\s+){{0,2}}{_WORD}){{0,3}}?"
_GENERATION = r"(?:,?\s+(?:Jr|Sr|2nd|3rd|4th|II|III|IV)(?!\w)(?:\.(?=\s*[,;:(&.]))?)?"
_INITIALS = rf"(?!(?:UK|US|USA|EU|NZ|PMID|PMC|DOI|ISBN|URL)\b)(?:[{UPPER}]-?){{1,5}}(?<!-)(?![{LETTER}'’]|-[{LETTER}])"
_DOTTED = rf"[{UPPER}]\.(?:[\s-]{{0,9}}[{UPPER}]\.){{0,4}}"

PLAIN = rf"{SURNAME}\s{_INITIALS}(?!\.[{UPPER}]\.){_GENERATION}"  # Smith JA
INVERTED = rf"{SURNAME},?\s{_DOTTED}{_GENERATION}"  # Smith, J. A.
DIRECT = rf"{_DOTTED}\s+?{SURNAME}{_GENERATION}"  # J. A. Smith
_GIVEN = rf"[{UPPER}][{LOWER}]+(?:[\s-][{UPPER}](?:[{LOWER}]+|\.))?"
FULL = rf"{SURNAME},\s{_GIVEN}"  # Smith, Jane
_NATURAL = rf"{_GIVEN}\s+(?:{PARTICLE}\s+){{0,2}}{_WORD}"  # Jane Smith

_AND = r"(?:\s*[,;]\s*(?:and\s+|&\s+?|\.\s+?\.\s+?\.\s+|…\s+?)?|\s+(?:and|&)\s+)"
_GROUP_WORD = any_of(
    *(
        "Group",
        "Investigators?",
        "Consortium",
        r"Collaborat\w+",
        "Committees?",
        "Network",
        "Team",
        "Trialists",
        "Study",
    ),
    *("Programme", "Program", "Panel", "Force", "Society", "Association", "Organization", "Institute", "Foundation"),
    *("Initiative", "Project", "Alliance", "Registry", "Workshop"),
)
_FOR = r"(?:(?:for|on behalf of|and)\s+)?(?:[Tt]he\s+)?"
_GROUP = rf"(?:{_AND}|\s+){_FOR}[{UPPER}][^.:;,(){{}}]{{2,110}}?{_GROUP_WORD}(?:\s+\([^()]{{2,20}}\))?(?=\s*[.:;(])"
# "Imyanitov EN; kConFab Investigators; ABCTB Investigators, Isaacs C"
_AMONG = r";\s+[^.:;,(){}\0]{2,80}(?=[;,]\s)"
# "Expert Panel on Breast Imaging, Lewin AA, Moy L"
_PANEL = rf"(?:[{UPPER}][^.:;,()\0]{{2,60}}\b{_GROUP_WORD}\b[^.:;,()\0]{{0,60}}[,;]\s+)"
_MEMBER = rf"(?:;\s+(?:[Tt]he\s+)?[{UPPER}][^.:;,(){{}}\0]{{2,110}}(?:\s+\([^()]{{2,20}}\))?(?=\s*(?:[.:]\s|\()))"
_ET_AL = r"(?:[,;]?\s*(?:et\.?\s+al|and\s+others)(?!\w)\.?)"
_EDITORS = r"(?:,?\s+\(?(?:[Ee]ds?|[Ee]ditors?)\b\.?\)?,?)"


def _list(name: str, later: str = "") -> str:
    return rf"{name}(?:{_AND}(?:{later or name})|{_AMONG})*+(?:{_GROUP}|{_MEMBER})?{_ET_AL}?"


_DATED = rf"[.,]?\s*\((?P<%s>{DATE}|{UNDATED})[^()]{{0,30}}\)\s*[.,:]?"
_PLAIN_HEAD = (
    rf"(?P<plain>{_PANEL}?{_list(PLAIN)}){_EDITORS}?"
    rf"(?:{_DATED % 'plain_date'}|\s*[.:](?=\s|$|[{UPPER}“\"\[])|(?<=al\.)(?=\s+))"
)
_INVERTED_HEAD = (
    rf"(?P<inverted>{_list(INVERTED, f'{INVERTED}|{DIRECT}')}){_EDITORS}?"
    rf"(?:{_DATED % 'inverted_date'}|,?\s+(?P<harvard_date>{YEAR})[a-z]?\.|\s*:|(?=\s+[{UPPER}“\"‘])|(?<=al\.)(?=\s+))"
)
_DIRECT_HEAD = rf"(?P<direct>{_list(DIRECT)})(?:{_DATED % 'direct_date'}|\s*[.,:](?=\s+[{UPPER}“\"‘]))"
_FULL_HEAD = (
    rf"(?P<full>{_list(FULL, f'{FULL}|{_NATURAL}')})"
    rf"(?:{_DATED % 'full_date'}|\.\s+(?P<chicago_date>{YEAR})\.|\.(?=\s+[“\"]))"
)
HEAD = later(rf"(?:{_PLAIN_HEAD}|{_INVERTED_HEAD}|{_DIRECT_HEAD}|{_FULL_HEAD})\s*")

# "Vitamin D." and "Hepatitis C:" are no people.
_NO_SURNAME = later(
    any_of(
        *(
            "Vitamins?",
            "Hepatitis",
            "Groups?",
            "Types?",
            "Phases?",
            "Stages?",
            "Parts?",
            "Factors?",
            "Appendix",
            "Annex",
        ),
        *("Influenza", "Sections?", "Tables?", "Figures?", "Proteins?", "Class", "Grade", "Level", "Trials?", "Study"),
        *("Volume", "Version", "Chapter", "Immunoglobulin", "Streptococcus", "Ha?emophilia", "Coenzyme", "Plan", "Box"),
        *("CAR", "PET", "HLA", "CD", "DNA", "RNA", "Washington", "Medicare", "Step", "Option", "Cohort", "Arm"),
        *("Bethesda", "Rockville", "Atlanta", "Boston", "PubMed"),
    )
    + r"\s\S+"
)


@dataclass(frozen=True)
class Head:
    """Offsets of the names, of the date printed with them (or None), and where the title begins."""

    names: tuple[int, int]
    date: tuple[int, int] | None
    end: int
    comma: bool = False  # commas part names, title and journal


def head(text: str, start: int = 0, end: int | None = None) -> Head | None:
    """The list of people that begins at `start`, closed by a stop, a colon or a date; None if there is none."""
    match = HEAD.match(text, start, len(text) if end is None else end)
    if match is None or _NO_SURNAME.match(text, start):
        return None
    kind = next(kind for kind in ("plain", "inverted", "direct", "full") if match.group(kind))
    if organizations.is_organization(match.group(kind)):
        return None
    dates = (name for name in match.groupdict() if name.endswith("_date") and match.group(name))
    dated = next(dates, None)
    span = match.span(kind)
    return Head(span, match.span(dated) if dated else None, match.end(), kind == "direct" and text[span[1]] == ",")
