"""The source library in the admin."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _

from references import counting, exporting, filters, importing
from references.completing import Completing
from references.forms import RecordForm
from references.inspection import LIST_COLUMNS, LIST_FILTERS, Inspection
from references.models import Source

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Source]
else:
    _ModelAdmin = admin.ModelAdmin


@admin.register(Source)
class SourceAdmin(Completing, Inspection, _ModelAdmin):
    form = RecordForm
    list_display = ("title", "by_line", "kind", "published", *LIST_COLUMNS, "key")
    list_filter: ClassVar[tuple[Any, ...]] = ("kind", filters.Age, *LIST_FILTERS, filters.Alike, filters.Merged)
    list_select_related = False
    paginator = counting.Counted
    show_full_result_count = False
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER  # each number would be a count of its own
    autocomplete_fields = ("superseded_by",)
    search_fields = ("words",)  # what is searched, and how, is said in get_search_results
    search_help_text = _("Beginnings of words: title, DOI, PMID, publisher, organization, journal, author or key")
    readonly_fields = ("key",)
    actions: tuple[str, ...] = ("export_ris", "export_nbib", "export_bibtex", "export_csl")
    fieldsets: ClassVar = [
        (None, {"fields": ["kind", "title", "key"]}),
        (
            _("Who stands behind it"),
            {
                "fields": ["organization", "authors", "publisher"],
                "description": _("An organization or people as authors; the publisher where it is neither."),
            },
        ),
        (_("When"), {"fields": ["published", "accessed", "superseded_by"]}),
        (
            _("Where to find it"),
            {
                "fields": ["url", "doi", "pmid", "archived"],
                "description": _("These recognize a work that is in the library already."),
            },
        ),
        (_("Journal or book"), {"fields": ["container", "volume", "issue", "pages", "edition"]}),
    ]
    formfield_overrides: ClassVar = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 60})}}

    class Media:
        js: ClassVar = ["references/names.js"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj:
            guard = ["opened_on"] if self.has_change_permission(request, obj) else []
            return [(None, {"fields": ["kind", "title", "key", *guard]}), *self.fieldsets[1:]]
        # The key is given when the record is saved; one shown before would be another.
        return [(None, {"fields": ["kind", "title"]}), *self.fieldsets[1:]]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """By the index of words. A choice of one record offers those that stand for themselves."""
        found = queryset.matching(search_term)
        return (found if filters.Merged.parameter_name in request.GET else found.unmerged()), False

    def get_urls(self) -> list[URLPattern]:
        return [*importing.urls(self), *super().get_urls()]

    @admin.action(description=_("Export as RIS"), permissions=["view"])
    def export_ris(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return exporting.download(queryset, "ris")

    @admin.action(description=_("Export as NBIB"), permissions=["view"])
    def export_nbib(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return exporting.download(queryset, "nbib")

    @admin.action(description=_("Export as BibTeX"), permissions=["view"])
    def export_bibtex(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return exporting.download(queryset, "bib")

    @admin.action(description=_("Export as CSL-JSON"), permissions=["view"])
    def export_csl(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        return exporting.download(queryset, "json")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A merged record stays as it was, so that it can become one of its own again."""
        return not (obj and obj.merged_into_id) and super().has_change_permission(request, obj)

    @admin.display(description=_("by"))
    def by_line(self, source: Source) -> str:
        return source.by_line()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One at a time, and only a record that nothing leans on."""
        return obj is not None and not in_use(obj) and super().has_delete_permission(request, obj)


def in_use(source: Source) -> bool:
    """Whether any row, of whatever app, points at this record."""
    # What goes along with the record does not lean on it.
    relations = (one for one in Source._meta.related_objects if getattr(one, "on_delete", None) is not models.CASCADE)
    pointing = (relation.field for relation in relations)
    return any(field.model._default_manager.filter(**{field.name: source}).exists() for field in pointing)
