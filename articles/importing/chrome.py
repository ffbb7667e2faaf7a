"""Words of a web page that are not of the article: navigation, buttons, copyright. Sure cases only."""

import re

_NETWORK = r"(?:facebook|twitter|linkedin|pinterest|instagram|youtube|reddit|e-?mail|print)"
_PHRASES = (
    r"skip to (?:main )?(?:content|navigation)",
    r"jump (?:menu|to(?: section)?|to content)",
    r"(?:back|return) to top",
    r"menu|search|close|save|listen|home|log ?in|sign (?:in|up)|subscribe|sponsored|advertisement|español|english",
    r"share(?: this(?: page| article)?)?(?: on \w+)?|bookmark and share",
    r"print(?: this)?(?: page)?|e-?mail(?: this)?(?: page)?|download(?: as)? pdf",
    rf"{_NETWORK}(?:[\s|,/•·]+{_NETWORK})*",
    r"(?:read|learn|show) more|(?:see|view) all|donate(?: now)?",
    r"(?:on|in) this page|(?:table of )?contents",
    r"go to health professional version|ir a la versión para profesionales",
    r"\d+[- ]min(?:ute)?s? read",
    r"was this (?:page|article|information) helpful\??(?: yes(?: no)?)?",
)
_WHOLE = re.compile(rf"(?:{'|'.join(_PHRASES)})[:.…»>→]*", re.I)
_BREADCRUMB = re.compile(r"(?:home|inicio)\s*(?:[>›»/|→]\s*[^>›»/|→]{1,60})+", re.I)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*.{0,200}", re.I)
_CALL = re.compile(
    r"(?:request|make|schedule|book) (?:an? )?(?:appointment|consultation)(?: online)?"
    r"|find a (?:doctor|location|provider)|refer a patient|(?:call|contact) us(?: today| now)?",
    re.I,
)


def is_chrome(text: str) -> bool:
    """Whether a line is nothing but site furniture."""
    return any(pattern.fullmatch(text) for pattern in (_WHOLE, _BREADCRUMB, _COPYRIGHT))


def is_call(text: str) -> bool:
    """A button such as `Request an appointment`; with text under it, it is a heading."""
    return bool(_CALL.fullmatch(text))
