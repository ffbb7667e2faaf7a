"""Accounts in the admin: nobody gives themselves power."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest

POWERS = ("is_superuser", "user_permissions")  # roles are groups; these two go round them


if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
else:
    _UserAdmin = UserAdmin


class AccountAdmin(_UserAdmin):
    """Only a superuser makes superusers, and nobody changes their own roles."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = tuple(super().get_readonly_fields(request, obj))
        if request.user.is_superuser:
            return fixed
        if obj is not None and obj.pk == request.user.pk:
            return (*fixed, *POWERS, "groups")
        return (*fixed, *POWERS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # names on past deeds stay: an account is closed, not deleted


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
