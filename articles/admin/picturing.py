"""The picture of a section in the article form: uploaded, or chosen from the library; what came in is never lost."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import figures, roles
from articles.admin import figures as library
from articles.admin.desk import ModelAdmin, person
from articles.checking import poor_alternative
from articles.content import FIGURE, SectionContent
from articles.models import Figure
from articles.refusals import Refused

WORDS = ("figure", "alt", "credit")
FIELDS = ("figure", "upload", "library", "alt", "credit")
LIBRARY = "figure-library"  # the id of the list of all pictures, once on the page
_UPLOAD = re.compile(r"(sections-\d+)-upload")
_KEY = re.compile(r"([0-9a-f]{12,64})\)?\s*$")  # at the end of what the list offers: "marrow.png (d9875cb3f083)"


class NotTaken(UploadedFile):  # type: ignore[type-arg]  # Django's own class takes none
    """An upload that did not become a picture, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name=name, size=1)
        self.why = why


class UploadField(forms.FileField):
    """A picture that is taken into the library before the form is read: here comes only what was refused."""

    def __init__(self) -> None:
        help_text = gettext_lazy("JPEG, PNG, WebP, AVIF or GIF. Where you choose none, the picture stays as it is.")
        box = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"})
        super().__init__(label=gettext_lazy("Upload a picture"), required=False, help_text=help_text, widget=box)

    def clean(self, data: Any, initial: Any = None) -> None:
        if isinstance(data, NotTaken):
            raise ValidationError(data.why, code="picture")


class LibraryField(forms.CharField):
    """The name of a picture of the library, as the list offers it; its value is the picture's hash, or ""."""

    def __init__(self) -> None:
        help_text = gettext_lazy("Begin to write the name of a file. Every picture is in the list of figures.")
        box = forms.TextInput(attrs={"list": LIBRARY, "autocomplete": "off", "class": "vTextField"})
        label = gettext_lazy("Or choose one of the library")
        super().__init__(label=label, required=False, help_text=help_text, widget=box, max_length=400)

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        if not typed:
            return ""
        key = _KEY.search(typed)
        there = Figure.objects.filter(erased_at=None)
        found = list(there.filter(pk__startswith=key[1]) if key else there.filter(file_name=typed))
        if len(found) != 1:
            raise ValidationError(_("The library has no picture, or several, of this name. Choose one of the list."))
        return str(found[0].pk)


class Chosen(forms.TextInput):
    """The hash of the picture, out of sight, and the picture itself, small."""

    input_type = "hidden"
    is_hidden = False  # the row with the picture in it is to be seen

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        hidden = super().render(name, value, attrs, renderer)
        figure = Figure.objects.filter(pk=value, erased_at=None).first() if value else None
        now = self.now(figure) if figure else _("No picture yet.")
        return format_html('{}<span class="figure-now">{}</span>', hidden, now)

    @staticmethod
    def now(figure: Figure) -> SafeString:
        """The picture, its name and its size."""
        shown = library.thumbnail(figure.pk, figure.size, _("The picture %(name)s") % {"name": figure})
        return format_html("{}{} {}", shown, figure, figure.size)


def take(request: HttpRequest) -> None:
    """Take what was uploaded with the form into the library: the form then names it, whatever becomes of the rest."""
    for name, file in list(request.FILES.items()):
        row = _UPLOAD.fullmatch(name)
        if not row or not isinstance(file, UploadedFile):
            continue
        try:
            figure, moved = _added(request, file)
        except Refused as no:
            request.FILES[name] = NotTaken(file.name or "", str(no))
            continue
        del request.FILES[name]
        sent = request.POST.copy()
        sent[f"{row[1]}-figure"] = figure.pk
        request.POST = sent  # type: ignore[assignment]  # a form takes any mapping of this kind
        if moved:
            messages.warning(
                request, _("Only the first picture of %(name)s was taken, for it moves.") % {"name": figure}
            )


def settle(form: forms.BaseForm, data: dict[str, Any]) -> None:
    """What belongs to a figure alone, and the picture it has now."""
    if data.get("form") != FIGURE:
        data |= dict.fromkeys(WORDS, "")
        return
    data["figure"] = data.get("library") or data.get("figure") or ""
    if data["figure"] and not Figure.objects.filter(pk=data["figure"], erased_at=None).exists():
        form.add_error("upload", _("This picture is not in the library any more. Upload it again."))
    if why := poor_alternative.why_not(data.get("alt") or ""):
        form.add_error("alt", why)


def size_of(picture: str) -> str:
    """Its size, as Content has it."""
    figure = Figure.objects.filter(pk=picture).first() if picture else None
    return figure.size if figure else ""


def typed(row: dict[str, str], before: SectionContent) -> dict[str, str]:
    """What a row of the form says of its picture."""
    if row["form"] != FIGURE:
        return dict.fromkeys((*WORDS, "size", "figure_erased"), "")
    picture = row["figure"]
    size = before.size if picture == before.figure else size_of(picture)
    return {"figure": picture, "alt": row["alt"], "credit": row["credit"], "size": size, "figure_erased": ""}


def row_of(words: SectionContent) -> dict[str, str]:
    """What the form holds of a figure. A picture that was erased does not come back."""
    return {name: "" if words.figure_erased else getattr(words, name) for name in WORDS}


def offered() -> list[str]:
    """Every picture of the library that can be chosen, newest first, by name."""
    known = Figure.objects.filter(erased_at=None).values_list("file_name", "pk")
    return [f"{name} ({key[:12]})" for name, key in known]


# -- asked by the script -----------------------------------------------------------------------------------------------


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    return [path("figures/upload/", desk.admin_site.admin_view(upload), name="articles_article_upload_figure")]


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take a picture as soon as it is chosen, and show it: then it is safe whatever becomes of the form."""
    if not roles.may(request.user, "add_section"):
        raise PermissionDenied
    file = request.FILES.get("upload")
    if not isinstance(file, UploadedFile):
        return JsonResponse({"said": _("Choose a picture first.")}, status=400)
    try:
        figure, moved = _added(request, file)
    except Refused as no:
        return JsonResponse({"said": str(no)}, status=409)
    said = _("Taken into the library. It is on the page when you save.")
    moves = _("Only the first picture of %(name)s was taken, for it moves.") % {"name": figure}
    return JsonResponse({"figure": figure.pk, "now": Chosen.now(figure), "said": f"{moves} {said}" if moved else said})


def _added(request: HttpRequest, file: "UploadedFile[bytes]") -> tuple[Figure, bool]:
    data = file.read(settings.FIGURE_MEGABYTES * 2**20 + 1)  # one more than may be, so that too many are noticed
    return figures.add(data, name=file.name or "", by=person(request), at=timezone.now())
