"""Take in a list of retractions, expressions of concern and corrections."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from references import retracting


class Command(BaseCommand):
    help = (
        "Take in a list of retractions: a CSV file with the columns doi, notice_doi and nature, or the one of"
        " Retraction Watch that Crossref gives out. Sources that it names are"
        " flagged. Taking it in again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--whole", action="store_true", help="It is the whole list: what it does not name is no longer retracted."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                lines = tqdm(file, unit="line", leave=False, disable=None if options["verbosity"] else True)
                loaded = retracting.load(lines, whole=options["whole"])
        except OSError as error:
            raise CommandError(_("%s: cannot be read (%s).") % (path, error.strerror or error)) from error
        except retracting.NoList as refusal:
            raise CommandError(f"{path.name}: {refusal}") from refusal
        said = _(
            "%(named)d DOIs named, %(changed)d new or changed, %(removed)d taken back, %(skipped)d lines not"
            " understood; %(flagged)d sources flagged or cleared."
        )
        self.stdout.write(said % {name: getattr(loaded, name) for name in loaded.__slots__})
