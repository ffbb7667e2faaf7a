"""What a page leans on, as files for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse

from articles.models import Published
from articles.reading import current, facts
from articles.reading.history import of_page
from articles.reading.lasting import on_words
from articles.reading.serving import attached, kept, shown, today
from references import writing


@of_page
def references(request: HttpRequest, row: Published, extension: str) -> HttpResponse:
    """The references of the page as it stands, in the order of their numbers."""
    if row.edition_id is None:
        return shown("410.html", {"row": row, "instead": facts.instead_of(row)}, status=410)
    words, built = current.listed(row, row.edition_id, today(request))
    if not built.references:
        raise Http404
    text = writing.write((reference.source for reference in built.references), extension)
    name = f"{row.slug}-references.{extension}"
    file = attached(text, name=name, content_type=writing.FORMATS[extension].content_type)
    return kept(file, on_words(row, words, last=built.valid_until))
