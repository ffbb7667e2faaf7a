"""What the dialog of facts asks for: the newest values of facts, and what is known of the one that is edited."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles import facts, roles
from articles.admin import labels
from articles.admin.desk import ModelAdmin
from articles.content import Content
from articles.models import FactValue

LIMIT = 20
LONGEST = 200  # characters


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    return [path("facts/", desk.admin_site.admin_view(search), name="articles_article_facts")]


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """JSON: facts that match `q`, at most 20, and the one of `ref`, which the text prints."""
    if not roles.may(request.user, "view_fact"):
        raise PermissionDenied
    words, ref = (request.GET.get(name, "").replace("\x00", "")[:LONGEST] for name in ("q", "ref"))
    found = list(facts.search(words)[: LIMIT + 1])
    former = FactValue.objects.by_ref([ref] if ref else []).get(ref)
    rows = [described(value) for value in found[:LIMIT]]
    return JsonResponse({"results": rows, "more": len(found) > LIMIT, "former": described(former) if former else None})


def described(value: FactValue) -> dict[str, Any]:
    """What a person sees of a value, and what a text gets of it."""
    source = value.source.kept()
    said = {"source": labels.of_source(source), "until": date_format(value.expires, "N j, Y")}
    return {
        "ref": value.ref,
        "words": value.printed,
        "name": value.fact.name,
        "facts": _("%(source)s; good until %(until)s") % said,
        "warning": warning(value),
        "cite": {"key": source.key, "label": labels.of_source(source), "locator": value.locator},
    }


def warning(value: FactValue) -> str:
    """What speaks against printing it, in words."""
    if value.number != value.fact.latest:
        return _("It has a newer value.")
    if value.expires < timezone.localdate():
        return _("It has expired: record a new value.")
    return ""


def beside(words: Content) -> list[dict[str, Any]]:
    """The facts in these words, for somebody who signs them. One query, none without facts."""
    values = FactValue.objects.by_ref(fact.ref for fact in words.facts())
    return [described(value) for value in values.values()]
