"""Sources come in from a paste or a file: what was found is shown first, to tick and mend, then it is filed."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from references import adding, lookups, pasting
from references.formatting import ama
from references.models import Likeness, Source
from references.models.likeness import resembling
from references.reading import files
from references.reading.records import Problem, Reading, Refused
from references.rows import LISTED, Row, Rows, from_token, in_order, looked_up, mended, to_token, typed

if TYPE_CHECKING:
    Desk = admin.ModelAdmin[Source]
else:
    Desk = admin.ModelAdmin

TEMPLATE = "admin/references/source/import.html"
TOKEN_LIMIT = 2_000_000  # characters; Django takes no longer form
KEPT = 200_000  # characters of what was not understood


class UploadForm(forms.Form):
    """Whatever names sources, pasted or in a file; what it is, is found out."""

    text = forms.CharField(
        label=gettext_lazy("Paste anything"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "paste"}),
        help_text=gettext_lazy(
            "DOIs, PMIDs, web addresses, references in AMA, Vancouver or APA style, a whole list of all of these, or"
            " the content of a RIS, NBIB (PubMed), BibTeX or CSL-JSON file."
        ),
        strip=False,
    )
    file = forms.FileField(
        label=gettext_lazy("or choose a file"),
        required=False,
        help_text=gettext_lazy("RIS, NBIB (PubMed), BibTeX, CSL-JSON or text, up to 5 MB and 10,000 records."),
    )
    reading: Reading

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        file, text = data.get("file"), data.get("text") or ""
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("Choose a file or paste a text, one of the two."), code="one")
        try:
            self.reading = files.read(file.read(files.SIZE + 1), file.name) if file else pasting.read(text)
        except Refused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        return data


def urls(desk: Desk) -> list[URLPattern]:
    """Addresses below the list of sources."""
    guard = desk.admin_site.admin_view
    return [
        path("import/", guard(partial(offer, desk)), name="references_source_import"),
        path("import/more/", guard(partial(more, desk)), name="references_source_import_more"),
        path("import/file/", guard(partial(file, desk)), name="references_source_import_file"),
    ]


def offer(desk: Desk, request: HttpRequest) -> HttpResponse:
    """The form; a POST shows what was found, or why the file cannot be read."""
    if not desk.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    context = shown([Row(one) for one in form.reading.found], form.reading) if form.is_valid() else {}
    return _page(desk, request, {"form": form, **context})


def more(desk: Desk, request: HttpRequest) -> HttpResponse:
    """Look up what is missing, or read what was not understood once more; all that was typed stays."""
    if (carried := _carried(desk, request)) is None:
        return redirect("admin:references_source_import")
    rows, left = typed(carried, Rows(request.POST)), request.POST.get("left", "")
    reading = Reading("", problems=(Problem(1, _("This was not understood yet."), left),) if left.strip() else ())
    if "look_up" in request.POST:
        rows = looked_up(rows)
    elif left.strip():
        try:
            reading = pasting.read(left)
        except Refused as refusal:
            messages.error(request, str(refusal))
    return _page(desk, request, shown([*rows, *map(Row, reading.found)], reading))


def file(desk: Desk, request: HttpRequest) -> HttpResponse:
    """File the ticked records, as mended. What was not understood goes back into the box."""
    if (found := _carried(desk, request)) is None:
        return redirect("admin:references_source_import")
    rows, left = Rows(request.POST), request.POST.get("left", "")
    if not rows.is_valid() or len(rows.forms) != min(len(found), LISTED):
        problems = (Problem(1, _("This was not understood yet."), left),) if left.strip() else ()
        return _page(desk, request, shown([Row(one) for one in found], Reading("", problems=problems), rows))
    with transaction.atomic():
        filed = adding.add(Reading("", mended(found, rows)))
        made = [source for _found, source in filed.made]
        LogEntry.objects.log_actions(str(request.user.pk), made, ADDITION, [{"added": {}}])
    messages.success(request, _said(filed))
    if alike := Likeness.objects.unanswered().filter(other__in=made).values("other").distinct().count():
        link = f"{reverse('admin:references_source_changelist')}?alike=yes"
        said = ngettext(
            "%(count)d of them looks like a work that the library has already.",
            "%(count)d of them look like works that the library has already.",
            alike,
        )
        messages.warning(request, format_html('{} <a href="{}">{}</a>', said % {"count": alike}, link, _("See which")))
    if left.strip():
        messages.warning(request, _("What was not understood is still here, to be mended."))
        return _page(desk, request, {"form": UploadForm(initial={"text": left})})
    return redirect("admin:references_source_changelist")


def shown(rows: Sequence[Row], reading: Reading, forms: Any = None) -> dict[str, Any]:
    """What the template shows: new records with their rows, known ones, problems, and what carries them on.

    `forms` are the rows as they were sent, with their errors.
    """
    by_found = {id(row.found): row for row in rows}
    filed = adding.plan(Reading("", tuple(row.found for row in rows)))
    fresh = in_order([found for found, _source in filed.made])
    unseen = [one for one in fresh[LISTED:] if one.record.is_bare]
    fresh = [one for one in fresh if one not in unseen] if unseen else fresh
    problems = (
        *reading.problems,
        *(Problem(one.line, _("Too many at once; read it again."), one.raw) for one in unseen),
    )
    listed = [by_found[id(one)] for one in fresh[:LISTED]]
    alike = _alike({id(found): source for found, source in filed.made}, listed)
    if forms is None or len(forms.forms) != len(listed):
        forms = Rows(initial=[row.initial for row in listed])
    token, left = to_token(fresh), "\n\n".join(problem.text for problem in problems if problem.text)
    return {
        "reading": reading,
        "rows": forms,
        "listed": [
            (form, row, ama(row.found.record, html=False), alike.get(id(row.found), ()))
            for form, row in zip(forms, listed, strict=True)
        ],
        "more": max(0, len(fresh) - LISTED),
        "known": filed.known,
        "problems": problems,
        "left": left if len(left) <= KEPT else "",
        "can_look_up": lookups.is_on() and any(row.is_thin for row in listed),
        "token": token if len(token) <= TOKEN_LIMIT else "",
    }


def _alike(made: dict[int, Source], rows: Sequence[Row]) -> dict[int, list[Source]]:
    """Records of the library that look like a work with a row of its own. Two queries."""
    works = {id(made[id(row.found)]): id(row.found) for row in rows if not row.found.record.is_bare}
    sources = [made[found] for found in works.values()]
    found: dict[int, set[int]] = {}
    for source, pk in resembling(sources, Source.objects.unmerged()):
        found.setdefault(works[id(source)], set()).add(pk)
    known = Source.objects.in_bulk({pk for keys in found.values() for pk in keys})
    return {work: [known[pk] for pk in sorted(keys)] for work, keys in found.items()}


def _carried(desk: Desk, request: HttpRequest) -> Any:
    """The records of the step before; None, and a message, where they did not come through."""
    if request.method != "POST" or not desk.has_add_permission(request):
        raise PermissionDenied
    try:
        return from_token(request.POST.get("token", ""))
    except signing.BadSignature:
        messages.error(request, _("This list is too old or was damaged. Paste it or choose the file again."))
        return None


def _page(desk: Desk, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    frame = {**desk.admin_site.each_context(request), "opts": desk.opts, "title": _("Paste or import sources")}
    return render(request, TEMPLATE, {**frame, **context})


def _said(filed: adding.Filed) -> str:
    count, known = len(filed.made), len(filed.known)
    made = ngettext("%(count)d source was filed.", "%(count)d sources were filed.", count) % {"count": count}
    there = ngettext("%(count)d is in the library already.", "%(count)d are in the library already.", known) % {
        "count": known
    }
    return f"{made} {there}" if known else made
