"""Which program and which settings made a backup: what decides whether two renderings can be compared byte by byte."""

import hashlib
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.views.debug import SafeExceptionReporterFilter

SECRET = SafeExceptionReporterFilter.hidden_settings  # Django's own words for what nobody may see, not even hashed
# What says where a machine keeps things may differ from one machine to the next.
PLACES = {"DATABASES", "CACHES", "ALLOWED_HOSTS", "PUBLIC", "VAR_DIR", "BASE_DIR", "SETTINGS_MODULE"}
PLACES_BEGIN = ("EMAIL", "SERVER_EMAIL", "SECURE_", "SESSION_", "CSRF_", "STORAGES", "LOGGING")
NOT_SHOWN = {"tests", "docs", "benchmarks", "demo"}


def name() -> str:
    """The commit, where the program stands in a checkout; for people, who must find the release again."""
    git = ["git", "-C", str(settings.BASE_DIR), "describe", "--always", "--dirty", "--tags"]
    try:
        return subprocess.run(git, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603  our words
    except (OSError, subprocess.CalledProcessError):
        return ""


def fingerprint() -> str:
    """A hash over every file of the program that can shape a page."""
    base, digest = Path(settings.BASE_DIR), hashlib.sha256()
    for path in [base / "requirements.txt", *_files(base)]:
        digest.update(f"{path.relative_to(base)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(base: Path) -> list[Path]:
    packages = {path.parent for path in base.glob("*/__init__.py") if path.parent.name not in NOT_SHOWN}
    folders = packages | {base / "templates", base / "static"}
    found = (path for folder in folders for path in folder.rglob("*") if "__pycache__" not in path.parts)
    return sorted(path for path in found if path.is_file())


def marks() -> dict[str, str]:
    """Every setting that may show on a page, by name, as a short hash of its value."""
    shown = (key for key in dir(settings) if key.isupper() and key not in PLACES and not SECRET.search(key))
    names = (key for key in shown if not key.startswith(PLACES_BEGIN))
    return {key: _mark(getattr(settings, key, None)) for key in sorted(names)}


def _mark(value: Any) -> str:
    text = repr(sorted(value) if isinstance(value, set | frozenset) else value)
    for place in (settings.VAR_DIR, settings.BASE_DIR):
        text = text.replace(str(place), "*")
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def leaves() -> list[str]:
    """The last migration of every app, as the program has them."""
    graph = MigrationExecutor(connections["default"]).loader.graph
    return sorted(".".join(leaf) for leaf in graph.leaf_nodes())


def unapplied() -> list[str]:
    """Migrations that the program has and the database has not."""
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]
