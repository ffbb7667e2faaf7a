"""The condition a page is about: its name inside a sentence, and its other names."""

import re
from collections.abc import Iterator, Sequence

from articles.importing.manuscript import Alias

_PROPER = re.compile(
    r"(?:hodgkin|burkitt|waldenstr[öo]m|ewing|down|crohn|alzheimer|parkinson|kaposi|langerhans|philadelphia|wilms"
    r"|lynch"
    r"|s[ée]zary|castleman|fanconi|diamond|sj[öo]gren|graves|hashimoto|cushing|barrett|kahler"
    r"|franconi)(?:[’']?s)?(?=$|\W)",
    re.I,
)
_KEPT = re.compile(r"[A-Z0-9]{2,}|.*[a-z][A-Z].*|[A-Z]-|[A-Z]$|.*\d")
_ABBREVIATION = re.compile(r"(?:[A-Z]-)?[A-Z][A-Za-z]?[A-Z0-9]+(?:[-/][A-Z0-9]+)*s?")
_ALSO = (
    r"(?:(?:also|sometimes|often|commonly|formerly|previously|once|tambi[ée]n)(?:,? (?:also|sometimes|often"
    r"|commonly|formerly))?,? "
    r"(?:been )?(?:known as|called|referred to as|termed|abbreviated(?: as| to)?|shortened to|written as"
    r"|conocid[oa] como|llamad[oa])"
    r"|abbreviated(?: as| to)?|known as)"
)
_IS = r"(?:\s*,)?\s+(?:(?:is|are|was|has been|may be|can be)\s+)?"
_STOP = (
    r"(?=[.;:()]|,? (?:is|are|was|were|begins?|starts?|develops?|affects?|occurs?|happens?|means|refers|which"
    r"|that|es|son)\b|,\s+a\b|$)"
)
_SUBJECT_IT = re.compile(
    rf"^(?:It|The (?:disease|condition)|This (?:disease|condition|cancer|leukemia|type of \w+)|Other names are)"
    rf"\s+(?:is|are|was|has been|may be|can be)\s+{_ALSO} (?P<names>.+?){_STOP}"
)
# "(loo-KEE-mee-uh)" says how to speak it; the others are pieces of a sentence.
_NO_NAME = re.compile(
    r"[a-z]-[A-Z]{2,}|[A-Z]{2,}-[a-z]{2,}|\d{3}|\b(?:of the|such as|which|that|when|if|who|you|your|we|our|us|it"
    r"|they|is|are|was|may|can|will|has|have|had)\b"
)
_LONGEST, _MOST, _MOST_WORDS = 80, 8, 8


def in_sentence(title: str, texts: Sequence[str]) -> str:
    """The title as the page itself writes it within a sentence; else in lower case but for names."""
    bare = re.sub(r"\s*\([^)]*\)\s*$", "", title).strip().rstrip("?!.")
    for text in texts:
        for match in re.finditer(rf"(?<=[a-z,] ){re.escape(bare)}\b", text, re.I):
            return match[0]
    return " ".join(_lowered(word) for word in bare.split())


def _lowered(word: str) -> str:
    return word if _KEPT.match(word) or _PROPER.match(word) else word[:1].lower() + word[1:]


def aliases(title: str, texts: Sequence[str]) -> tuple[Alias, ...]:
    """Other names that the opening texts give to what the title names; in the order of print."""
    inside = re.search(r"\(([^)]{2,60})\)\s*$", title)
    own = re.sub(r"\s*\([^)]*\)\s*$", "", title).strip()
    known = [own]
    found: list[str] = [inside[1]] if inside else []
    after_own = False
    for sentence in texts:
        for name in [*_after_name(sentence, [*known, *found]), *(_of_it(sentence) if after_own else ())]:
            if _is_new(name, [own, *found]):
                found.append(name)
        after_own = any(name.lower() in sentence.lower() for name in known)
    return tuple(Alias(name, "abbreviation" if _ABBREVIATION.fullmatch(name) else "synonym") for name in found[:_MOST])


def _is_new(name: str, known: Sequence[str]) -> bool:
    return 2 <= len(name) <= _LONGEST and name.lower() not in {k.lower() for k in known}


def _after_name(sentence: str, known: Sequence[str]) -> Iterator[str]:
    for name in known:
        subject = rf"(?<![\w-]){re.escape(name)}"
        for match in re.finditer(rf"{subject}\s*\(([^)]{{2,120}})\)", sentence, re.I):
            # "(a rare cancer)" says what it is, "(also called …)" what else it is called.
            if not re.match(r"(?:an?|the|una?) ", match[1]):
                yield from _names(re.sub(rf"(?:^|;\s*|,\s*){_ALSO}\s+", "; ", match[1]))
        also = rf"{subject}(?:\s*\([^)]*\))?{_IS}{_ALSO} (?P<names>.+?){_STOP}"
        for match in re.finditer(also, sentence, re.I):
            yield from _names(match["names"])
        for match in re.finditer(rf"{subject}(?:\s*\([^)]*\))?,\s+or\s+(?P<names>[^,.;:()]{{2,60}}),", sentence, re.I):
            yield from _names(match["names"])


def _of_it(sentence: str) -> Iterator[str]:
    match = _SUBJECT_IT.search(sentence)
    if match:
        yield from _names(match["names"])


def _names(text: str) -> Iterator[str]:
    for piece in re.split(r"\s*[,;]\s*(?:or |and |o |y )?|\s+(?:or|o)\s+|\s+and\s+(?=[A-Z]{2,}\b)", text):
        name = re.sub(r"^(?:the|an?|simply|just|el|la)\s+", "", piece.strip(" “”\"'‘’.,"))
        if name and len(name.split()) <= _MOST_WORDS and not _NO_NAME.search(name):
            yield name.strip()
