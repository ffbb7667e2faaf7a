"""The one seam between the admin and whichever rich-text editor is installed (docs/decisions/0002-editor.md).

`settings.CMS_EDITOR` names a class with a `csp` (the policy of pages that show the editor) and a `widget()`.
"""

from typing import Any, Protocol

from django import forms
from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import markup
from articles.admin import labels
from articles.admin.desk import BaseModelAdmin
from articles.fields import RichTextField
from leukemia_site import csp
from references.models import Source


class Editor(Protocol):
    """A rich-text editor."""

    csp: str

    def widget(self) -> forms.Textarea: ...


class CKEditor4:
    """django-ckeditor, locked down in articles/admin/ckeditor4.py."""

    csp = csp.EDITOR

    def widget(self) -> forms.Textarea:
        # By name: the package need not be there when another editor is.
        made: forms.Textarea = import_string("articles.admin.ckeditor4.CKEditor")()
        return made


class PlainTextarea:
    """HTML as text: for a machine without the package, and proof that the seam holds."""

    csp = csp.BASE

    def widget(self) -> forms.Textarea:
        return labels.CitedTextarea(attrs={"rows": 14, "class": "vLargeTextField"})


def backend() -> Editor:
    """The editor that the settings name."""
    made: Editor = import_string(settings.CMS_EDITOR)()
    return made


@checks.register
def names_an_editor(app_configs: Any, **_options: Any) -> list[checks.CheckMessage]:
    """A setting that names no editor is found at the start, and not by the first writer."""
    try:
        backend()
    except (ImportError, TypeError) as error:
        hint = "For example: CMS_EDITOR=articles.admin.editor.CKEditor4"
        return [checks.Error(f"CMS_EDITOR names no editor: {error}", hint=hint, id="articles.E001")]
    return []


def allow(response: HttpResponse) -> HttpResponse:
    """Give a page that shows the editor the policy that the editor needs."""
    response._csp = backend().csp  # type: ignore[attr-defined]
    return response


class RichText(forms.CharField):
    """HTML through the one gate; marks must name sources that are in the library."""

    def to_python(self, value: Any) -> str:
        try:
            return markup.clean(super().to_python(value) or "")
        except markup.TooDeep as error:
            message = _("This text is nested too deeply to be real. Paste it as plain text.")
            raise ValidationError(message, code="deep") from error

    def validate(self, value: str) -> None:
        super().validate(value)
        cited = {mark.key for mark in markup.citations(value)}
        unknown = cited - set(Source.objects.filter(key__in=cited).values_list("key", flat=True)) if cited else set()
        if unknown:
            message = ngettext(
                "This text cites a source that is not in the library: %(keys)s. Remove the mark and cite again.",
                "This text cites sources that are not in the library: %(keys)s. Remove the marks and cite again.",
                len(unknown),
            )
            raise ValidationError(message, code="unknown_source", params={"keys": ", ".join(sorted(unknown))})


class EditsRichText(BaseModelAdmin):
    """Admin classes whose rich-text columns get the editor."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, RichTextField):
            return db_field.formfield(form_class=RichText, widget=backend().widget())
        return super().formfield_for_dbfield(db_field, request, **kwargs)
