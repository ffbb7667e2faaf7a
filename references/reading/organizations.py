"""Names of organizations, told from titles by their words."""

import re

from references.reading.letters import LETTER, UPPER, any_of

_ABBREVIATION = r"(?:U\.\s?S\.(?:\s?A\.)?|U\.\s?K\.|St\.|Mt\.|Inc\.|Ltd\.|Dr\.|Co\.|Dept\.)"
_INNER = rf"(?:[/@-][{LETTER}][{LETTER}'’]*|\.(?i:net|gov|com|org|edu|info)\b)"
_CAPITAL = rf"(?:{_ABBREVIATION}|(?:[LlDd]['’])?[{UPPER}][{LETTER}\d'’®™]*{_INNER}{{0,4}})"
_SMALL = r"(?:of|the|for|and|&|in|on|at|to|against|de|des|du|del|la|las|los|le|les|y|et|e|da|do|für|und|der|die|van)"
_ACRONYM = rf"\([{UPPER}][{LETTER}&-]{{1,12}}\)"
_BETWEEN = r"(?:\s*,\s*|\s+[-–—]\s+|\s*/\s*|\s+)"

# Title-case words with small words between them: "Department of Health, Education, and Welfare (DHEW)".
PHRASE = rf"{_CAPITAL}(?:{_BETWEEN}(?:{_CAPITAL}|{_SMALL}(?=\s)|{_ACRONYM})){{0,18}}"

_HEADWORD = any_of(
    *(
        "Academ(?:y|ies)",
        "Administration",
        "Agency",
        "Alliance",
        "Associat(?:ion|ions|es)",
        "Authority",
        "Board",
        "Bureau",
    ),
    *(
        "Cent(?:er|re)s?",
        "Clinics?",
        "Coalition",
        "Collaborative",
        "College",
        "Commission",
        "Committee",
        "Confederation",
    ),
    *("Consortium", "Corporation", "Council", "Department", "Federation", "Force", "Forum", "Foundation", "Fund"),
    *("Groups?", "Health System", "Healthcare", "Hospitals?", "Incorporated", "Initiative", "Institutes?", "League"),
    *("Laborator(?:y|ies)", "Library", "Medicine", "Ministry", "Network", "Office", "Organi[sz]ation", "Panel"),
    *(
        "Partnership",
        "Press",
        "Program(?:me)?",
        "Publish(?:ing|ers)",
        "Register",
        "Registry",
        "Research UK",
        "Schools?",
    ),
    *(
        "Secretariat",
        "Services?",
        "Societ(?:y|ies)",
        "Staff",
        "Support",
        "System",
        "Trust",
        "Union",
        "Universit(?:y|ies)",
    ),
    *(
        r"Inc\.?",
        r"Ltd\.?",
        "LLC",
        "Sociedad",
        "Asociación",
        "Instituto",
        "Fundación",
        "Ministerio",
        "Gesellschaft",
        "Société",
    ),
)
_OF = r"(?:\s+(?:of|for|on|and|in|at|to|against|de|für|UK|USA|Inc|International)\b|\s*[,(-]|\s*$)"
_HEADED = re.compile(rf"\b{_HEADWORD}{_OF}")
_OFFICE = any_of(
    *(
        "Centers",
        "Institutes",
        "Agency",
        "Department",
        "Ministry",
        "University",
        "College",
        "Office",
        "Board",
        "Society",
    ),
    *("Library", "School", "Council"),
)
_KNOWN = re.compile(
    any_of(
        *(
            "WHO",
            "CDC",
            "NCI",
            "NIH",
            r"NHS(?:\s\w+)?",
            "NICE",
            "FDA",
            "NCCN",
            "ASCO",
            "ASH",
            "ESMO",
            "SEER",
            "IARC",
            "AHRQ",
        ),
        *(
            "USPSTF",
            "NHLBI",
            "HHS",
            "EMA",
            "MHRA",
            "RCPCH",
            "WebMD",
            "Healthline",
            "MedlinePlus",
            "UpToDate",
            "StatPearls",
        ),
        *(
            "Medscape",
            "Wikipedia",
            "Cochrane",
            "PDQ",
            "Healthwise",
            "KidsHealth",
            "Nemours",
            r"Cancer\.[Nn]et",
            "DynaMed",
        ),
        *(r"Cancer\.gov", r"Drugs\.com", rf"{_OFFICE}\s+(?:of|for)\s.+", r"U\.\s?S\.\s.+", r"[A-Z][\w.&]+\sMedicine"),
        *(
            "Macmillan.*",
            "Springer.*",
            "Elsevier.*",
            "Wiley.*",
            "Saunders.*",
            "McGraw[- ]Hill.*",
            "Oxford.*",
            "Cambridge.*",
        ),
    )
)
_WHOLE = re.compile(PHRASE)
_TITLE_WORDS = re.compile(
    r"\b(?:What|How|Why|When|Your|You|About|Understanding|Tests|Treating|Treatment|Key|Guide|Facts|Is|Are)\b"
)


def is_organization(phrase: str) -> bool:
    """Reads like the name of an organization rather than like a title."""
    phrase = phrase.strip(" ,;")
    if not 2 <= len(phrase) <= 160 or _WHOLE.fullmatch(phrase) is None or _TITLE_WORDS.match(phrase):
        return False
    return bool(_KNOWN.fullmatch(phrase) or _HEADED.search(phrase))


def is_titled(phrase: str) -> bool:
    """Begins as titles of pages for patients do."""
    return _TITLE_WORDS.match(phrase) is not None


def is_title_case(phrase: str) -> bool:
    return _WHOLE.fullmatch(phrase.strip()) is not None


def is_of_host(phrase: str, host: str) -> bool:
    """The host of the address carries the name or its initials (`lymphoma-action.org.uk`, `lls.org`)."""
    labels = host.removeprefix("www.").split(".")[:-1]
    squeezed = re.sub(r"\W", "", re.sub(r"\(.*?\)", "", phrase)).lower()
    initials = "".join(word[0] for word in re.findall(rf"[{UPPER}][{LETTER}]*", phrase)).lower()
    names = [label.replace("-", "") for label in labels]
    return len(squeezed) > 2 and any(
        name in {squeezed, initials} or (len(name) > 4 and name in squeezed) for name in names
    )
