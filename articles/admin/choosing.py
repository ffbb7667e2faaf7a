"""A source as somebody sees it who is about to cite it: what it is, how old it is, how it stands."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.admin import labels
from articles.models import cited_source
from references.formatting import ama
from references.health import State
from references.models import Retraction, Source

_STANDS = {
    State.FAILING: gettext_lazy("Its page did not answer when we last looked."),
    State.DEAD: gettext_lazy("Its page is gone."),
    State.RETIRED: gettext_lazy("Its site was shut down."),
    State.BLOCKED: gettext_lazy("Its page does not let us look whether it is still there."),
    State.PAYWALLED: gettext_lazy("It is behind a paywall."),
    State.RETRACTED: gettext_lazy("This source has been retracted."),
}


def described(source: Source) -> dict[str, Any]:
    """What the dialog shows of a source, and the name that its mark gets in the text."""
    return {
        "key": source.key,
        "label": labels.of_source(source),
        "reference": ama(cited_source(source), html=False),
        "facts": ", ".join(filter(None, (source.get_kind_display(), source.published[:4], _age(source)))),
        "warnings": _warnings(source),
        "retracted": source.health == State.RETRACTED,
    }


def _age(source: Source) -> str:
    year = source.published[:4]
    years = timezone.localdate().year - int(year) if year.isdecimal() else 0
    return ngettext("one year old", "%(years)d years old", years) % {"years": years} if years > 0 else ""


def _warnings(source: Source) -> list[str]:
    """What speaks against leaning on it, in words."""
    said: list[str] = []
    if State(source.health) in _STANDS:
        said.append(str(_STANDS[State(source.health)]))
    if newer := source.successor():
        said.append(_("Superseded by: %(newer)s.") % {"newer": newer})
    if source.notice == Retraction.Nature.CONCERN:
        said.append(_("Its publisher expressed concern about it."))
    elif source.notice == Retraction.Nature.CORRECTION:
        said.append(_("Its publisher corrected it."))
    return said
