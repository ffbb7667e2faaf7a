"""Sets a sheet as a tagged PDF. The only file that knows the typesetter and the maker of QR codes.

It runs as a program of its own, `python typesetting.py`: nothing of it is loaded into a web process, it knows no secret
and no database, and a page that takes too long or too much is ended without harm to anybody else. It reads the job from
standard input and writes the number of sheets, a line break and the file to standard output. Complaints of the
typesetter go to standard error, and then there is no file: what it complains about, a reader would miss.
"""

import io
import json
import logging
import re
import resource
import sys
from pathlib import Path
from typing import Any

import lxml.html
import pydyf
import segno
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

_SPACE = re.compile(r"(?<=[^\s>])\s+(?=<(?:a|abbr|b|em|i|q|span|strong|sub|sup)\b)")
QUIET_ZONE = 4  # modules of white around a QR code, as its standard asks


class Shelf(URLFetcher):  # type: ignore[misc]  # the typesetter ships no types
    """Gives the sheet what belongs to it and opens nothing else: no address, and no file that the job does not name."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False)
        self.files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("qr:"):
            return URLFetcherResponse(url, qr_code(url.removeprefix("qr:")), {"Content-Type": "image/svg+xml"})
        if url in self.files:
            return URLFetcherResponse(url, Path(self.files[url]).read_bytes())
        return super().fetch(url, headers)


class Complaints(logging.Handler):
    """Collects what the typesetter says."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


def qr_code(address: str) -> bytes:
    """The address as a drawing, black on white."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=QUIET_ZONE, light="#fff", scale=4)
    return drawn.getvalue()


def straightened(html: str) -> str:
    """The sheet in a form that comes out well.

    Lists of terms go without the groups inside them: the tags of a PDF know only lists and their items. Headers say
    of what they are, and nothing stands inside a link but its words. A space before an inline element stands by
    itself: else the typesetter (70.0) breaks a line early that ends with it.
    """
    tree: Any = lxml.html.document_fromstring(html)
    for group in tree.xpath("//dl/div"):
        if anchor := group.get("id"):
            group[0].set("id", anchor)
        group.drop_tag()
    for inner in tree.xpath("//a//*"):
        inner.drop_tag()
    for header in tree.xpath("//th[not(@scope)]"):
        header.set("scope", "row" if header.getparent().findall("td") else "col")
    written: str = lxml.html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")
    return _SPACE.sub("<span> </span>", written)


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """What the tags of the typesetter leave undone (docs/decisions/0036)."""
    for sheet in document.pages:
        for box in sheet._page_box.descendants():
            if box.link_annotation:
                _name(box)
            elif box.element_tag == "th" and hasattr(box, "mark"):
                box.mark["A"]["Scope"] = "/Row" if box.element.get("scope", "").startswith("row") else "/Column"
    known = {one.reference: one for one in pdf.objects if isinstance(one, pydyf.Object)}
    elements = {key: one for key, one in known.items() if _type(one) == "/StructElem"}
    beside = elements.keys() - _reached(elements)
    marks = {(one["Pg"], kid) for key, one in elements.items() if key in beside for kid in one["K"]}
    _set_apart(marks, known)
    tree = known[known[pdf.catalog["StructTreeRoot"]]["ParentTree"]]
    for numbers in filter(lambda one: isinstance(one, pydyf.Array), tree["Nums"]):
        numbers[:] = ["null" if one in beside else one for one in numbers]


def _name(box: Any) -> None:
    """A link says where it leads, and is there on paper, too."""
    box.link_annotation["F"] = 4
    if box.element is not None and (name := box.element.get("aria-label")):
        box.link_annotation["Contents"] = pydyf.String(name)


def _type(one: pydyf.Object) -> Any:
    return one.get("Type") if isinstance(one, pydyf.Dictionary) else None


def _reached(elements: dict[bytes, Any]) -> set[bytes]:
    """The elements that a reader's device comes by."""
    reached, waiting = set[bytes](), [key for key, one in elements.items() if one["S"] == "/Document"]
    while waiting:
        reached.add(found := waiting.pop())
        waiting += [kid for kid in elements[found]["K"] if kid in elements]
    return reached


def _set_apart(marks: set[tuple[bytes, int]], known: dict[bytes, Any]) -> None:
    """What stands in the margin of every sheet is no part of the text, and is not read out with it."""
    for page in [key for key, one in known.items() if _type(one) == "/Page"]:
        drawn = known[known[page]["Contents"]].stream
        for place, item in enumerate(drawn):
            if isinstance(item, pydyf.Dictionary) and (page, item.get("MCID")) in marks:
                drawn[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def typeset(job: dict[str, Any], fonts: FontConfiguration, complaints: Complaints) -> tuple[int, bytes]:
    """How many sheets, and the file. The job: `name`, `html`, `css` (texts), `base` and `files` (paths by address)."""
    logger = logging.getLogger("weasyprint")
    logger.handlers[:] = [complaints]
    fetcher = Shelf(job["files"])
    sheet = HTML(string=straightened(job["html"]), base_url=job["base"], url_fetcher=fetcher)
    styles = [CSS(string=text, base_url=job["base"], url_fetcher=fetcher, font_config=fonts) for text in job["css"]]
    # One name for one content: else the file would carry a random one, and be another at each making.
    options = {"pdf_variant": "pdf/ua-1", "pdf_identifier": job["name"].encode()}
    document = sheet.render(fonts, stylesheets=styles, **options)
    return len(document.pages), document.write_pdf(finisher=finish, **options)


def main() -> int:
    """0 with a file, 1 with complaints."""
    job = json.load(sys.stdin)
    # Before any limit: whoever runs out of memory while looking for fonts leaves a list without any, to everybody.
    fonts = FontConfiguration()
    for limit, most in ((resource.RLIMIT_CPU, job["seconds"]), (resource.RLIMIT_AS, job["bytes"])):
        resource.setrlimit(limit, (most, most))
    complaints = Complaints()
    sheets, pdf = typeset(job, fonts, complaints)
    if complaints.said:
        print("\n".join(complaints.said), file=sys.stderr)
        return 1
    sys.stdout.buffer.write(b"%d\n" % sheets + pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
