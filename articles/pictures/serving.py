"""One file of a picture as a response, to whoever may have it: that is for the caller to know."""

from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.urls import converters, register_converter

from articles.pictures import store
from articles.pictures.sizes import KINDS


class File(NamedTuple):
    """One file of a picture: its hash, how wide, and which of KINDS."""

    picture: str
    width: int
    kind: str

    def __str__(self) -> str:
        return f"{self.picture}-{self.width}.{self.kind}"


class FileConverter(converters.StringConverter):
    """The name of a file of a picture, in an address."""

    regex = rf"[0-9a-f]{{1,64}}-[1-9][0-9]{{1,3}}\.(?:{'|'.join(KINDS)})"

    def to_python(self, value: str) -> File:  # type: ignore[override]  # a converter may make anything of it
        picture, width, kind = value.replace(".", "-").split("-")
        return File(picture, int(width), kind)


register_converter(FileConverter, "picture")


def served(file: File, *, kept: str) -> HttpResponse:
    """The file, as nothing but a picture; `kept` says who may keep it how long. Raises Http404."""
    found = store.read(*file)
    if found is None:
        raise Http404
    headers = {"Cache-Control": kept, "ETag": f'"{file}"', "X-Content-Type-Options": "nosniff"}
    response = HttpResponse(found, content_type=KINDS[file.kind], headers=headers)
    response._csp = "default-src 'none'; sandbox"  # type: ignore[attr-defined]
    return response
