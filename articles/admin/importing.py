"""A manuscript becomes a draft in two steps: what was found in it is shown first, then the draft is made."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafting, importing, intake
from articles.admin.desk import ModelAdmin, person
from articles.importing import reader
from articles.importing.manuscript import PROPOSED
from articles.models import Manuscript
from references.formatting import ama

TOKEN_LIMIT = 2_000_000  # characters; Django takes no longer form
HOUR = 3600  # seconds
TEMPLATE = "admin/articles/article/import.html"


@dataclass(frozen=True, slots=True)
class Upload:
    """Bytes as they came, and their name."""

    name: str
    data: bytes
    format: str

    def token(self) -> str:
        """Carries the bytes from the first step to the second; nothing is stored for a draft that nobody makes."""
        values = {"name": self.name, "data": self.data.decode("latin-1"), "format": self.format}
        return signing.dumps(values, salt=TEMPLATE, compress=True)

    @classmethod
    def from_token(cls, token: str) -> "Upload":
        """Raises signing.BadSignature for a token that is not ours or a day old."""
        values = signing.loads(token, salt=TEMPLATE, max_age=24 * HOUR)
        return cls(values["name"], values["data"].encode("latin-1"), values["format"])

    def read(self) -> importing.Manuscript:
        """Raises importing.Refused."""
        return importing.read(self.data, self.name, self.format or None, today=timezone.localdate())


class UploadForm(forms.Form):
    """A file or a pasted text."""

    file = forms.FileField(label=gettext_lazy("File"), required=False, help_text=gettext_lazy("Plain text or HTML."))
    text = forms.CharField(
        label=gettext_lazy("or paste the text"), required=False, widget=forms.Textarea(attrs={"rows": 12}), strip=False
    )
    format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        required=False,
        choices=[
            ("", gettext_lazy("find out")),
            ("text", gettext_lazy("plain text")),
            ("html", gettext_lazy("HTML")),
        ],
    )
    upload: Upload
    manuscript: importing.Manuscript

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        file, text = data.get("file"), data.get("text") or ""
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("Choose a file or paste a text, one of the two."), code="one")
        name = file.name if file else _("pasted text")
        self.upload = Upload(name, file.read(reader.LIMIT + 1) if file else text.encode(), data.get("format") or "")
        try:
            self.manuscript = self.upload.read()
        except importing.Refused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal
        return data


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("import/", guard(partial(offer, desk)), name="articles_article_import"),
        path("import/create/", guard(partial(create, desk)), name="articles_article_import_create"),
    ]


def offer(desk: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The form; a POST shows what was found, or why the file cannot be read."""
    if not desk.has_add_permission(request):
        raise PermissionDenied
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    found = report(form) if form.is_valid() else {}
    context = {**desk.admin_site.each_context(request), "opts": desk.opts, "title": _("Import a manuscript")}
    return render(request, TEMPLATE, {**context, "form": form, **found})


def report(form: UploadForm) -> dict[str, Any]:
    """What the template shows of a manuscript."""
    manuscript, token = form.manuscript, form.upload.token()
    references = {source.key: ama(source, html=False) for source in manuscript.content.sources}
    return {
        "manuscript": manuscript,
        "headings": [(part, part.origin == PROPOSED) for part in manuscript.parts if part.heading],
        "references": list(references.values()),
        "uncited": [references[key] for key in manuscript.uncited if key in references],
        "known": Manuscript.objects.filter(sha256=manuscript.sha256).select_related("article").first(),
        "token": token if len(token) <= TOKEN_LIMIT else "",
    }


def create(desk: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Make the draft that the report announced."""
    if request.method != "POST" or not desk.has_add_permission(request):
        raise PermissionDenied
    try:
        manuscript = Upload.from_token(request.POST.get("token", "")).read()
        article = intake.draft(manuscript, by=person(request), at=timezone.now())
    except (signing.BadSignature, importing.Refused):
        messages.error(request, _("This upload is too old or was damaged. Choose the file again."))
        return redirect("admin:articles_article_import")
    except drafting.AlreadyStarted as refusal:
        messages.warning(request, str(refusal))
        return redirect("admin:articles_article_change", refusal.article.pk)
    messages.success(request, _("The draft was made. Confirm the proposed headings and read it through."))
    return redirect("admin:articles_article_change", article.pk)
