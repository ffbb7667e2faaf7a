"""Any file we can read to a Manuscript: one parser per format, found by name or by what the file holds."""

import hashlib
import re
from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _

from articles.importing import assembly, htmlpage, textpage
from articles.importing.manuscript import Document, Manuscript, Refused
from references.reading import decoding

LIMIT = 2_000_000  # bytes; the longest patient page we know is 0.2 MB
PARSERS: dict[str, Callable[..., Document]] = {"text": textpage.read, "html": htmlpage.read}
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|h[1-6]|p|div|article|section|main|ul|table)\b[^>]{0,500}>", re.I
)
_HTML_NAMES = (".html", ".htm", ".xhtml")


def read(data: bytes, name: str, format: str | None = None, *, today: date) -> Manuscript:
    """Read a file's bytes. `format` is text or html, None to find out. `today` tells dates of the future.

    Raises Refused, whose message names file, place and remedy.
    """
    if format is not None and format not in PARSERS:
        raise Refused(_("%s: unknown format “%s”. Use text or html.") % (name, format))
    refuse_size(len(data), name)
    text, note = _text(data, name)
    chosen = format or _format_of(text, name)
    document = PARSERS[chosen](text, name, today=today)
    return assembly.assemble(document, sha256=hashlib.sha256(data).hexdigest(), note=note)


def refuse_size(size: int, name: str) -> None:
    """Refuse a file of `size` bytes before it is read. Raises Refused."""
    if size > LIMIT:
        message = _("%s: the file is too large (%.1f MB; at most %d MB). Split it and import the parts.")
        raise Refused(message % (name, size / 1e6, LIMIT // 1_000_000))


def _text(data: bytes, name: str) -> tuple[str, str]:
    try:
        found = decoding.examine(_as_declared(data), name, limit=LIMIT)
    except decoding.Undecodable as refusal:
        raise Refused(str(refusal)) from refusal
    return decoding.unified_line_ends(found.text), found.note


def _as_declared(data: bytes) -> bytes:
    """An HTML page that is not UTF-8 and names its encoding is certain; the rest is for `decoding` to judge."""
    charset = htmlpage.declared_charset(data)
    if not charset or charset in ("utf-8", "utf8") or data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return data
    try:
        # What browsers do: pages that say Latin-1 mean Windows-1252.
        return data.decode(
            {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252"}.get(charset, charset)
        ).encode()
    except (LookupError, UnicodeError):
        return data


def _format_of(text: str, name: str) -> str:
    if name.lower().endswith(_HTML_NAMES):
        return "html"
    return "html" if not name.lower().endswith(".txt") and _HTML.search(text[:5000]) else "text"
