"""The outbox, to read: what was sent, what waits, what could not be delivered; and trying that again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles import outbox
from articles.admin.desk import ReadOnlyAdmin, person
from articles.models import Message


class ByState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("sent", _("Sent")), ("waiting", _("Waiting")), ("failed", _("Could not be delivered"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen: dict[str, QuerySet[Any]] = {
            "sent": queryset.filter(sent_at__isnull=False),
            "waiting": queryset & Message.objects.waiting(),
            "failed": queryset & Message.objects.failed(),
        }
        return chosen.get(self.value() or "", queryset)


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "person", "subject", "kind", "state", "attempts", "error")
    list_filter = (ByState, "kind")
    list_select_related = ("person",)
    search_fields = ("person__username", "person__email", "subject")
    date_hierarchy = "made_at"
    actions = ("try_again",)

    @admin.display(description=_("state"))
    def state(self, row: Message) -> Any:
        if row.sent_at:
            return _("Sent")
        return _("Waiting") if row.next_at else _("Could not be delivered")

    @admin.action(description=_("Try again to deliver"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: Any) -> None:
        """Those that were given up; the timed work sends them in a few minutes."""
        count = outbox.try_again(queryset, by=person(request), at=timezone.now())
        said = ngettext("%(count)d message will be tried again.", "%(count)d messages will be tried again.", count)
        messages.success(request, said % {"count": count})
