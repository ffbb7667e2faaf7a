"""The pictures of pages: only those that readers may see, each at an address that always means the same bytes."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from articles.models import Showing
from articles.pictures.serving import File, served

# Whoever has it never asks again; a cache between us and readers asks once a day, for a picture may have to go.
KEPT = "public, max-age=31536000, s-maxage=86400, immutable"


@require_safe
@conditional_page
def figure(request: HttpRequest, file: File) -> HttpResponse:
    """One file of a picture that stands in an edition of a page that is online."""
    if not Showing.objects.filter(figure=file.picture).exists():
        raise Http404
    return served(file, kept=KEPT)
