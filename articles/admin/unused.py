"""Sources that nothing leans on: no draft, no page online, no list of uncited sources, no fact."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Citation, FactValue, Reliance


class Unused(admin.SimpleListFilter):
    title = _("use")
    parameter_name = "unused"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("used nowhere"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        leaning = (Citation, Reliance, Article.uncited.through, FactValue)
        used = (rows.objects.filter(source=OuterRef("pk")) for rows in leaning)
        return queryset.filter(*(~Exists(rows) for rows in used))
