"""Split a printed list of references into entries, as JSON or for reading."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from references.reading import decoding, plain
from references.reading.plain import Entry

LIMIT = 25_000_000  # bytes
KEYS: tuple[str, ...] = (
    "authors",
    "publisher",
    "published",
    "published_as_printed",
    "title",
    "container",
    "volume",
    "issue",
    "pages",
)
KEYS += ("url", "doi", "pmid", "pmcid", "accessed", "raw")


class Command(BaseCommand):
    help = "Split a printed list of references into entries. A text that is no such list gives an empty list."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="Plain text; - for standard input.")
        parser.add_argument("--json", action="store_true", help="Print JSON; offsets are characters of the file.")

    def handle(self, *args: Any, **options: Any) -> None:
        name = _("standard input") if options["file"] == "-" else options["file"]
        try:
            # The file's own line ends stay, so that the offsets are those of the file.
            decoded = decoding.examine(_bytes(options["file"], name), name, limit=LIMIT)
        except decoding.Undecodable as refusal:
            raise CommandError(str(refusal)) from refusal
        if decoded.note:
            self.stderr.write(decoded.note)
        entries = plain.split(decoded.text)
        if options["json"]:
            records = [record(number, entry) for number, entry in enumerate(entries, 1)]
            self.stdout.write(json.dumps(records, ensure_ascii=False, indent=1))
            return
        for number, entry in enumerate(entries, 1):
            self.stdout.write(listing(number, entry))
        if not entries:
            self.stdout.write(_("%s: no list of references.") % name)


def record(number: int, entry: Entry) -> dict[str, Any]:
    """The entry under the keys of the JSON output."""
    fields = asdict(entry)
    return {"n": number, **{key: fields[key] for key in KEYS}, "offset": [entry.start, entry.end]}


def listing(number: int, entry: Entry) -> str:
    """Number and title, then a line for each field that is printed."""
    fields = asdict(entry)
    lines = [f"    {key}: {fields[key]}" for key in KEYS if fields[key] and key not in {"title", "raw"}]
    return "\n".join([f"{number}. {entry.title or entry.raw}", *lines])


def _bytes(file: str, name: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(LIMIT + 1)
    try:
        with Path(file).open("rb") as stream:
            return stream.read(LIMIT + 1)
    except OSError as error:
        message = _("%(name)s: cannot be read (%(why)s). Check the path and its permissions.")
        raise CommandError(message % {"name": name, "why": error.strerror}) from error
