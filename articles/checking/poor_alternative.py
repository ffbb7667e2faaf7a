"""A picture is put into a sentence or two: no file name, and no "image of", which every listener hears anyway.
WCAG 2.2, success criterion 1.1.1 (Non-text Content), failure F30 (names of files in the place of pictures)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from articles.checking.finding import Finding, Severity, name_of_figure
from articles.content import FIGURE, Content

LONG = 250  # characters; more belongs into the caption or the text
_FILE = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|heic|tiff?|bmp)|(?:img|dsc|pxl|scan|screenshot)[\s_-]*\d+", re.I
)
_SAYS_SO = re.compile(
    r"(?:an?\s+|the\s+|this\s+)?(?:image|picture|photo|photograph|graphic)\s+(?:of|showing|shows)\b", re.I
)


def find(content: Content) -> Iterator[Finding]:
    """Speak on a text in the place of a picture that does not help."""
    for section in content.sections:
        if section.form != FIGURE:
            continue
        alt = " ".join(section.alt.split())
        if why := why_not(alt):
            message = f"{name_of_figure(section)}: {why}"
            yield Finding("poor_alternative", Severity.WARNING, section.anchor, message)
        elif len(alt) > LONG:
            message = _("%(figure)s: the words for the picture are %(count)d characters long. Say it in %(most)d.")
            message = message % {"figure": name_of_figure(section), "count": len(alt), "most": LONG}
            yield Finding("poor_alternative", Severity.HINT, section.anchor, message)


def why_not(alt: str) -> str:
    """Why these words can not stand in the place of a picture; "" where they can."""
    alt = alt.strip()
    if _FILE.fullmatch(alt):
        return _("This is the name of a file. Say what there is to see in the picture.")
    if _SAYS_SO.match(alt):
        return _("Leave out “image of”, which listeners hear anyway. Begin with what there is to see.")
    return ""
