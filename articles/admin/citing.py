"""What the citation dialog asks for: sources to choose from, and a new source made without leaving the text."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_http_methods

from articles.admin import labels
from articles.admin.desk import ModelAdmin
from articles.models import Article, cited_source
from references.formatting import ama
from references.forms import SourceForm
from references.models import Source

LIMIT = 20


class DialogForm(SourceForm):
    """The same form, laid out for a small dialog beside the page's own form."""

    class Meta(SourceForm.Meta):
        widgets = {  # noqa: RUF012  the name and the kind are Django's
            "authors": forms.Textarea(attrs={"rows": 2}),
            "accessed": forms.DateInput(attrs={"type": "date"}),
        }


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("sources/", guard(search), name="articles_article_sources"),
        path("sources/new/", guard(new_source), name="articles_article_new_source"),
    ]


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """JSON: sources that match `q`, at most 20; first the one with `key`, then those not cited in `article`."""
    if not request.user.has_perm("references.view_source"):
        raise PermissionDenied
    # Without NUL, which PostgreSQL takes in no text.
    words, number = request.GET.get("q", "").replace("\x00", "")[:200], request.GET.get("article", "")
    uncited = _uncited(int(number)) if number.isdecimal() and len(number) < 10 else set()
    current = request.GET.get("key", "").replace("\x00", "")
    first = Case(When(key=current, then=Value(0)), When(pk__in=uncited, then=Value(1)), default=Value(2))
    found = list(Source.objects.matching(words).order_by(first, "title", "pk")[: LIMIT + 1])
    rows = [{**described(source), "uncited": source.pk in uncited} for source in found[:LIMIT]]
    return JsonResponse({"results": rows, "more": len(found) > LIMIT})


@require_http_methods(["GET", "POST"])
def new_source(request: HttpRequest) -> HttpResponse:
    """The form as HTML; a POST answers with the new source, the one that is there already, or the form's errors."""
    if not request.user.has_perm("references.add_source"):
        raise PermissionDenied
    form = DialogForm(request.POST if request.method == "POST" else None, auto_id="new_source_%s")
    if form.is_valid():
        return JsonResponse({"source": described(form.save()), "already": False}, status=201)
    if form.already:
        return JsonResponse({"source": described(form.already), "already": True})
    status = 422 if request.method == "POST" else 200
    html = render_to_string("admin/articles/article/new_source.html", {"form": form}, request)
    return JsonResponse({"form": html}, status=status)


def described(source: Source) -> dict[str, Any]:
    """What the dialog shows of a source, and the name that its mark gets in the text."""
    return {"key": source.key, "label": labels.of_source(source), "reference": ama(cited_source(source), html=False)}


def _uncited(article_id: int) -> set[int]:
    return set(Article.uncited.through.objects.filter(article_id=article_id).values_list("source_id", flat=True))
