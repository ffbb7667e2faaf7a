"""The name of what renders the pages: another release, template, style, setting or language catalog is another one."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from leukemia_site import settings as ours

FOLDERS = ("templates", "static/css", "static/articles", "articles", "references", "leukemia_site")
KINDS = {".py", ".html", ".txt", ".css", ".js", ".mo"}
# Secrets, and where things are: no reader sees them.
UNSEEN = {
    *("SECRET_KEY", "SEAL_KEY", "DATABASES", "CACHES", "SECRET_KEY_FALLBACKS", "LOGGING", "BASE_DIR"),
    *("EMAIL_HOST", "EMAIL_HOST_USER", "EMAIL_HOST_PASSWORD", "EMAIL_PORT", "PAGES_MEGABYTES"),
    # Whoever wants to see more while the database is away must not lose all that is kept.
    *("LOG_FORMAT", "LOG_LEVEL", "SLOW_QUERY_MS", "METRICS_TOKEN", "DISK_FREE_MEGABYTES"),
}


def key() -> str:
    """A short name, the same in every process of the same release with the same settings."""
    found = hashlib.sha256()
    for path in sorted({*_sources(settings.BASE_DIR), *_others()}):
        with open(path, "rb") as file:  # by name, and below with os.walk: a process that starts is to answer soon
            found.update(f"{os.path.basename(path)}\0{hashlib.sha256(file.read()).hexdigest()}\n".encode())
    # Those that we set: packages put theirs beside them, some of them later.
    for name in sorted(name for name in vars(ours) if name.isupper() and name[0] != "_" and name not in UNSEEN):
        found.update(f"{name}={getattr(settings, name)!r}\n".encode())
    return found.hexdigest()[:20]


def _sources(base: Path) -> Iterator[str]:
    for folder in FOLDERS:
        for place, _folders, names in os.walk(base / folder):
            yield from (os.path.join(place, name) for name in names if os.path.splitext(name)[1] in KINDS)


def _others() -> Iterator[str]:
    made = (settings.BASE_DIR / "requirements.txt", settings.STATIC_ROOT / "staticfiles.json")
    return (str(path) for path in made if path.is_file())
