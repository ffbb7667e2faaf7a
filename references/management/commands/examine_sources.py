"""Look at the pages of sources: which are there, which are not, which changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from references import examining, health
from references.models import Source


class Command(BaseCommand):
    help = "Look at the pages of sources. It can be interrupted: what was seen is kept, and the next run goes on."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--due", action="store_true", help="Those whose next look is due (the default).")
        which.add_argument(
            "--all", action="store_true", help="Every source with an address, those longest unseen first."
        )
        parser.add_argument("--limit", type=int, metavar="N", help="At most so many.")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        if options["limit"] is not None and options["limit"] < 1:
            raise CommandError(_("--limit is a number of sources, 1 or more."))
        # Whatever was seen goes to the end of either line, so that an interrupted run is resumed by running it again.
        found = (
            Source.objects.with_address().order_by(F("looked_at").asc(nulls_first=True), "pk")
            if options["all"]
            else Source.objects.due(at)
        )
        sources = list(found[: options["limit"]])
        with tqdm(total=len(sources), unit="source", disable=None if options["verbosity"] else True) as bar:
            try:
                counted = examining.examine(sources, tick=bar.update)
            except examining.Offline as offline:
                raise CommandError(
                    _("No host answered. Is this machine online? Nothing was written down.")
                ) from offline
        for state, name in health.NAMES.items():
            if counted[state]:
                self.stdout.write(f"{name}: {counted[state]}")
        self.stdout.write(_("%(count)d sources examined.") % {"count": counted.total()})
