"""`manage.py backup`: everything, as it was at one moment, into one file."""

import gzip
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from leukemia_site.backups import archive, media, native, pages, release, rows
from leukemia_site.backups.refusals import Refused
from leukemia_site.backups.snapshot import snapshot

Say = Callable[[str], object]


def save(target: Path, *, force: bool, say: Say) -> None:
    """Write the backup. Raises Refused, and leaves no file, if that is not possible."""
    _require_room(target, force=force)
    if missing := release.unapplied():
        raise Refused(
            f"The database is behind the program ({missing[0]} is not applied). Make the backup with the release "
            "that the site runs on, before you install another, or run manage.py migrate first."
        )
    with _written(target, force=force) as tar, snapshot(connection) as moment:
        writer = archive.Writer(tar, at=timezone.now().timestamp())
        _rows(writer, target.parent)
        shown = pages.taken()
        without = native.add(writer, connection, moment=moment, folder=target.parent)
        files = media.add(writer)
        writer.finish(_said() | {"pages": shown})
    counted = sum(part.get("rows", 0) for part in writer.parts.values())
    say(f"{target}: {counted} rows, {len(shown['html'])} pages, {files} media files, {target.stat().st_size:,} bytes.")
    if without:
        say(f"The engine's own copy is not in it: {without} The backup can be restored without it.")


def _said() -> dict[str, Any]:
    return {
        "release": release.name(),
        "engine": connection.vendor,
        "made_at": timezone.now().isoformat(),
        "migrations": release.leaves(),
    }


def _require_room(target: Path, *, force: bool) -> None:
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.")
    if target.is_dir() or (target.exists() and not force):
        raise Refused(f"{target} is there already. Choose another name, or give --force to replace it.")


@contextmanager
def _written(target: Path, *, force: bool) -> Iterator[tarfile.TarFile]:
    """A tar that takes its name when it is whole, and only its owner may read."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield tar
            file.flush()
            os.fsync(file.fileno())
        _require_room(target, force=force)  # again: it took a while
        part.replace(target)
    except OSError as error:
        raise Refused(f"{target} can not be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)


def _rows(writer: archive.Writer, folder: Path) -> None:
    for model in tqdm(rows.kept(), "Rows", disable=None, leave=False):
        with tempfile.TemporaryFile(dir=folder) as file:
            number = 0
            with gzip.GzipFile(fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
                for number, line in enumerate(rows.lines(model), start=1):  # noqa: B007  the last one counts
                    packed.write(line.encode() + b"\n")
            size = file.tell()
            file.seek(0)
            writer.add(part_name(model), file, size, rows=number, columns=rows.columns(model))


def part_name(model: rows.Model) -> str:
    """Where a backup holds the rows of a table."""
    return f"rows/{model._meta.label}.jsonl.gz"
