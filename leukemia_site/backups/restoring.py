"""`manage.py restore`: a backup into an empty machine, on either engine, and the proof that all of it arrived."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from tqdm import tqdm

from articles import triggers
from articles.outdated import installing
from leukemia_site.backups import blank, media, native, pages, release, rows
from leukemia_site.backups.archive import Archive, opened
from leukemia_site.backups.refusals import Refused
from leukemia_site.backups.saving import part_name

Say = Callable[[str], object]
SHOWN = 20  # addresses that differ


def restore(path: Path, *, as_native: bool, say: Say) -> None:
    """Check, fill, verify. Raises Refused; up to the point where it says that rows are there, nothing is changed."""
    with opened(path) as archive:
        _require_fit(archive, as_native=as_native)
        blank.require()
        media.require_room(archive)
        say(f"{path} is whole, of {archive.manifest['made_at']}, from {archive.manifest['engine']}.")
        call_command("migrate", verbosity=0)
        files = media.write(archive)
        (_load_native if as_native else _load)(archive)
        counted = sum(part.get("rows", 0) for part in archive.parts.values())
        say(f"{counted} rows and {files} media files are here, each read back and equal.")
        ContentType.objects.clear_cache()
        verify(archive.manifest["pages"], say=say)


def _require_fit(archive: Archive, *, as_native: bool) -> None:
    """Refuse a backup of another shape than this program's tables."""
    said, ours = archive.manifest, {part_name(model): rows.columns(model) for model in rows.kept()}
    theirs = {name: part.get("columns") for name, part in archive.parts.items() if name.startswith("rows/")}
    if said["migrations"] != release.leaves() or theirs != ours:
        raise Refused(
            f"The backup was made by another release ({said['release'] or 'unnamed'}), whose tables differ from this "
            "one's. Nothing is changed. Restore it with that release, then install this one and run manage.py migrate."
        )
    if as_native and native.NAMES[connection.vendor] not in archive.parts:
        raise Refused(
            f"The backup holds no copy by {connection.vendor} itself. Nothing is changed. Restore it without --native."
        )


def _load(archive: Archive) -> None:
    """All rows, with their keys, in one transaction: killed at any moment, it leaves the database empty."""
    models = rows.kept()
    try:
        with transaction.atomic():
            blank.lock()
            blank.require()  # again, now that nobody else can write
            triggers.drop(connection)
            installing.drop(connection)
            rows.empty(connection, models)
            for model in tqdm(models, "Rows", disable=None, leave=False):
                with archive.lines_of(part_name(model)) as file:
                    _require_equal(model, rows.load(connection, model, file))
            connection.check_constraints()
            rows.go_on_counting(connection, models)
            triggers.install(connection)
            installing.install(connection)
    except DatabaseError as error:
        raise Refused(f"The database refused the rows, and is empty as before: {error}") from error


def _load_native(archive: Archive) -> None:
    native.load(archive, connection)
    triggers.install(connection)
    installing.install(connection)
    for model in tqdm(rows.kept(), "Reading back", disable=None, leave=False):
        added = rows.Sum()
        with archive.lines_of(part_name(model)) as file:
            for line in file:
                added.add(line.rstrip("\n"))
        _require_equal(model, added)


def _require_equal(model: rows.Model, added: rows.Sum) -> None:
    """Refuse unless the table now says what the file says."""
    if rows.read_back(model) != added:
        raise Refused(f"The rows of {model._meta.label} did not come back as they were written.")


def verify(before: dict[str, Any], *, say: Say) -> None:
    """Hold the pages against those of the backup, and the history against itself. Raises Refused."""
    found = pages.compare(before)
    say(f"{found.equal} pages equal, {len(found.differ)} differ (compared {found.what}).")
    try:
        call_command("verify_history")
    except CommandError as error:
        raise Refused(
            f"All rows are here, but the history does not hold: {error} If SEAL_KEY is not that of the site that was "
            "backed up, put that one here and run manage.py verify_history again."
        ) from error
    if found.differ:
        shown = ", ".join(found.differ[:SHOWN])
        raise Refused(f"All rows are here, but these pages are not what they were: {shown}")
