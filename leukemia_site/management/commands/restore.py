"""A backup into an empty machine."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from leukemia_site.backups import restoring
from leukemia_site.backups.refusals import Refused


class Command(BaseCommand):
    help = (
        "Fill an empty database and media folder from a file that `backup` wrote, on SQLite or PostgreSQL, and compare "
        "every page with what it was. A database in use is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--native",
            action="store_true",
            help="Use the engine's own copy (SQLite's file, pg_dump) in place of the rows that fit either engine.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restoring.restore(options["file"], as_native=options["native"], say=self.stdout.write)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
