"""A source's health in the admin: columns and filters of the list, its last examinations, and a look at once."""

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from references import archiving, examining, health
from references.models import Examination, Source

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Source]
else:
    _ModelAdmin = object

SHOWN = 20  # examinations


class Unseen(admin.SimpleListFilter):
    title = gettext_lazy("last look")
    parameter_name = "unseen"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        long_ago = [(str(days), _("more than %(days)d days ago") % {"days": days}) for days in (30, 90, 365)]
        return [("never", _("never")), *long_ago]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ""
        if chosen == "never":
            return queryset.filter(looked_at=None)
        if chosen in {"30", "90", "365"}:
            return queryset.filter(looked_at__lt=timezone.now() - timedelta(days=int(chosen)))
        return queryset


LIST_COLUMNS = ("health_shown", "health_age", "looked_at")
LIST_FILTERS = ("health", "notice", Unseen)


class Inspection(_ModelAdmin):
    """What SourceAdmin shows of a source's health."""

    change_form_template = "admin/references/source/change_form.html"

    @admin.display(description=gettext_lazy("health"), ordering="health")
    def health_shown(self, source: Source) -> str:
        doubt = source.notice and source.notice != "retraction"
        return f"{source.get_health_display()}, {source.get_notice_display()}" if doubt else source.get_health_display()

    @admin.display(description=gettext_lazy("for"), ordering="health_since")
    def health_age(self, source: Source) -> str:
        return timesince(source.health_since, depth=1) if source.health_since else "–"

    def get_urls(self) -> list[URLPattern]:
        view = require_POST(self.admin_site.admin_view(self.examine))
        return [path("<int:object_id>/examine/", view, name="references_source_examine"), *super().get_urls()]

    def examine(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Look now, and say what was seen. It takes as long as the other server does, within the bounds of a look."""
        source = Source.objects.filter(pk=object_id).first()
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        if source is None:
            raise Http404
        if examining.examine([source]).total():
            source.refresh_from_db()
            messages.info(request, _("Examined: %(health)s.") % {"health": source.get_health_display()})
        else:
            messages.warning(request, _("Nothing was examined: this source has no address, or it has just changed."))
        return redirect(reverse("admin:references_source_change", args=[object_id]))

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().change_view(request, object_id, *args, **kwargs)
        source = getattr(answer, "context_data", None) and answer.context_data.get("original")  # type: ignore[attr-defined]
        if source:
            answer.context_data["seen"] = seen(source)  # type: ignore[attr-defined]
        return answer


def seen(source: Source) -> dict[str, Any]:
    """What the page of a source shows of its health."""
    return {
        "address": source.address(),
        "copies": archiving.proposal(source.url, source.accessed),
        "examinations": [_row(one) for one in source.examinations.all()[:SHOWN]],
        "changes": source.changes.all()[:SHOWN],
    }


def _row(one: Examination) -> dict[str, Any]:
    said = str(health.NAMES[health.State(one.health)])
    hops = json.loads(one.redirects) if one.redirects else []
    return {"row": one, "health": said, "hops": hops, "seconds": one.milliseconds / 1000}
