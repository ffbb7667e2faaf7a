"""What a section is, where it is no plain text: its usual heading, and questions as lines. Pure."""

import html
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import markup
from articles.content import FIGURE, GLANCE, HELP, INSTITUTIONAL, MEDICAL, QUESTIONS, STORY, SectionContent

LABELS = {
    "": gettext_lazy("Text"),
    GLANCE[0]: gettext_lazy("At a glance: what it is"),
    GLANCE[1]: gettext_lazy("At a glance: how common it is"),
    GLANCE[2]: gettext_lazy("At a glance: main symptoms"),
    GLANCE[3]: gettext_lazy("At a glance: what to do now"),
    HELP[0]: gettext_lazy("When to get help: emergency"),
    HELP[1]: gettext_lazy("When to get help: urgent"),
    HELP[2]: gettext_lazy("When to get help: not urgent"),
    QUESTIONS: gettext_lazy("Questions to ask the doctor"),
    FIGURE: gettext_lazy("Figure"),
    STORY: gettext_lazy("Patient story"),
}
_BULLET = re.compile(r"^\s*(?:[-*•–·]|\d{1,2}[.)])\s+")


def name_of(section: SectionContent) -> str:
    """What to call a section that need not have a heading, as a figure need not."""
    return section.heading or (str(LABELS[section.form]) if section.form else _("A part without a heading"))


def block_of(section: SectionContent) -> str:
    """What it is in words, where it is no plain text and its name does not say so already."""
    block = str(LABELS[section.form]) if section.form else ""
    return "" if block == section.heading or not section.heading else block


def usual_heading(form: str) -> str:
    """The heading of such a section where nobody wrote another; empty where only a person can know it."""
    headings = {
        GLANCE[0]: _("What it is"),
        GLANCE[1]: _("How common it is"),
        GLANCE[2]: _("Main symptoms"),
        GLANCE[3]: _("What to do now"),
        HELP[0]: _("Call 911 or go to an emergency room now if:"),
        HELP[1]: _("Call your care team today if:"),
        HELP[2]: _("Tell your care team at your next visit if:"),
        QUESTIONS: _("Questions to ask your doctor"),
        STORY: _("Patient story"),
    }
    return headings.get(form, "")


def kind_of(form: str, wanted: str) -> str:
    """Medical or institutional, where the form leaves no choice; else as wanted."""
    if form == STORY:
        return INSTITUTIONAL
    return MEDICAL if form in (*GLANCE, *HELP, QUESTIONS) else wanted


def body_of_questions(typed: str, before: str = "") -> str:
    """Questions as typed, one a line, as the body of their section; `before` to the letter where they read the same."""
    lines = _lines(typed)
    if lines == _lines(questions_of(before)):
        return before
    return f"<ul>{''.join(f'<li>{html.escape(line, quote=False)}</li>' for line in lines)}</ul>" if lines else ""


def questions_of(body: str) -> str:
    """The questions of a body, one a line."""
    return markup.text(body)


def _lines(typed: str) -> list[str]:
    return [line for one in typed.splitlines() if (line := " ".join(_BULLET.sub("", one).split()))]
