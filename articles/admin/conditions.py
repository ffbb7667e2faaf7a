"""Conditions, their names and their codes in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles import addresses
from articles.admin.desk import ModelAdmin, StackedInline
from articles.models import Condition, ConditionCode, ConditionName


class NameInline(StackedInline):  # stacked: Django's tabular rows have no labels
    model = ConditionName
    extra = 0


class CodeInline(StackedInline):
    model = ConditionCode
    extra = 0


@admin.register(Condition)
class ConditionAdmin(ModelAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "names__name", "codes__code")
    inlines = (NameInline, CodeInline)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        addresses.follow(form.instance)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ("name",)}
