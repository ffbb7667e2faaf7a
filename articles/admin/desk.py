"""What every screen of the editor's side needs: who is asking, and rows that are only read."""

from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin as AnyAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import smart_split

if TYPE_CHECKING:
    BaseModelAdmin = AnyAdmin[Any]
    AnyModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
else:  # Django's own classes take no type arguments
    BaseModelAdmin, AnyModelAdmin, StackedInline = AnyAdmin, admin.ModelAdmin, admin.StackedInline

MOST_WORDS = 32  # of one search: more than anybody types, and SQLite takes no question of a thousand


def person(request: HttpRequest) -> User:
    """The signed-in person. Raises PermissionDenied for a visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def asked_for(search: str) -> list[str]:
    """The words of a search, each once, and what stands between quotation marks as one, with these."""
    return list(islice(dict.fromkeys(smart_split(search)), MOST_WORDS))


class ModelAdmin(AnyModelAdmin):
    """Lists whose searches every database can answer."""

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        return super().get_search_results(request, queryset, " ".join(asked_for(search_term)))


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
