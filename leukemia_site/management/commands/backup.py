"""The whole site into one file."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from leukemia_site.backups import saving
from leukemia_site.backups.refusals import Refused


class Command(BaseCommand):
    help = (
        "Write database and media to one file, as they are at one moment; the site may go on working. The file holds "
        "everybody's names and password hashes: only its owner can read it, and you should keep it encrypted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="Where to write, such as /backups/site-2026-11-23.tar")
        parser.add_argument("--force", action="store_true", help="Replace the file if it is there.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            saving.save(options["file"].absolute(), force=options["force"], say=self.stdout.write)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            "Not in it, because one thief must not get both: settings such as SECRET_KEY, SEAL_KEY and DATABASE_URL, "
            f"and what {settings.VAR_DIR} has of secret_key, seal_key and heads.jsonl. Keep them in another place. "
            "Sessions are left out, too: after a restore everybody signs in again."
        )
