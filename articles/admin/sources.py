"""The library's own screen, with what only those who lean on sources can say: where one is used, and merging."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import roles
from articles.admin import pairs, uniting
from articles.admin.unused import Unused
from references.admin import SourceAdmin
from references.models import Likeness, Source

admin.site.unregister(Source)


@admin.register(Source)
class LibraryAdmin(SourceAdmin):
    change_form_template = "admin/articles/source/change_form.html"
    list_filter: ClassVar = (*SourceAdmin.list_filter, Unused)
    actions = ("merge", *SourceAdmin.actions)

    def get_urls(self) -> list[URLPattern]:
        return [*uniting.urls(self), *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, "merge_sources")

    @admin.action(description=gettext_lazy("Merge two"), permissions=["merge"])
    def merge(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        chosen = list(queryset.order_by("pk")[:3])
        if len(chosen) != 2:
            messages.error(request, _("Tick the two records that are one work."))
            return None
        return redirect(pairs.address(*chosen))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: Any = super().change_view(request, object_id, *args, **kwargs)
        source = getattr(answer, "context_data", None) and answer.context_data.get("original")
        if source:
            answer.context_data["panel"] = pairs.panel(source, request.user)
        return answer  # type: ignore[no-any-return]  # Any, to reach its context

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        alike = Likeness.objects.unanswered().of(obj).count() if "title" in form.changed_data else 0
        if alike:
            link = f"{reverse('admin:references_source_change', args=[obj.pk])}#alike"
            said = _("This may be a work that the library has already.")
            messages.warning(request, format_html('{} <a href="{}">{}</a>', said, link, _("Compare them")))
