"""What a page leans on, as files for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles import page
from articles.models import Edition, Published
from articles.reading import facts
from articles.reading.history import of_page
from articles.reading.serving import attached, shown, today
from references import writing


@of_page
def references(request: HttpRequest, row: Published, extension: str) -> HttpResponse:
    """The references of the page as it stands, in the order of their numbers."""
    if row.edition_id is None:
        return shown("410.html", {"row": row, "instead": facts.instead_of(row)}, status=410)
    words = get_object_or_404(Edition.objects.only("content"), pk=row.edition_id).words()
    listed = page.build(words, page.Facts(today=today(request))).references
    if not listed:
        raise Http404
    text = writing.write((reference.source for reference in listed), extension)
    name = f"{row.slug}-references.{extension}"
    return attached(text, name=name, content_type=writing.FORMATS[extension].content_type)
