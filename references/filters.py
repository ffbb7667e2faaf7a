"""What the list of sources can be narrowed by."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from references.models import Likeness


class Age(admin.SimpleListFilter):
    """By the year of publication, however precise the date is."""

    title = _("published")
    parameter_name = "age"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [
            ("now", _("this year")),
            ("5", _("1 to 5 years ago")),
            ("10", _("5 to 10 years ago")),
            ("old", _("more than 10 years ago")),
            ("undated", _("undated")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        year = timezone.localdate().year
        chosen = {
            "now": Q(published__gte=f"{year}"),
            "5": Q(published__gte=f"{year - 5}", published__lt=f"{year}"),
            "10": Q(published__gte=f"{year - 10}", published__lt=f"{year - 5}"),
            "old": Q(published__gt="", published__lt=f"{year - 10}"),
            "undated": Q(published=""),
        }
        return queryset.filter(chosen.get(self.value() or "", Q()))


class Alike(admin.SimpleListFilter):
    title = _("possible duplicates")
    parameter_name = "alike"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("look like another record"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        found = Likeness.objects.unanswered()
        return queryset.filter(Q(pk__in=found.values("one")) | Q(pk__in=found.values("other")))


class Merged(admin.SimpleListFilter):
    """Without it the list shows records that stand for themselves."""

    title = _("merged")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("yes", _("into another record"))]

    def choices(self, changelist: Any) -> Any:
        everything, *others = super().choices(changelist)
        yield {**everything, "display": _("records of their own")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(merged_into__isnull=self.value() != "yes")
