"""Reviewers in the admin, and which kinds of review a risk tier asks for."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import ModelAdmin
from articles.models import Reviewer, SignOff


@admin.register(SignOff)
class SignOffAdmin(ModelAdmin):
    """Which kinds of review a risk tier asks for, beside the clinical one."""

    list_display = ("tier", "kind", "required")
    list_filter = ("tier", "required")


@admin.register(Reviewer)
class ReviewerAdmin(ModelAdmin):
    list_display = ("name", "credentials", "department", "active", "credentials_until", "account")
    list_filter = ("active", "department")
    list_select_related = ("account",)
    search_fields = ("name", "department", "institution")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fieldsets: ClassVar = [
        (None, {"fields": ["name", "slug", "credentials", "credentials_until", "active", "away_until"]}),
        (_("Position"), {"fields": ["role", "department", "institution", "interests"]}),
        (
            _("Account"),
            {"fields": ["account"], "description": _("Without one, staff record this person's reviews.")},
        ),
    ]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # An open request is answered from this account: it does not change hands meanwhile.
        asked = obj is not None and obj.reviews.open().exists()
        return ("account",) if asked else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "account":
            # Nobody makes themselves a doctor: somebody else links the account from which reviews are signed.
            kwargs["queryset"] = User.objects.exclude(username=request.user.get_username()).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # the name stays on what was signed; somebody who left is made inactive
