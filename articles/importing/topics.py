"""What a stretch of a patient page is about: known headings, and cues in sentences. English and Spanish."""

import re
from dataclasses import dataclass
from itertools import islice

from articles.markup import sentences


@dataclass(frozen=True, slots=True)
class Topic:
    """`key` becomes the anchor; `{name}` in a heading is the condition's name."""

    key: str
    role: str
    heading: dict[str, str]
    known: re.Pattern[str]
    cues: tuple[tuple[re.Pattern[str], int], ...]


def _topic(key: str, role: str, en: str, es: str, known: str, cues: dict[str, int]) -> Topic:
    compiled = tuple((re.compile(rf"\b(?:{cue})", re.I), weight) for cue, weight in cues.items())
    return Topic(key, role, {"en": en, "es": es}, re.compile(rf"(?:{known})\b", re.I), compiled)


_KIND = (
    r"(?:cancer|leukemia|lymphoma|tumou?r|disease|disorder|condition|illness|syndrome|infection|type|kind|form|group"
    r"|cáncer|leucemia|enfermedad|trastorno|afección|tipo)"
)
TOPICS = (
    _topic(
        "what-is",
        "overview",
        "What is {name}?",
        "¿Qué es {name}?",
        r"what (?:is|are)|overview|about|general information|definition|understanding|¿?qué (?:es|son)|generalidades",
        {
            rf"(?:is|are|es|son) (?:an?|the|one|una?|el|la)\b(?: [\w-]+){{0,4}} {_KIND}s?\b": 3,
            r"(?:begins?|starts?|develops?|comienza|empieza) (?:in|when|with|en|cuando)": 2,
            r"(?:happens?|occurs?) when": 2,
            r"(?:also )?(?:known as|called)\b": 1,
            r"is not (?:cancer|contagious)": 1,
        },
    ),
    _topic(
        "how-common",
        "statistics",
        "How common is {name}?",
        "¿Qué tan frecuente es {name}?",
        r"how (?:common|many)|who gets|statistics|key statistics|incidence|¿?(?:qué tan|cuán) (?:común|frecuente)",
        {
            r"new cases": 3,
            r"lifetime risk|over a lifetime": 3,
            r"casos nuevos": 3,
            r"(?:people|adults|children|americans|men|women)\b.{0,60}\b(?:are|were|will be)\b.{0,25}\bdiagnosed": 3,
            r"diagnosed\b.{0,40}\b(?:each|every|per) year|each year in the (?:U|united)": 3,
            r"accounts? for|accounting for": 2,
            r"most (?:common(?:ly)?|often) (?:in|among|diagnosed|found|occurs)|more common in": 2,
            r"rare\b": 1,
            r"(?:one|1|about 1) (?:in|out of) (?:every )?[\d,]+": 2,
            r"average age|median age": 2,
        },
    ),
    _topic(
        "causes",
        "causes",
        "Causes and risk factors of {name}",
        "Causas y factores de riesgo de {name}",
        r"(?:possible )?(?:causes?|risk factors?|risks?)\b|what causes|who is at risk|causas|factores de riesgo"
        r"|genetic changes|is .{2,60} inherited",
        {
            r"risk factors?|factores? de riesgo": 3,
            r"causes? of\b|is caused by|are caused by": 2,
            r"exact cause": 3,
            r"(?:raise|increase|higher|greater|at) (?:your |the |a person’s |their )?(?:the )?risk": 2,
            r"inherited|hereditary|passed (?:down|from)": 2,
            r"(?:gene(?:tic)?|DNA) (?:changes?|mutations?)": 2,
            r"exposure to": 2,
            r"smoking|benzene": 1,
            r"causas?\b": 2,
        },
    ),
    _topic(
        "prevention",
        "prevention",
        "Lowering the risk of {name}",
        "Prevención de {name}",
        r"prevent\w*|how to prevent|reducing .{0,20}risk|lowering .{0,20}risk|prevención",
        {r"prevent(?:ed|ing|ion)?\b": 2, r"(?:lower|reduce|decrease)s? (?:your|the|their) (?:risk|chance)": 3},
    ),
    _topic(
        "symptoms",
        "symptoms",
        "Symptoms of {name}",
        "Síntomas de {name}",
        r"(?:common |early |signs and |what are the )*(?:signs?|symptoms?)\b|síntomas|signos",
        {
            r"(?:signs? (?:and|or) )?symptoms?\b|síntomas?\b": 3,
            r"warning signs?": 2,
            r"(?:night sweats|fever|bruis|fatigue|tired|nosebleeds?|weight loss|fiebre|cansancio)": 1,
            r"(?:may|might|can|often) (?:feel|notice|experience|have)\b": 1,
        },
    ),
    _topic(
        "diagnosis",
        "diagnosis",
        "Diagnosing {name}",
        "Diagnóstico de {name}",
        r"(?:how is .{2,60} )?(?:diagnos\w+|screening|tests? (?:for|and|used))\b|how .{2,60} (?:is|are) (?:found"
        r"|diagnosed)"
        r"|exams? and tests?|how to diagnose|diagnóstico|pruebas",
        {
            r"(?:is|are|be) diagnosed (?:using|with an? |with blood|with tests|by|when|through|based)": 3,
            r"to (?:diagnose|look for|find)\b": 2,
            r"biops(?:y|ies)\b|biopsia": 2,
            r"blood (?:test|count)s?": 2,
            r"physical exam": 2,
            r"imaging|CT scan|MRI": 2,
            r"lumbar puncture": 2,
            r"diagnosis\b": 1,
            r"tests?\b|pruebas?\b": 1,
            r"examine": 1,
        },
    ),
    _topic(
        "staging",
        "staging",
        "Subtypes and staging",
        "Subtipos y estadios",
        r"(?:sub)?types?\b.{0,60}|stag(?:es?|ing)\b|phases?\b|grades?\b|classification|(?:sub)?tipos|estadios|etapas",
        {
            r"stag(?:e|es|ed|ing)\b": 3,
            r"subtypes?\b": 2,
            r"risk groups?": 2,
            r"classified": 2,
            r"types? of\b": 1,
            r"grade\b": 1,
            r"estadios?\b|etapas?\b": 3,
        },
    ),
    _topic(
        "treatment",
        "treatment",
        "Treatment for {name}",
        "Tratamiento de {name}",
        r"(?:how is .{2,60} )?treat\w*|therap(?:y|ies)\b|what are the treatments|management|tratamientos?"
        r"|medications?",
        {
            r"treat(?:ment|ments|ed|ing)?\b|tratamientos?\b": 2,
            r"chemo(?:therapy)?\b|quimioterapia": 2,
            r"(?:targeted|radiation|immuno)[ -]?therapy|immunotherapy": 2,
            r"transplant": 2,
            r"surgery\b": 1,
            r"remission\b": 1,
            r"medicines?\b|drugs?\b": 1,
            r"radioterapia|inmunoterapia|trasplante": 2,
        },
    ),
    _topic(
        "clinical-trials",
        "trials",
        "Clinical trials for {name}",
        "Ensayos clínicos de {name}",
        r"clinical trials?\b|research|ensayos clínicos|what research",
        {r"clinical trials?\b": 3, r"research stud(?:y|ies)": 2, r"ensayos? clínicos?": 3},
    ),
    _topic(
        "outlook",
        "outlook",
        "Outlook for people with {name}",
        "Pronóstico de {name}",
        r"outlook|prognosis|survival|life expectancy|pronóstico|what is the outlook",
        {r"surviv(?:al|e|ed)": 3, r"outlook\b|prognosis\b|pronóstico": 3, r"cure[ds]?\b": 2, r"life expectancy": 3},
    ),
    _topic(
        "living-with",
        "living",
        "Living with {name}",
        "Vivir con {name}",
        r"living with|coping|life (?:after|with)|follow[- ]up|survivorship|what to expect|recovery|self-care"
        r"|vivir con",
        {
            r"follow-?up (?:care|visits?|appointments?)": 3,
            r"check-?ups?\b": 2,
            r"cop(?:e|ing)\b": 2,
            r"support groups?": 3,
            r"fertility": 1,
            r"side effects?": 1,
            r"daily life|quality of life": 2,
        },
    ),
    _topic(
        "when-to-call",
        "call",
        "When to call your care team",
        "Cuándo llamar a su equipo médico",
        r"when to (?:call|see|get|seek|contact)|call your (?:doctor|care team)|emergency|cuándo (?:llamar|consultar)",
        {
            r"call (?:your|the|us|911|a doctor)|llame\b": 3,
            r"right away|immediately": 1,
            r"emergency room": 2,
            r"(?:see|contact|tell|talk (?:to|with)) your (?:doctor|health ?care provider|care team)": 1,
        },
    ),
)
BY_KEY = {topic.key: topic for topic in TOPICS}
_REFERENCES = re.compile(
    r"(?:(?:selected|key|list of|cited|additional|medical) )?(?:references?(?: list| cited)?|sources?|works cited"
    r"|citations?|bibliography"
    r"|literature cited|resources cited|sources? and references?|references? and sources?|article sources|end ?notes"
    r"|referencias(?: bibliográficas)?|bibliografía|fuentes(?: consultadas)?)\s*:?",
    re.I,
)
_LAST_WORD = re.compile(
    r"\b(symptoms|causes|risk factors|treatments?|diagnosis|stages|staging|(?:sub)?types|prognosis|outlook|prevention"
    r"|síntomas|causas|tratamientos?|diagnóstico|pronóstico)\s*\?*$",
    re.I,
)
_ENOUGH, _SENTENCES, _FIRST_WORDS = 2, 12, 30


def is_references_heading(text: str) -> bool:
    """References, Sources, Works cited and their like, alone on a line."""
    return bool(_REFERENCES.fullmatch(re.sub(r"^#+\s*|\s*#*$|^[*_]+|[*_]+$", "", text.strip())))


def of_heading(heading: str) -> Topic | None:
    """The topic a printed heading announces: `Symptoms of …`, `Hodgkin lymphoma symptoms`."""
    last = _LAST_WORD.search(heading)
    tried = [heading.strip(), *([last[1]] if last else [])]
    return next((topic for text in tried for topic in TOPICS if topic.known.match(text)), None)


def of_paragraph(text: str) -> Topic | None:
    """The topic a paragraph is about, None where nothing speaks clearly. Its first sentence counts twice."""
    scores: dict[str, int] = {}
    for place, sentence in enumerate(islice(sentences(text), _SENTENCES)):
        for topic in TOPICS:
            found = sum(_weighed(cue.search(sentence), weight) for cue, weight in topic.cues)
            scores[topic.key] = scores.get(topic.key, 0) + found * (1 if place else 2)
    best = max(scores, key=lambda key: scores[key], default="")
    return BY_KEY[best] if best and scores[best] >= _ENOUGH * 2 else None


def _weighed(found: re.Match[str] | None, weight: int) -> int:
    """A cue among the first words is what the sentence is about, and counts one more."""
    return 0 if found is None else weight + (found.start() < _FIRST_WORDS)
