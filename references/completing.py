"""A record of the library completed from Crossref or PubMed: empty fields are filled in the form, nothing is saved."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from references import identifiers, lookups
from references.models import Source
from references.rows import NAMES, names_of, record_of

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Source]
else:
    _ModelAdmin = object


class Completing(_ModelAdmin):
    """The button *Look it up* of SourceAdmin. The form refuses to save while it is pressed."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        extra = {**(extra_context or {}), "can_look_up": lookups.is_on()}
        pressed = request.method == "POST" and "_look_up" in request.POST
        if not pressed or not self._may(request, object_id):
            return super().changeform_view(request, object_id, form_url, extra)
        _complete(request)
        answer = super().changeform_view(request, object_id, form_url, extra)
        form = getattr(answer, "context_data", {}).get("adminform")
        if form and set(form.form.errors) == {"__all__"}:
            answer.context_data["errors"] = None  # type: ignore[attr-defined]  # nothing is wrong, it is only not saved
        return answer

    def _may(self, request: HttpRequest, object_id: str | None) -> bool:
        return self.has_change_permission(request) if object_id else self.has_add_permission(request)


def _complete(request: HttpRequest) -> None:
    """Put what the service knows into the empty fields of what was sent."""
    sent = request.POST.copy()
    typed = record_of({name: sent.get(name, "") for name in NAMES}, kinds=set(Source.Kind.values))
    doi, pmid = identifiers.normalize_doi(typed.doi), identifiers.normalize_pmid(typed.pmid)
    (known,) = lookups.look_up([replace(typed, doi=doi, pmid=pmid)])
    for sentence in known.said:
        messages.warning(request, sentence)
    if known.record is None:
        return
    record, names = lookups.filled(typed, known.record)
    for name in ("kind", *names):
        value = getattr(record, name)
        sent[name] = "\n".join(value) if name == "authors" else value
    request.POST = sent  # type: ignore[assignment]  # a QueryDict, as it was
    filled = _("Filled in from %(service)s: %(fields)s. Nothing is saved yet: look it through, then save.")
    nothing = _("%(service)s knows nothing that would fill an empty field. Nothing is saved yet.")
    messages.info(request, (filled if names else nothing) % {"service": known.service, "fields": names_of(names)})
