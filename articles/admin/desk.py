"""What every screen of the editor's side needs: who is asking, and rows that are only read."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin as AnyAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

if TYPE_CHECKING:
    BaseModelAdmin = AnyAdmin[Any]
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
else:  # Django's own classes take no type arguments
    BaseModelAdmin, ModelAdmin, StackedInline = AnyAdmin, admin.ModelAdmin, admin.StackedInline


def person(request: HttpRequest) -> User:
    """The signed-in person. Raises PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


class ReadOnlyAdmin(ModelAdmin):
    """Rows that deeds write: shown, and never added, changed or deleted here, not even by a superuser."""

    change_form_template = "admin/read_only.html"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def day(moment: Any) -> str:
    """A date as words, of the site's time zone."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(local, "N j, Y")
