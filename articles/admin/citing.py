"""What the citation dialog asks for: sources to choose from, and a new source made without leaving the text."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_http_methods

from articles.admin import choosing, pasted
from articles.admin.desk import ModelAdmin
from articles.models import Article
from references import lookups
from references.forms import SourceForm
from references.models import Source

IDS = "new_source_%s"
LIMIT = 20
LONGEST_SEARCH = 200  # characters
LONGEST = 2_000  # of what is pasted; a reference is rarely longer than 500


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
    """JSON: works that `q` names or that match its words, at most 20, and named works that the library has not.

    First come those that are named, then those with one of the `key`s, then those not cited in `article`.
    """
    if not request.user.has_perm("references.view_source"):
        raise PermissionDenied
    # Without NUL, which PostgreSQL takes in no text.
    words, number = request.GET.get("q", "").replace("\x00", "")[:LONGEST], request.GET.get("article", "")
    keys = [key.replace("\x00", "") for key in request.GET.getlist("key")[:LIMIT]]
    uncited = _uncited(int(number)) if number.isdecimal() and len(number) < 10 else set()
    marked = Source.objects.by_key(keys)
    known, new = pasted.named(words)
    # In a whole reference stand more words than any record holds.
    matching = Source.objects.none() if len(words) > LONGEST_SEARCH else Source.objects.unmerged().matching(words)
    matching = matching.exclude(pk__in=[source.pk for source in known]).select_related("superseded_by__merged_into")
    found = [*known, *_first(matching, {source.pk for source in marked.values()}, uncited)]
    others = matching.exclude(pk__in=[source.pk for source in found])
    found += others.order_by("title", "pk")[: max(0, LIMIT + 1 - len(found))]
    # The text may know a record by the name of one that was merged into it, and goes on doing so.
    names = {source.pk: key for key, source in marked.items()}
    rows = [
        {**choosing.described(source), "key": names.get(source.pk, source.key), "uncited": source.pk in uncited}
        for source in found[:LIMIT]
    ]
    return JsonResponse({"results": rows, "more": len(found) > LIMIT, "named": [pasted.offered(one) for one in new]})


@require_http_methods(["GET", "POST"])
def new_source(request: HttpRequest) -> HttpResponse:
    """The form as HTML; a POST answers with the new source, the one that is there already, or the form's errors.

    With `look_up` in it a POST answers with the form, its empty fields filled, and what there is to say of them.
    """
    if not request.user.has_perm("references.add_source"):
        raise PermissionDenied
    if "look_up" in request.POST:
        typed, said = pasted.looked_up(request.POST)
        return JsonResponse({"form": _drawn(DialogForm(initial=typed.dict(), auto_id=IDS), request), "said": said})
    form = DialogForm(request.POST if request.method == "POST" else None, auto_id=IDS)
    if form.is_valid():
        return JsonResponse({"source": choosing.described(form.save()), "already": False}, status=201)
    if form.already:
        return JsonResponse({"source": choosing.described(form.already), "already": True})
    status = 422 if request.method == "POST" else 200
    return JsonResponse({"form": _drawn(form, request), "looksUp": lookups.is_on()}, status=status)


def _drawn(form: DialogForm, request: HttpRequest) -> str:
    return render_to_string("admin/articles/article/new_source.html", {"form": form}, request)


def _first(matching: Any, marked: set[int], uncited: set[int]) -> list[Source]:
    """The sources of the marks that are edited, then those that wait to be cited. The others need no other order than
    the library's, which has an index."""
    order = Case(When(pk__in=marked, then=Value(0)), default=Value(1))
    return list(matching.filter(pk__in=marked | uncited).order_by(order, "title", "pk")[: LIMIT + 1])


def _uncited(article_id: int) -> set[int]:
    return set(Article.uncited.through.objects.filter(article_id=article_id).values_list("source_id", flat=True))
