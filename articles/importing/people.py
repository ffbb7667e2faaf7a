"""People as named in a byline: name, credentials, role, department, institution."""

import re

from articles.importing.manuscript import NamedPerson

_KNOWN = """
MD DO PhD DPhil ScD DSc DrPH PharmD MBBS MBBCh MBChB MB BCh BM BS BSc MSc MS MA BA MPH MHS MHA MBA MPA RN BSN MSN DNP
NP FNP FNP-C FNP-BC ANP AGNP APRN ARNP CRNP PA PA-C PA-S RPh BCOP BCPS OCN AOCNP AOCN CNS RD RDN LDN CSO LCSW MSW
LMSW PsyD EdD EdS DDS DMD DVM JD FACP FACS FASCO FAAP FACC FACOG FASTRO FRCP FRCPC FRCS FRCPath FCAP FAAN FACEP FAHA
DABR DABFM CGC LCGC LPN CNM PT DPT OTR CCC-SLP ELS CHES MCHES CPNP
"""
_CREDENTIALS = {name.replace(".", "").lower() for name in _KNOWN.split()}
_GENERATIONS = {"Jr", "Sr", "II", "III", "IV"}
_SHAPED = re.compile(r"(?:[A-Z]{1,2}[a-z]{0,4}\.){1,4}[A-Z]?[a-z]{0,4}\.?|[A-Z]{2,6}(?:-[A-Z]{1,4})?")
_ROLE = re.compile(
    r"\b(?:chair\w*|vice chair|director|professor|president|chief|head|officer|physician|surgeon|hematologist"
    r"|oncologist"
    r"|haematologist|pathologist|pediatrician|radiologist|nurse|practitioner|pharmacist|scientist|fellow|editor|lead"
    r"|dean|consultant|specialist|investigator|attending|instructor|internist|dietitian|counselor|reviewer|writer"
    r"|manager|coordinator|member|founder|advisor|internal medicine|family medicine|\w+ologist|\w+iatrist"
    r"|director[ae]?|profesora?|jef[ea]|médic[oa])\b",
    re.I,
)
_DEPARTMENT = re.compile(
    r"^(?:the\s+)?(?:department|dept\.?|division|section|service|program(?:me)?|unit|office|school|faculty|branch"
    r"|laboratory|departamento|servicio|división)\b|\b(?:department|division|service|program(?:me)?|section)$",
    re.I,
)
_INSTITUTION = re.compile(
    r"\b(?:hospitals?|cent(?:er|re)s?|universit\w+|clinics?|institut\w+|college|school of medicine|foundation"
    r"|city of \w+|health(?:care)?|health system|infirmary|society|network|trust|memorial|mayo|medical group|NHS"
    r"|hospital|clínica|universidad|cancer alliance|sanatorium|kettering|anderson)\b",
    re.I,
)
_SPECIALTY = re.compile(
    r"\b(?:medicine|sciences?|oncology|ha?ematology|surgery|pathology|p(?:a)?ediatrics|transplantation|radiology"
    r"|nursing"
    r"|pharmacy|research|genetics|neurology|cardiology|malignancies|leukemia|lymphoma|oncología|hematología)\b",
    re.I,
)
_NOT_A_PERSON = re.compile(r"\b(?:team|staff|board|editors?|committee|council|panel|group|experts|writers)\b", re.I)
_PARTICLES = r"(?:(?:de|la|van|von|der|den|del|da|di|du|bin|al|el|ter|y)\s+){0,2}"
_WORD = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*"
_PERSON = rf"(?:(?:Dr|Prof|Professor)\.?\s+)?{_WORD}(?:\s+{_PARTICLES}{_WORD}){{1,4}}"
_CREDENTIAL = r"(?:[A-Z]{1,2}[a-z]{0,4}\.?){1,4}(?:-[A-Z]{1,3})?"
_NEXT_PERSON = re.compile(
    rf"(?:\s*;\s*(?:and\s+)?|,?\s+(?:and|&|y)\s+|,\s+)(?=({_PERSON}),\s*({_CREDENTIAL})(?![a-z]))"
)
_BEGINS_WITH_PERSON = re.compile(rf"{_PERSON}(?:,|$)")
_STATE = re.compile(r"[A-Z]{2}(?: \d{5})?")
_AT = re.compile(r"\s+(?:at|with)\s+(?:the\s+)?(?=[A-Z])")
# The full stop of the line, not that of "M.D."
_END = re.compile(r"[\s|–—•·;,(]+$|(?<![.\s]\w)(?<=\w)\.$")
_TITLE_BEFORE = re.compile(r"^(?:(?:Dra?|Profa?|Professor)\.?\s+)+")


def is_credential(text: str) -> bool:
    """MD, Ph.D., PA-C and their like."""
    if text.rstrip(".") in _GENERATIONS:
        return False
    bare = text.replace(".", "").replace(" ", "").lower()
    return bare in _CREDENTIALS or (len(bare) <= 8 and "." in text and bool(_SHAPED.fullmatch(text)))


def read(text: str) -> tuple[NamedPerson, ...]:
    """The people named in `text`, in order. A team or board is a name without given and family name."""
    apart = re.split(r"\s*;\s*(?:and\s+)?", text.strip(" ;,."))
    if len(apart) > 1 and all(_BEGINS_WITH_PERSON.match(piece) for piece in apart):
        return tuple(person for piece in apart for person in read(piece))
    return tuple(_person(piece) for piece in _one_each(_END.sub("", text.strip(" ;,"))) if piece.strip(" ,;"))


def _one_each(text: str) -> list[str]:
    pieces, start = [], 0
    for match in _NEXT_PERSON.finditer(text):
        before = text[start : match.start()]
        # "Chicago and Phoenix" is one address: the first person must already have a credential.
        if is_credential(match[2]) and any(is_credential(part) for part in _segments(before)):
            pieces.append(before)
            start = match.end()
    return [*pieces, text[start:]]


def _segments(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\s*,\s*|\s+[–—|]\s+", text) if part.strip()]


def _person(text: str) -> NamedPerson:
    name, *rest = _segments(text) or [""]
    name, inside = _credentials_in_name(name)
    if rest and rest[0].rstrip(".") in _GENERATIONS:
        name = f"{name} {rest.pop(0)}"
    credentials = list(inside)
    while rest and all(is_credential(word) for word in rest[0].split()):
        credentials += rest.pop(0).split()
    given, family = _names(name)
    role, department, institution = _places(rest)
    return NamedPerson(
        name=_TITLE_BEFORE.sub("", name),
        given_name=given,
        family_name=family,
        credentials=tuple(credentials),
        role=role,
        department=department,
        institution=institution,
    )


def _credentials_in_name(name: str) -> tuple[str, list[str]]:
    """`Jane Roe MD PhD` is printed without commas."""
    words = name.split()
    found: list[str] = []
    while len(words) > 2 and is_credential(words[-1]):
        found.insert(0, words.pop())
    return " ".join(words), found


def _names(name: str) -> tuple[str, str]:
    words = _TITLE_BEFORE.sub("", name).split()
    if len(words) < 2 or _NOT_A_PERSON.search(name) or not all(word[0].isupper() or len(word) <= 3 for word in words):
        return "", ""
    last = len(words) - 1
    if words[last].rstrip(".") in _GENERATIONS and last > 1:
        last -= 1
    while last > 1 and words[last - 1][0].islower():
        last -= 1
    return " ".join(words[:last]), " ".join(words[last:])


def _places(segments: list[str]) -> tuple[str, str, str]:
    """Role, department and institution of what follows the credentials; words are never dropped."""
    role: list[str] = []
    department: list[str] = []
    segments = [piece for segment in segments for piece in _split_at_house(segment)]
    if segments and _STATE.fullmatch(segments[-1]):
        segments[-3:] = [", ".join(segments[-3:])]
    while segments and _ROLE.search(segments[0]) and not _DEPARTMENT.search(segments[0]):
        role.append(segments.pop(0))
    known = segments and any(kind.search(segments[0]) for kind in (_DEPARTMENT, _INSTITUTION, _SPECIALTY))
    if not role and len(segments) > 1 and not known:
        role.append(segments.pop(0))
    while segments and _is_department(segments[0], last=len(segments) == 1):
        department.append(segments.pop(0))
    return ", ".join(role), ", ".join(department), ", ".join(segments)


def _is_department(segment: str, *, last: bool) -> bool:
    if _DEPARTMENT.search(segment):
        return True
    # What stands last is where the person works, unless it names a specialty and no house.
    return not _INSTITUTION.search(segment) and (not last or bool(_SPECIALTY.search(segment)))


def _split_at_house(segment: str) -> list[str]:
    """`Hematologist at Northfield Hospital` is a role and where it is held."""
    at = _AT.search(segment)
    if at is None or not _INSTITUTION.search(segment[at.end() :]):
        return [segment]
    return [segment[: at.start()], segment[at.end() :]]
