"""Words of a web page that are not of the article: navigation, buttons, copyright."""

import re

_WHOLE = re.compile(
    r"(?:skip to (?:main )?(?:content|navigation)|jump (?:menu|to(?: section)?|to content)|(?:back|return) to top"
    r"|menu|search|close"
    r"|share(?: this(?: page| article)?)?(?: on (?:facebook|twitter|x|linkedin|email))?|bookmark and share"
    r"|print(?: this)?(?: page)?"
    r"|e-?mail(?: this)?(?: page)?|(?:facebook|twitter|linkedin|pinterest|instagram|youtube|reddit)(?:[\s"
    r"|,/•·]+(?:facebook|twitter"
    r"|linkedin|pinterest|instagram|youtube|reddit|email|print))*|download(?: as)? pdf|save|listen|advertisement"
    r"|sponsored"
    r"|read more|learn more|show more|see all|view all|log ?in|sign (?:in|up)|donate(?: now)?|subscribe|español"
    r"|english|home"
    r"|(?:request|make|schedule|book) (?:an? )?(?:appointment|consultation)(?: online)?|find a (?:doctor|location"
    r"|provider)"
    r"|(?:on|in) this page|table of contents|contents|go to health professional version"
    r"|ir a la versión para profesionales"
    r"|was this (?:page|article|information) helpful\??(?: yes(?: no)?)?)[:.…»>→]*",
    re.I,
)
_BREADCRUMB = re.compile(r"(?:home|inicio)\s*(?:[>›»/|→]\s*[^>›»/|→]{1,60})+", re.I)
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\s*.{0,200}", re.I)


def is_chrome(text: str) -> bool:
    """Whether a line is nothing but site furniture. Sure cases only: anything else is the article's."""
    return any(pattern.fullmatch(text) for pattern in (_WHOLE, _BREADCRUMB, _COPYRIGHT))
