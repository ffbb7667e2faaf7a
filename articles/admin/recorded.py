"""Reviews that staff recorded: the papers that prove them, and what whoever they name says against them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles import denying, papers, roles
from articles.admin import screens
from articles.admin.desk import ModelAdmin, person
from articles.models import Review, ReviewPaper
from articles.refusals import Refused


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the list of reviews."""
    guard = desk.admin_site.admin_view
    return [
        path("paper/<int:object_id>/", guard(paper), name="articles_review_paper"),
        path("<int:object_id>/not-so/", guard(not_so), name="articles_review_not_so"),
    ]


@require_safe
def paper(request: HttpRequest, object_id: int) -> HttpResponse:
    """The file, to keep beside the screen: never shown inside the site, whatever is in it."""
    if not roles.may(request.user, "view_review"):
        raise PermissionDenied
    row = ReviewPaper.objects.filter(pk=object_id).first()
    if row is None:
        raise Http404
    try:
        data = papers.REVIEWS.read(row.file)
    except FileNotFoundError:
        lost = _("The file “%(name)s” is lost. An administrator can look for it in a backup.")
        messages.error(request, lost % {"name": row})
        return redirect("admin:articles_review_change", row.review_id)
    kind = papers.kind_of(row.file)
    name = row.name if row.name.lower().endswith(f".{kind}") else f"{row.name}.{kind}"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=papers.TYPES[kind], headers=headers)


@screens.of_review(see="view_review", do="view_review")
def not_so(request: HttpRequest, review: Review) -> HttpResponse:
    """Whoever is named looks at the record, and may say that it is not so."""
    if request.method == "POST":
        try:
            denying.deny(review, by=person(request), at=timezone.now(), reason=request.POST.get("reason", ""))
        except Refused as no:
            screens.say_no(request, no, review.article)
        else:
            messages.success(request, _("It no longer counts. Whoever keeps the dates has been told. Thank you."))
            return redirect("admin:index")
    shown = {
        "review": review,
        "why_not": _why_not(request, review),
        "denial": denying.denial_of(review),
        "rests": denying.rests_on(review),
        "typed": request.POST.get("reason", ""),
    }
    return screens.page(request, "review/not_so", _("A review recorded by staff"), article=review.article, **shown)


def _why_not(request: HttpRequest, review: Review) -> str:
    if review.reviewer.account_id != request.user.pk:
        return _("Only %(name)s can say that this is not so.") % {"name": review.reviewer}
    return denying.why_not(review)
