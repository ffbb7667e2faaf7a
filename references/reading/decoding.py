"""Bytes of a file to text, or one refusal that names file, place and remedy. Pure; shared by every importer."""

import codecs
import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LIMIT = 10_000_000  # bytes; a long manuscript is under 1 MB

SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "Word (.docx), OpenDocument or ZIP"),
    (b"\xd0\xcf\x11\xe0", "old Word (.doc)"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"\x7fELF", "program"),
)
UTF_8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
HIGH_BYTES = bytes(range(128, 256))
CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f\x7f]")

# What cp1252 shows where the bytes were really Mac Roman, Latin-2, cp1251 or a CJK encoding.
IMPLAUSIBLE_IN_1252 = re.compile(
    r"[a-z][À-ÖØ-ÞŠŒŽŸ]"  # a capital inside a word: Mac Roman quotes and accents
    r"|[A-Za-z][¡¢£¥¦§¨¬¯²³´¶¸¹¿ƒ†‡ˆ‰][a-z]"  # a sign inside a word: Latin-2, Mac Roman
    r"|[À-ÖØ-öø-ÿŠŒŽšœžŸ]{3}"  # three accented letters in a row: Cyrillic, Greek
)
UNUSED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


class Undecodable(ValueError):
    """The bytes cannot be read as text with certainty. The message names file, place and remedy."""


@dataclass(frozen=True)
class Decoded:
    """`text` with the file's own line ends, the encoding found, and a `note` for a person ("" mostly)."""

    text: str
    encoding: str
    note: str = ""


def decode(data: bytes, name: str, *, limit: int = LIMIT) -> str:
    """Text of the file `name` without byte order mark, lines ended by LF. Raises Undecodable."""
    return unified_line_ends(examine(data, name, limit=limit).text)


def unified_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def examine(data: bytes, name: str, *, limit: int = LIMIT) -> Decoded:
    """As `decode`, with the line ends as they are and the encoding that was found. Raises Undecodable."""
    if len(data) > limit:
        megabytes = f"{len(data) / 1e6:.1f} MB", f"{limit / 1e6:.0f} MB"
        raise Undecodable(
            _("%s: the file is too large (%s; at most %s). Split it and import the parts.") % (name, *megabytes)
        )
    _refuse_known_binary(data, name)
    decoded = _decoded(data, name)
    if not decoded.text.strip("\ufeff \t\r\n\f\v\xa0"):
        raise Undecodable(_("%s: the file is empty. Save the document again, with its text.") % name)
    nul = decoded.text.find("\0")
    if nul >= 0 or len(CONTROL.sub("", decoded.text)) * 100 < len(decoded.text) * 99:
        first = nul if nul >= 0 else CONTROL.search(decoded.text).start()  # type: ignore[union-attr]
        raise _not_text(name, decoded.text, first)
    return decoded


def _refuse_known_binary(data: bytes, name: str) -> None:
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise Undecodable(
                _("%s: this is a %s file, not text (byte 0). Open it and save it as plain text, UTF-8.") % (name, kind)
            )


def _decoded(data: bytes, name: str) -> Decoded:
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Undecodable(_("%s: the file is UTF-32 (byte 0). Save it as plain text, UTF-8.") % name)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _strictly(data, name, mark, encoding)
    zeros = data.count(0)
    if zeros and zeros * 5 > len(data) * 2:
        message = _("%s: the file looks like UTF-16 without a byte order mark (byte %d). Save it as plain text, UTF-8.")
        raise Undecodable(message % (name, data.index(0)))
    try:
        return _strictly(data, name, codecs.BOM_UTF8, "utf-8")
    except Undecodable:
        if data.startswith(codecs.BOM_UTF8) or 0 in data or not _is_windows_1252(data):
            raise
    place = HIGH_BYTE.search(data).start()  # type: ignore[union-attr]
    note = _("%s: not UTF-8; read as Windows-1252 (first at byte %d, line %d). Check its quotes and accents.")
    return Decoded(data.decode("cp1252"), "cp1252", note % (name, place, _line_of(data, place)))


def _strictly(data: bytes, name: str, mark: bytes, encoding: str) -> Decoded:
    body = data.removeprefix(mark)
    try:
        return Decoded(body.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        at = error.start
        offset = at + len(data) - len(body)
        line = _line_of(data, offset) if encoding == "utf-8" else _line_in(body[: at - at % 2].decode(encoding))
        message = _("%s: not valid %s at byte %d (line %d). Open the file and save it as plain text, UTF-8.")
        raise Undecodable(message % (name, encoding.upper(), offset, line)) from error


def _is_windows_1252(data: bytes) -> bool:
    """Certain enough: no other reading of the high bytes is likely. Half-broken UTF-8 is not."""
    if UNUSED_IN_1252.search(data) or UTF_8_SEQUENCE.search(data):
        return False
    if len(data.translate(None, HIGH_BYTES)) * 4 < len(data) * 3:
        return False
    return not IMPLAUSIBLE_IN_1252.search(data.decode("cp1252"))


def _not_text(name: str, text: str, first: int) -> Undecodable:
    message = _(
        "%s: not text: control character U+%04X at character %d (line %d). Save the document as plain text, UTF-8."
    )
    return Undecodable(message % (name, ord(text[first]), first, _line_in(text[:first])))


def _line_of(data: bytes, offset: int) -> int:
    return _line_in(data[:offset].decode("latin-1"))


def _line_in(before: str) -> int:
    return unified_line_ends(before).count("\n") + 1
