"""The site's own settings, with throw-away places and a throw-away key."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# One folder per process, so that parallel workers and parallel runs never share a file.
PLACE = Path(tempfile.mkdtemp(prefix="leukemia-tests-"))
atexit.register(shutil.rmtree, PLACE, ignore_errors=True)
os.environ["VAR_DIR"] = str(PLACE)
os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests-0123456789")

from leukemia_site.settings import *  # noqa: E402, F403  the environment must be set first
from leukemia_site.settings import DATABASES, STATIC_ROOT  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "leukemia_site.media.Disk"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SOURCE_LOOKUPS = False  # a test that looks something up has a server of its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # signing in is not what most tests measure

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the live server's threads then have connections of their own, as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(PLACE / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    # Nobody pulls the plug on a test, and none asks a question that is worth compiling.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c synchronous_commit=off -c jit=off")
