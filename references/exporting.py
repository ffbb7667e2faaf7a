"""Sources of the library as a file to download."""

from collections.abc import Iterable

from django.http import HttpResponse

from references import filing, writing
from references.models import Source


def download(sources: Iterable[Source], extension: str) -> HttpResponse:
    """An attachment of these sources, in the format whose files end in `extension`."""
    format = writing.FORMATS[extension]
    text = writing.write(map(filing.record_of, sources), extension)
    disposition = f'attachment; filename="sources.{extension}"'
    headers = {"Content-Type": f"{format.content_type}; charset=utf-8", "Content-Disposition": disposition}
    return HttpResponse(text, headers=headers)
