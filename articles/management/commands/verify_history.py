"""`manage.py verify_history`: whether reviews, editions and the rest are as they were written."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from articles import heads
from articles.verifying import addresses, history

SHOWN = 200  # problems; who rewrote a whole table need not be told of each row


class Command(BaseCommand):
    help = "Recompute every seal, digest and public date, and say what is not as it was written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--heads", type=Path, help="a file of heads that was kept elsewhere; default: the one in VAR_DIR"
        )

    def handle(self, **options: Any) -> None:
        kept = _kept(options["heads"])
        found = 0
        with tqdm(total=history.steps(), unit="row", disable=not options["verbosity"], leave=False) as bar:
            for problem in history.problems(kept, tick=bar.update):
                found += 1
                if found <= SHOWN:
                    bar.write(str(problem), file=self.stderr)
        if found:
            words = ngettext("History was changed: %(n)d problem.", "History was changed: %(n)d problems.", found)
            raise CommandError(words % {"n": found})
        if late := addresses.late():
            words = ngettext(
                "The dates of %(n)d page do not follow the latest news yet; run_due will see to it.",
                "The dates of %(n)d pages do not follow the latest news yet; run_due will see to it.",
                late,
            )
            self.stdout.write(words % {"n": late})
        words = _("History is as it was written: %(steps)d steps, %(heads)d kept heads agree.")
        self.stdout.write(words % {"steps": history.steps(), "heads": len(kept)})


def _kept(path: Path | None) -> Any:
    default = settings.HEADS_FILE
    try:
        return heads.read(path or default) if path or default.exists() else ()
    except (OSError, heads.Unreadable) as error:
        words = _("%(path)s can not be read as kept heads: %(error)s")
        raise CommandError(words % {"path": path or default, "error": error}) from error
