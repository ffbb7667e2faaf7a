"""Import manuscripts: read each file, start a draft, and say what a person has to look at."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from articles import drafting, importing, intake, roles
from articles.importing import report
from articles.importing.manuscript import Manuscript
from articles.refusals import Refused


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `word` is created, would create, unchanged or refused."""

    path: Path
    word: str
    detail: str
    manuscript: Manuscript | None = None


class Command(BaseCommand):
    help = (
        "Import manuscripts (plain text or HTML) as drafts. Importing a file again changes nothing."
        " The exit status is 0 only if no file was refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--format", choices=sorted(importing.PARSERS), help="Default: found from each file.")
        parser.add_argument("--dry-run", action="store_true", help="Do everything but save.")
        parser.add_argument("--json", action="store_true", help="Print what was read as JSON; save nothing.")
        parser.add_argument("--by", metavar="USERNAME", help="Who imports; must be allowed to write articles.")

    def handle(self, *args: Any, **options: Any) -> None:
        by = None if options["json"] else _person(options["by"])
        outcomes = []
        for outcome in self._outcomes(by, options):
            outcomes.append(outcome)
            if not options["json"]:
                self._tell(outcome)
        if options["json"]:
            self._print(outcomes)
        refused = sum(outcome.word == "refused" for outcome in outcomes)
        if refused:
            raise CommandError(
                _("%(refused)d of %(files)d files refused.") % {"refused": refused, "files": len(outcomes)}
            )

    def _outcomes(self, by: User | None, options: dict[str, Any]) -> Iterator[Outcome]:
        paths: list[Path] = options["files"]
        # On stderr, so that what is said on stdout can be kept in a file.
        for path in tqdm(paths, disable=len(paths) < 2, unit="file"):
            try:
                manuscript = _read(path, options["format"])
                yield _drafted(path, manuscript, by, dry=options["dry_run"])
            except (importing.Refused, Refused) as refusal:
                yield Outcome(path, "refused", str(refusal))
            except OSError as error:
                yield Outcome(path, "refused", _("%s: cannot be read (%s).") % (path.name, error.strerror or error))
            except DatabaseError as error:
                yield Outcome(path, "refused", _("%s: could not be saved (%s).") % (path.name, error))

    def _tell(self, outcome: Outcome) -> None:
        with tqdm.external_write_mode():
            self.stdout.write(f"{outcome.word}: {outcome.path}: {outcome.detail}")
            notes = outcome.manuscript.notes if outcome.manuscript and outcome.word != "unchanged" else ()
            for note in notes:
                self.stdout.write(f"    {note}")
            for rest in outcome.manuscript.leftovers if notes and outcome.manuscript else ():
                self.stdout.write(f"    {_('line %d, kept aside') % rest.line}: {_shortened(rest.text)}")

    def _print(self, outcomes: list[Outcome]) -> None:
        rows = [
            report.as_json(outcome.manuscript)
            if outcome.manuscript
            else {"source": {"file": outcome.path.name}, "refused": outcome.detail}
            for outcome in outcomes
        ]
        shown = rows[0] if len(rows) == 1 else rows
        self.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1))


def _person(username: str | None) -> User:
    """Who imports: the named account, or the only superuser of a new site."""
    if username:
        by = User.objects.filter(username=username, is_active=True).first()
        if by is None:
            raise CommandError(_("There is no active account “%s”. Name another: --by USERNAME") % username)
    else:
        candidates = list(User.objects.filter(is_superuser=True, is_active=True)[:2])
        if len(candidates) != 1:
            raise CommandError(_("Say who imports, so that the draft has an author: --by USERNAME"))
        by = candidates[0]
    if not roles.may(by, "add_article"):
        raise CommandError(_("“%s” may not write articles. Name a writer or an editor: --by USERNAME") % by)
    return by


def _read(path: Path, format: str | None) -> Manuscript:
    importing.refuse_size(path.stat().st_size, path.name)
    return importing.read(path.read_bytes(), path.name, format, today=timezone.localdate())


def _drafted(path: Path, manuscript: Manuscript, by: User | None, *, dry: bool) -> Outcome:
    """Without a person nothing is saved; dry, it is saved and taken back, so that every refusal shows."""
    if by is None:
        return Outcome(path, "read", manuscript.content.title, manuscript)
    try:
        with transaction.atomic():
            article = intake.draft(manuscript, by=by, at=timezone.now())
            transaction.set_rollback(dry)
    except drafting.AlreadyStarted as known:
        return Outcome(path, "unchanged", _("already here as “%s”.") % known.article, manuscript)
    counts = {
        "title": article.title,
        "slug": article.slug,
        "sections": len(manuscript.content.sections),
        "references": len(manuscript.content.sources),
    }
    detail = _("“%(title)s”, address %(slug)s, %(sections)d sections, %(references)d references.") % counts
    return Outcome(path, "would create" if dry else "created", detail, manuscript)


def _shortened(text: str) -> str:
    return text if len(text) <= 100 else text[:99] + "…"
