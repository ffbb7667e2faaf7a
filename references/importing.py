"""Sources come in from a file in two steps: what was found is shown first, to tick and mend, then it is filed."""

from dataclasses import asdict, replace
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
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from references import adding
from references.formatting import ama
from references.models import Source
from references.reading import files
from references.reading.records import Found, Reading, Record, Refused

if TYPE_CHECKING:
    Desk = admin.ModelAdmin[Source]
else:
    Desk = admin.ModelAdmin

TEMPLATE = "admin/references/source/import.html"
LISTED = 500  # records with a row of their own on the screen
TOKEN_LIMIT = 2_000_000  # characters; Django takes no longer form
DAY = 24 * 3600  # seconds


class UploadForm(forms.Form):
    """A file or a pasted text, whose format is found out."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("RIS, NBIB (PubMed), BibTeX or CSL-JSON, up to 5 MB and 10,000 records."),
    )
    text = forms.CharField(
        label=gettext_lazy("or paste the text"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy("One of these formats, or a list of references as it is printed."),
        strip=False,
    )
    reading: Reading

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        file, text = data.get("file"), data.get("text") or ""
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("Choose a file or paste a text, one of the two."), code="one")
        name = file.name if file else _("pasted text")
        try:
            self.reading = files.read(file.read(files.SIZE + 1) if file else text.encode(), name)
        except Refused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        return data


class RowForm(forms.Form):
    """One record that was found: whether to file it, and what a person can see at a glance to be wrong."""

    take = forms.BooleanField(label=gettext_lazy("File it"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Source.Kind.choices)
    title = forms.CharField(
        label=gettext_lazy("Title"), max_length=600, widget=forms.TextInput(attrs={"class": "vTextField"})
    )


Rows: Any = forms.formset_factory(RowForm, extra=0, max_num=LISTED, absolute_max=LISTED)


def urls(desk: Desk) -> list[URLPattern]:
    """Addresses below the list of sources."""
    guard = desk.admin_site.admin_view
    return [
        path("import/", guard(partial(offer, desk)), name="references_source_import"),
        path("import/file/", guard(partial(file, desk)), name="references_source_import_file"),
    ]


def offer(desk: Desk, request: HttpRequest) -> HttpResponse:
    """The form; a POST shows what was found, or why the file cannot be read."""
    if not desk.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    context = shown(form.reading) if form.is_valid() else {}
    return _page(desk, request, {"form": form, **context})


def file(desk: Desk, request: HttpRequest) -> HttpResponse:
    """File the ticked records, as mended."""
    if request.method != "POST" or not desk.has_add_permission(request):
        raise PermissionDenied
    try:
        found = from_token(request.POST.get("token", ""))
    except signing.BadSignature:
        messages.error(request, _("This upload is too old or was damaged. Choose the file again."))
        return redirect("admin:references_source_import")
    rows = Rows(request.POST)
    if not rows.is_valid() or len(rows.forms) != min(len(found), LISTED):
        return _page(desk, request, shown(Reading("", found), rows))
    with transaction.atomic():
        filed = adding.add(Reading("", mended(found, rows)))
        made = [source for _found, source in filed.made]
        LogEntry.objects.log_actions(str(request.user.pk), made, ADDITION, [{"added": {}}])
    messages.success(request, _said(filed))
    return redirect("admin:references_source_changelist")


def shown(reading: Reading, rows: Any = None) -> dict[str, Any]:
    """What the template shows of a file: new records with their rows, known ones, problems, and the token."""
    filed = adding.plan(reading)
    fresh = tuple(found for found, _source in filed.made)
    token = to_token(fresh)
    initial = [{"take": True, "kind": one.record.kind, "title": one.record.title} for one in fresh[:LISTED]]
    if rows is None or len(rows.forms) != len(initial):
        rows = Rows(initial=initial)
    return {
        "reading": reading,
        "rows": rows,
        "listed": [(row, one.line, ama(one.record, html=False)) for row, one in zip(rows, fresh, strict=False)],
        "more": max(0, len(fresh) - LISTED),
        "known": filed.known,
        "problems": filed.problems,
        "token": token if len(token) <= TOKEN_LIMIT else "",
    }


def to_token(found: tuple[Found, ...]) -> str:
    """Carries records from the first step to the second; nothing is stored of a file that nobody files."""
    values = [[one.line, {name: value for name, value in asdict(one.record).items() if value}] for one in found]
    return signing.dumps(values, salt=TEMPLATE, compress=True)


def from_token(token: str) -> tuple[Found, ...]:
    """Raises signing.BadSignature for a token that is not ours or a day old."""
    values = signing.loads(token, salt=TEMPLATE, max_age=DAY)
    return tuple(
        Found(line, Record(**{**record, "authors": tuple(record.get("authors", ()))})) for line, record in values
    )


def mended(found: tuple[Found, ...], rows: Any) -> tuple[Found, ...]:
    """The records that stay ticked, with title and kind as they were mended; and those that had no row."""
    pairs = zip(found, (row.cleaned_data for row in rows), strict=False)
    ticked = (
        replace(one, record=replace(one.record, title=data["title"], kind=data["kind"]))
        for one, data in pairs
        if data["take"]
    )
    return (*ticked, *found[LISTED:])


def _page(desk: Desk, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    frame = {**desk.admin_site.each_context(request), "opts": desk.opts, "title": _("Import sources")}
    return render(request, TEMPLATE, {**frame, **context})


def _said(filed: adding.Filed) -> str:
    count, known = len(filed.made), len(filed.known)
    made = ngettext("%(count)d source was filed.", "%(count)d sources were filed.", count) % {"count": count}
    there = ngettext("%(count)d is in the library already.", "%(count)d are in the library already.", known) % {
        "count": known
    }
    return f"{made} {there}" if known else made
