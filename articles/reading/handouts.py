"""A page as a PDF: offered beside it, and given when asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from articles.handouts import extra, making, sheet, shelf
from articles.models import Edition, Published
from articles.page import Page
from articles.reading import current, facts, printing
from articles.reading.lasting import Lasting
from articles.reading.serving import CHECKED, moved, shown
from leukemia_site.once import remember

RETRY = 30  # seconds
UNMADE = 60  # seconds for which a page may be kept that offers what has not been made


@dataclass(frozen=True, slots=True)
class Offer:
    """A button of the page. `made` is None until somebody has asked for it."""

    variant: sheet.Variant
    made: shelf.Handout | None


def offers(page: Page, edition: Edition) -> list[Offer]:
    """What the page offers: nothing where the extra is not installed, nor what could not be set."""
    if not extra.there():
        return []
    if not shelf.has_any(edition.article_id, edition.number):
        # As when it was just published: no need to write the paper.
        return [Offer(variant, None) for variant in sheet.VARIANTS.values()]
    paper = _paper(page, edition)
    keys = {variant: paper.key(variant) for variant in sheet.VARIANTS.values()}
    wanted = {variant: key for variant, key in keys.items() if not shelf.refused(paper.article, key)}
    return [Offer(variant, shelf.find(paper.article, key)) for variant, key in wanted.items()]


def _paper(page: Page, edition: Edition) -> sheet.Sheet:
    """The same for each way to print it, and for the page that offers them."""
    key = ("paper", edition.pk, page.facts.today)
    return remember(key, lambda: printing.paper(page, edition))


def until(offers: Iterable[Offer], lasting: Lasting) -> Lasting:
    """How long a page with these offers is right: one that is not made yet may be, any moment, and no log says so."""
    soon = timezone.now() + timedelta(seconds=UNMADE)
    if all(offer.made for offer in offers) or (lasting.until and lasting.until < soon):
        return lasting
    return replace(lasting, until=soon)


@conditional_page
@require_safe
def handout(request: HttpRequest, slug: str, variant: str) -> HttpResponse:
    """The page as it stands, as a PDF; made now if nobody has asked for it before."""
    if not extra.there():
        raise Http404
    row = current.row(slug)
    if row.moved_to_id:
        return moved(reverse("reading:handout", args=[row.moved_to_id, variant]))
    if row.edition is None:
        return shown("410.html", {"row": row, "instead": facts.instead_of(row)}, status=410)
    built = current.of(row, row.edition, today=timezone.localdate())
    paper, kind = _paper(built, row.edition), sheet.VARIANTS[variant]
    try:
        made = making.make(paper, kind)
        return _given(row.slug, kind, made, made.read())
    except (making.Busy, FileNotFoundError):  # made, and at once cleared away: it is another one now
        return _not_now(row, busy=True)
    except making.NotMade:
        return _not_now(row, busy=False)


def _given(slug: str, variant: sheet.Variant, made: shelf.Handout, pdf: bytes) -> HttpResponse:
    name = f"{slug}-edition-{made.edition}{variant.name.removeprefix('handout')}.pdf"
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'inline; filename="{name}"',
        "Cache-Control": CHECKED,
        "ETag": f'"{made.key}"',
        # What shows a PDF in a browser is a page of the browser's own, which a policy for ours would stop.
        "Content-Security-Policy": "frame-ancestors 'none'",
        # Search engines are to list the page instead.
        "Link": f'<{sheet.address(slug)}>; rel="canonical"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(pdf, headers=headers)


def _not_now(row: Published, *, busy: bool) -> HttpResponse:
    response = shown("articles/no_handout.html", {"row": row, "busy": busy}, status=503)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(RETRY)
    return response
