"""What the public reads: published rows, nothing else."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles import dates
from articles.models import ReviewPolicy
from articles.reading import current, facts, handouts, listing
from articles.reading.lasting import on_pages
from articles.reading.serving import KEPT, kept, moved, public, shown, today
from leukemia_site.branding import Logo


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and every page, by condition; pages without one come last."""
    rows = listing.lines()
    demos = [row.is_demo for row in rows]
    # Search engines are to list it when it leads to a page that they may list.
    return shown("articles/home.html", {"rows": rows, "has_demo": any(demos), "listed": not all(demos)})


@public
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The page at this address: live, moved or withdrawn."""
    row = current.row(slug)
    if row.moved_to_id:
        return kept(moved(reverse("reading:article", args=[row.moved_to_id])), on_pages(row))
    if row.edition is None:
        instead = facts.instead_of(row)
        gone = shown("410.html", {"row": row, "instead": instead}, status=410)
        return kept(gone, on_pages(row, row.withdrawn_instead, instead))
    built, lasting = current.lasting(row, row.edition, today=today(request))
    offered = handouts.offers(built, row.edition)
    return kept(shown("articles/page.html", {"page": built, "handouts": offered}), handouts.until(offered, lasting))


@public
def editorial_policy(request: HttpRequest) -> HttpResponse:
    """How we write, review and date our pages."""
    policy = ReviewPolicy.objects.current()
    rules = {
        "tiers": policy.tiers,
        "maximum": policy.maximum_months,
        "attestation_days": settings.ATTESTATION_DAYS,
        "correction_days": dates.CORRECTION_DAYS,
        "contact": settings.CONTACT_EMAIL,
    }
    return shown("articles/editorial_policy.html", rules)


@public
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """The picture of the organization's name. Another picture has another address."""
    picture: Logo | None = settings.LOGO
    if picture is None or picture.name != name:
        raise Http404
    return HttpResponse(picture.content, content_type=picture.content_type, headers={"Cache-Control": KEPT})


@csrf_exempt
@require_safe  # and not as a public page is, which may first ask a copy of the database how far it is
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process is alive; asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
