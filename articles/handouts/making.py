"""Makes a handout: one at a time on this machine, in a process of its own, within bounds of time and memory."""

import fcntl
import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from articles.handouts import shelf
from articles.handouts.sheet import PROGRAM, Sheet, Variant
from articles.pictures import store

SECONDS, BYTES = 60, 1_500_000_000  # of one file; the longest page we know takes a tenth of either
PATIENCE = 3.0  # seconds that a reader waits for the one that is being made
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH")

log = logging.getLogger(__name__)


class NotMade(Exception):
    """There is no handout of this page, for a reason that will not pass by itself."""


class Busy(NotMade):
    """Another one is being made; this one can be had in a minute."""


def make(sheet: Sheet, variant: Variant, *, patience: float = PATIENCE) -> shelf.Handout:
    """The handout of this sheet, made now unless it is there. Raises Busy, NotMade."""
    key = sheet.key(variant)
    if found := shelf.find(sheet.article, key):
        return found
    if shelf.refused(sheet.article, key):
        raise NotMade(key)
    with _alone(patience):
        # Whoever was before us may have made this very one.
        return shelf.find(sheet.article, key) or _made(sheet, variant, key)


def _made(sheet: Sheet, variant: Variant, key: str) -> shelf.Handout:
    try:
        sheets, pdf = _typeset(sheet, variant)
    except NotMade as error:
        log.error("no handout of /%s/ (%s): %s", sheet.slug, variant.name, error)
        shelf.refuse(sheet.article, key, str(error))
        raise
    return shelf.put(sheet.article, sheet.edition, key, sheets=sheets, pdf=pdf)


def _typeset(sheet: Sheet, variant: Variant) -> tuple[int, bytes]:
    with TemporaryDirectory(prefix="handout-") as spare:
        try:
            files = {address: str(store.on_disk(name, Path(spare))) for address, name in sheet.files.items()}
        except FileNotFoundError as error:  # it went a moment ago
            raise NotMade(f"{error} is not there any more") from error
        return _run(json.dumps({**sheet.job(variant), "files": files, "seconds": SECONDS, "bytes": BYTES}))


def _run(job: str) -> tuple[int, bytes]:
    # Without our environment, which holds keys, and without our modules: it needs neither.
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    command = [sys.executable, "-I", str(PROGRAM)]
    try:
        done = subprocess.run(  # noqa: S603  our own program, and nothing of a reader's in the command
            command, input=job.encode(), capture_output=True, timeout=SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise NotMade(f"not done after {SECONDS} seconds") from None
    if done.returncode:
        raise NotMade(done.stderr.decode(errors="replace")[-2000:].strip() or f"ended by signal {-done.returncode}")
    sheets, _line, pdf = done.stdout.partition(b"\n")
    return int(sheets), pdf


@contextmanager
def _alone(patience: float) -> Iterator[None]:
    """One at a time, whichever process it is. Raises Busy after `patience` seconds."""
    root = Path(settings.HANDOUTS_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + patience
    with (root / ".lock").open("w") as lock:
        while not _locked(lock.fileno()):
            if time.monotonic() > until:
                raise Busy
            time.sleep(0.05)
        yield  # the lock goes with the file, also when this process is killed


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
