"""Which printed headings open a block of the house and not of medicine. Sure cases only: the rest is reviewed."""

import re

_STORIES = re.compile(
    r"(?:[\w’'-]+ ){0,5}(?:patient|survivor|success|caregiver|family)s?[’']? (?:stories|story|voices|testimonials"
    r"|experiences)"
    r"|(?:stories|voices) (?:of|from) (?:our )?(?:patients|survivors).{0,40}|testimonials|historias de pacientes",
    re.I,
)
_OURS = (
    r"(?:expertise|team|doctors|physicians|experts|specialists|providers|program(?:me)?s?|services|approach|center"
    r"|clinic|locations?"
    r"|facilities|hospitals?|research|technology|difference|commitment|care team|faculty|nurses|awards|recognition)"
)
_EXPERTISE = re.compile(
    rf"(?:meet |about )?our (?:[\w’'-]+ ){{0,6}}{_OURS}|(?:[\w’'-]+ ){{0,5}}(?:program|center|clinic) highlights"
    r"|why (?:choose|come to|trust) .{2,80}|(?:what|how) sets us apart|what makes us (?:different|unique)"
    r"|awards and recognition"
    r"|about (?:us|our .{2,60})|(?:[\w’'-]+ ){1,6}at (?:[A-Z][\w’'-]+ (?:of )?){1,5}(?:Hospital|Clinic|Center|Hope"
    r"|Institute|Health)"
    r"|por qué elegirnos|nuestr[oa]s? (?:equipo|experiencia|programa|médicos|especialistas)(?: [\w’'-]+){0,5}",
    re.I,
)
_VISIT = re.compile(
    r"(?:make|request|schedule|book) (?:an? )?(?:appointment|consultation|second opinion|visit)(?: .{0,60})?"
    r"|(?:contact|call|visit) us(?: today| now)?|find a (?:doctor|location|provider|specialist)(?: .{0,40})?"
    r"|(?:our )?locations"
    r"|talk (?:to|with) (?:our|the) (?:team|experts|specialists|doctors)(?: .{0,40})?|refer a patient"
    r"|become a patient|(?:insurance|billing)(?: and billing)?(?: information)?|support our .{2,60}"
    r"|donate|ways to give",
    re.I,
)
_RELATED = re.compile(
    r"related (?:articles?|pages?|content|topics?|links|stories|information|news)|you may also like|in the news"
    r"|latest news"
    r"|(?:featured|recent) (?:articles|stories|news)|about this page|disclaimer|editorial policy"
    r"|artículos relacionados",
    re.I,
)
_KINDS = (
    ("patient-stories", "related", _STORIES),
    ("expertise", "organisation", _EXPERTISE),
    ("appointments", "organisation", _VISIT),
    ("related", "related", _RELATED),
)


def of_heading(heading: str) -> tuple[str, str] | None:
    """Anchor and role of an institutional block, None for a medical heading."""
    bare = heading.strip().rstrip(":")
    return next(((anchor, role) for anchor, role, pattern in _KINDS if pattern.fullmatch(bare)), None)
