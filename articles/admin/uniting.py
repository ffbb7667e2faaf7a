"""Two records side by side: merged into one, told apart for good, or made two again."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from articles import library, roles
from articles.admin import pairs, screens, usage
from articles.admin.desk import AnyModelAdmin, person
from references import merging
from references.models import Merge, Source


def urls(desk: AnyModelAdmin) -> list[URLPattern]:
    """Addresses below the list of sources."""
    guard = desk.admin_site.admin_view
    return [
        path("merge/", guard(compare), name="references_source_merge"),
        path("merge/<int:merge_id>/undo/", guard(undo), name="references_source_undo_merge"),
        path("apart/", guard(tell_apart), name="references_source_apart"),
        path("<int:object_id>/used/", guard(used), name="references_source_used"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest) -> HttpResponse:
    """What stays, what is filled in, which citations move and whose signatures fall; a POST does it."""
    if not roles.may(request.user, "merge_sources"):
        raise PermissionDenied
    keep, gone = _two(request)
    fill = request.POST.getlist("fill") if request.method == "POST" else list(merging.FIELDS)
    if request.method == "POST" and request.POST.get("seen", "") != pairs.seen(keep, gone):
        messages.error(request, _("One of the records was changed after you opened this page. Look at them again."))
    elif request.method == "POST":
        confirmed = "confirmed" in request.POST
        try:
            row = library.merge(keep, gone, by=person(request), at=timezone.now(), fill=fill, confirmed=confirmed)
        except library.CanNotMerge as no:
            messages.error(request, str(no))
        else:
            return _merged(request, row)
    return screens.page(request, "source/merge", _("Merge two sources"), **pairs.shown(keep, gone, fill))


@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Make two records of it again."""
    if not roles.may(request.user, "merge_sources"):
        raise PermissionDenied
    row = get_object_or_404(Merge.objects.select_related("keep", "gone", "by"), pk=merge_id)
    if request.method != "POST":
        return screens.page(request, "source/undo", _("Make two records again"), row=row)
    try:
        undone = library.undo(row, by=person(request), at=timezone.now())
    except library.CanNotMerge as no:
        messages.error(request, str(no))
        return redirect("admin:references_source_change", row.gone_id)
    messages.success(request, _("These are two records again, and each has its citations back."))
    if undone.left:
        names = ", ".join(pairs.name_of(name) for name in undone.left)
        messages.warning(request, _("Edited since the merge, and so left as it is: %(names)s.") % {"names": names})
    return redirect("admin:references_source_change", row.gone_id)


@require_POST
def tell_apart(request: HttpRequest) -> HttpResponse:
    """Answer that two records that look alike are two works; nobody is asked about them again."""
    if not roles.may(request.user, "merge_sources"):
        raise PermissionDenied
    one, other = _two(request)
    library.tell_apart(one, other, by=person(request), at=timezone.now())
    messages.success(request, _("Noted: “%(one)s” and “%(other)s” are two works.") % {"one": one, "other": other})
    return redirect("admin:references_source_change", one.pk)


@require_http_methods(["GET", "HEAD"])
def used(request: HttpRequest, object_id: int) -> HttpResponse:
    """Every article that leans on a source, with the sentences."""
    if not (request.user.has_perm("references.view_source") and roles.may(request.user, "view_article")):
        raise PermissionDenied
    source = get_object_or_404(Source.objects.select_related("merged_into"), pk=object_id)
    if source.merged_into:
        return redirect("admin:references_source_used", source.merged_into.pk)
    uses = usage.of(source, page=request.GET.get("p", "1"))
    return screens.page(request, "source/used", _("Where this source is used"), source=source, uses=uses)


def _two(request: HttpRequest) -> tuple[Source, Source]:
    given = request.POST if request.method == "POST" else request.GET
    numbers = [given.get(name, "") for name in ("keep", "gone")]
    if not all(number.isascii() and number.isdecimal() and len(number) < 10 for number in numbers):
        raise BadRequest("two records have numbers")
    found = Source.objects.select_related("merged_into").in_bulk([int(number) for number in numbers])
    try:
        keep, gone = (found[int(number)] for number in numbers)
    except KeyError as error:
        raise Http404 from error
    return keep, gone


def _merged(request: HttpRequest, row: Merge) -> HttpResponseRedirect:
    link = reverse("admin:references_source_undo_merge", args=[row.pk])
    said = _("Two records are one now; every citation of “%(gone)s” leads here.") % {"gone": row.gone}
    messages.success(request, format_html('{} <a href="{}">{}</a>', said, link, _("Undo")))
    return redirect("admin:references_source_change", row.keep_id)
