"""What the public reads: published rows, nothing else."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from articles import dates, page
from articles.models import Published
from articles.reading import facts
from articles.reading.serving import moved, public, shown


@public
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and every page, by condition; pages without one come last."""
    listed = ("slug", "title", "description", "condition_name", "is_demo", "last_reviewed_on", "unreviewed_since")
    rows = list(Published.objects.live().only(*listed))
    # Sorted here, because the two engines disagree about capitals and accents.
    rows.sort(key=lambda row: (not row.condition_name, row.condition_name.casefold(), row.title.casefold()))
    return shown("articles/home.html", {"rows": rows, "has_demo": any(row.is_demo for row in rows)})


@public
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """The page at this address: live, moved or withdrawn."""
    led = ("withdrawn_instead__moved_to",)
    rows = Published.objects.select_related("edition", "review", *led).defer("review__content")
    row = get_object_or_404(rows, slug=slug)
    if row.moved_to_id:
        return moved(reverse("reading:article", args=[row.moved_to_id]))
    if row.edition is None:
        return shown("410.html", {"row": row, "instead": facts.instead_of(row)}, status=410)
    said = facts.of(row, row.edition, today=timezone.localdate())
    return shown("articles/page.html", {"page": page.build(row.edition.words(), said)})


@public
def editorial_policy(request: HttpRequest) -> HttpResponse:
    """How we write, review and date our pages."""
    rules = {
        "cadence": settings.REVIEW_CADENCE_MONTHS,
        "attestation_days": settings.ATTESTATION_DAYS,
        "correction_days": dates.CORRECTION_DAYS,
        "contact": settings.CONTACT_EMAIL,
    }
    return shown("articles/editorial_policy.html", rules)


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Whether this process is alive; asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain", headers={"Cache-Control": "no-store"})
