"""The one seam between the admin and whichever rich-text editor is installed (docs/decisions/0002-editor.md).

`settings.CMS_EDITOR` names a class with a `csp` (the policy of pages that show the editor) and a `widget()`, which
offers no citations where no list of references follows.
"""

import html
import re
from typing import Any, ClassVar, Protocol

from django import forms
from django.conf import settings
from django.core import checks
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import markup
from articles.admin import labels
from articles.admin.desk import BaseModelAdmin
from articles.fields import RichTextField
from articles.models import FactValue
from leukemia_site import csp
from references.models import Source


class Editor(Protocol):
    """A rich-text editor."""

    csp: str

    def widget(self, *, citing: bool = True) -> forms.Textarea: ...


class CKEditor4:
    """django-ckeditor, locked down in articles/admin/ckeditor4.py."""

    csp = csp.EDITOR

    def widget(self, *, citing: bool = True) -> forms.Textarea:
        # By name: the package need not be there when another editor is.
        made: forms.Textarea = import_string("articles.admin.ckeditor4.CKEditor")(citing=citing)
        return made


class PlainTextarea:
    """HTML as text: for a machine without the package, and proof that the seam holds."""

    csp = csp.BASE

    def widget(self, *, citing: bool = True) -> forms.Textarea:
        box = {"rows": 14, "class": "vLargeTextField"}
        if not citing:
            return labels.CitedTextarea(attrs=box)
        return CitingTextarea(
            attrs={
                **box,
                "data-citation-sources": reverse("admin:articles_article_sources"),
                "data-citation-new-source": reverse("admin:articles_article_new_source"),
                "data-facts": reverse("admin:articles_article_facts"),
            }
        )


class CitingTextarea(labels.CitedTextarea):
    """A plain box with the dialogs of the editor: Ctrl+Shift+C, or from a remark, and Ctrl+Shift+F."""

    class Media:
        css: ClassVar = {"all": ["articles/editor/citation/dialog.css"]}
        js: ClassVar = [
            *(f"articles/editor/citation/{name}.js" for name in ("chosen", "dialog", "box")),
            *(f"articles/editor/facts/{name}.js" for name in ("dialog", "box")),
        ]


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
        long = [len(quote) for quote in _quotes(value) if len(quote) > markup.QUOTE_LIMIT]
        if long:
            # The gate would cut it, and nobody would know.
            message = _(
                "A supporting quote has %(long)d characters, and %(most)d fit. Shorten it, or quote one sentence."
            )
            raise ValidationError(message, code="quote", params={"long": max(long), "most": markup.QUOTE_LIMIT})
        try:
            return markup.clean(super().to_python(value) or "")
        except markup.TooDeep as error:
            message = _("This text is nested too deeply to be real. Paste it as plain text.")
            raise ValidationError(message, code="deep") from error

    def validate(self, value: str) -> None:
        super().validate(value)
        cited = {mark.key for mark in markup.citations(value)}
        unknown = cited - set(Source.objects.filter(key__in=cited).values_list("key", flat=True)) if cited else set()
        _check_facts(value)
        if unknown:
            message = ngettext(
                "This text cites a source that is not in the library: %(keys)s. Remove the mark and cite again.",
                "This text cites sources that are not in the library: %(keys)s. Remove the marks and cite again.",
                len(unknown),
            )
            raise ValidationError(message, code="unknown_source", params={"keys": ", ".join(sorted(unknown))})


class Uncited(RichText):
    """The same where no list of references follows, so that a mark would lead nowhere."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if markup.citations(value):
            message = _("This text has no list of references. Take the mark of a source out, and write a link instead.")
            raise ValidationError(message, code="cited")
        if markup.facts(value):
            message = _("Facts stand in articles only, where they are renewed. Write the figure as plain words.")
            raise ValidationError(message, code="fact")


def _check_facts(value: str) -> None:
    """That the words of a fact are those on record, the automatic checks see to: they tell what is to be done."""
    refs = {fact.ref for fact in markup.facts(value)}
    unknown = refs - FactValue.objects.by_ref(refs).keys()
    if unknown:
        message = _("This text holds a fact that is not on record: %(refs)s. Take it out and insert it again.")
        raise ValidationError(message, code="unknown_fact", params={"refs": ", ".join(sorted(unknown))})


def _quotes(value: Any) -> list[str]:
    found = re.findall(r"""data-quote\s*=\s*(?:"([^"]*)"|'([^']*)')""", str(value or ""))
    return [" ".join(html.unescape(one or other).split()) for one, other in found]


class EditsRichText(BaseModelAdmin):
    """Admin classes whose rich-text columns get the editor."""

    rich_text: ClassVar[type[RichText]] = RichText

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if isinstance(db_field, RichTextField):
            citing = not issubclass(self.rich_text, Uncited)
            return db_field.formfield(form_class=self.rich_text, widget=backend().widget(citing=citing))
        return super().formfield_for_dbfield(db_field, request, **kwargs)
