"""Our site with the demonstration on it, and how it is started: as deploy/systemd and docs/deployment.md say."""

import configparser
import json
import os
import re
import secrets
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.serving.processes import Server, database

ROOT = Path(__file__).resolve().parent.parent.parent
UNIT = ROOT / "deploy" / "systemd" / "leukemia-site.service"
SOCKET = "--uds /run/leukemia-site/web.sock --uds-permissions 660"
GUNICORN = re.compile(r"^gunicorn leukemia_site[^`]*", re.MULTILINE)
APPLICATION = "leukemia_site.wsgi:application"
PAGE = "/acute-lymphocytic-leukemia/"


def prepared(folder: Path, *, unread: int) -> dict[str, str]:
    """The site's environment. Beside it in the folder: article.json, and unread.json with so many addresses."""
    env = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "leukemia_site.settings",
    }
    env |= {name: secrets.token_urlsafe(50) for name in ("SECRET_KEY", "SEAL_KEY")}
    if name := database("ours"):
        env["DATABASE_URL"] = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    manage = [sys.executable, "manage.py"]
    fill = [sys.executable, "-m", "benchmarks.serving.article", str(folder), str(unread)]
    commands = ([*manage, "migrate"], [*manage, "demo"], [*manage, "collectstatic", "--noinput"], fill)
    with (folder / "prepared.log").open("w") as log:
        for command in commands:
            subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=log, stderr=log)  # noqa: S603  our own words
    return env


def unread(folder: Path) -> list[str]:
    """Addresses of pages that nobody has asked for."""
    return json.loads((folder / "unread.json").read_text())


def with_granian(env: dict[str, str]) -> Server:
    """As the unit starts it, but on a port, as wrk knows no other sockets."""
    return _server("ours, granian", env, _granian)


def with_gunicorn(env: dict[str, str], packages: Path) -> Server:
    """As the documentation says, with a gunicorn that is not among our requirements."""
    return _server("ours, gunicorn", env | {"PYTHONPATH": str(packages)}, _gunicorn)


def granian(application: str, port: int) -> list[str]:
    """The unit's words for granian with an application, on a port."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string(re.sub(r"\\\n\s*", "", UNIT.read_text()))
    line = parser["Service"]["ExecStart"]
    if SOCKET not in line or APPLICATION not in line:
        raise RuntimeError(f"{UNIT} names another socket or application")
    line = line.replace(SOCKET, f"--host 127.0.0.1 --port {port}").replace(APPLICATION, application)
    return shlex.split(line)[1:]


def _granian(port: int) -> list[str]:
    return [str(Path(sys.executable).with_name("granian")), *granian(APPLICATION, port)]


def _gunicorn(port: int) -> list[str]:
    found = GUNICORN.search((ROOT / "docs" / "deployment.md").read_text())
    if found is None:
        raise RuntimeError("docs/deployment.md does not say how gunicorn is started")
    words = shlex.split(re.sub(r"--bind \S+", f"--bind 127.0.0.1:{port}", found[0].replace("\\\n", "")))
    return [sys.executable, "-m", *words]


def _server(name: str, env: dict[str, str], command: Callable[[int], list[str]]) -> Server:
    return Server(name=name, command=command, page=PAGE, folder=ROOT, env=env, database=database("ours"))
