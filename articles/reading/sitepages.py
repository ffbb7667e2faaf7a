"""The pages about the site itself."""

from django.http import HttpRequest, HttpResponse

from articles import sitepages
from articles.reading.serving import public, shown


@public
def site_page(request: HttpRequest, key: str) -> HttpResponse:
    """One of them, as the organization wrote it, or as it came with the software."""
    page = sitepages.shown(key, sitepages.current(key))
    return shown("articles/site_page.html", {"page": page})
