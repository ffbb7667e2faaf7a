"""The whole public site as files."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from tqdm import tqdm

from leukemia_site.mirror import exporting, verifying
from leukemia_site.mirror.refusals import Busy, Refused

SHOWN = 200  # problems; a mirror that is no longer there need not be named file by file


class Command(BaseCommand):
    help = (
        "Write every public page as a file that any web server or bucket can serve, for the day when the site is away. "
        "Readers get the new mirror in one step, DIR/current; interrupted, the next export goes on where this one was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="Where to write, such as /srv/site/mirror")
        parser.add_argument("--since", action="store_true", help="Only what has changed since the last export there.")
        parser.add_argument("--verify", action="store_true", help="Write nothing; compare with the manifest.")
        processes = os.cpu_count() or 1
        parser.add_argument("--processes", type=int, default=processes, help=f"At once; here {processes}.")

    def handle(self, *args: Any, **options: Any) -> None:
        root: Path = options["folder"].expanduser().absolute()
        if options["verify"] and options["since"]:
            raise CommandError(_("--verify looks at the whole mirror and writes nothing: leave --since out."))
        self._quiet = not options["verbosity"]
        try:
            if options["verify"]:
                self._verify(root)
            else:
                self._export(root, options)
        except Busy as busy:
            if not options["since"]:
                raise CommandError(str(busy)) from busy
            self._say(_("Another export is at work in %(root)s. The next one takes what it misses.") % {"root": root})
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. Readers have what they had; the next export goes on from here.")) from None

    def _export(self, root: Path, options: dict[str, Any]) -> None:
        count = max(1, options["processes"])
        report = exporting.export(root, since=options["since"], processes=count, watch=self._bar)
        said = _("%(root)s: %(addresses)d addresses; of %(all)d groups of pages %(made)d were made, the others stay.")
        all_groups = report.made + report.kept
        told = {"root": root, "addresses": report.addresses, "all": all_groups, "made": report.made}
        self._say(said % told)
        if report.later:
            told = {"count": len(report.later), "first": report.later[0]}
            self._say(_("Not ready yet, and left for the next export: %(count)d, %(first)s first.") % told)

    def _verify(self, root: Path) -> None:
        found = 0
        for problem in verifying.problems(root, watch=self._bar):
            found += 1
            if found <= SHOWN:
                tqdm.write(str(problem), file=self.stderr)
        if found:
            said = ngettext("The mirror has %(n)d problem.", "The mirror has %(n)d problems.", found) % {"n": found}
            raise CommandError(f"{said} " + _("Export it anew: manage.py export_site %(root)s") % {"root": root})
        self._say(_("Every file of the mirror is as it was written, and every link leads somewhere."))

    def _bar(self, items: Iterable[Any], total: int) -> Iterable[Any]:
        return tqdm(items, total=total, disable=True if self._quiet else None, leave=False)

    def _say(self, words: str) -> None:
        if not self._quiet:
            self.stdout.write(words)
