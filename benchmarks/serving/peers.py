"""What users would take instead: Wagtail, plain and with whole pages cached; and nginx with the bytes of our page.

Wagtail gets an environment of its own below PEERS_DIR (else below the system's temporary files), which later runs use
again. wagtail-cache says that it wants Wagtail before 8, and works with it; so it is put in without what it asks for.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from importlib.metadata import version
from pathlib import Path

from django.db import connection

from benchmarks.serving import ours
from benchmarks.serving.processes import Running, Server, database

WAGTAIL, CACHE, GUNICORN = "wagtail==8.0.1", "wagtail-cache==3.0.0", "gunicorn==27.0.1"
NGINX = "nginx, static"
SITE = Path(__file__).with_name("peer")
CONFIGURATION = """
worker_processes 2; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log; {user}
events {{ worker_connections 512; }}
http {{
  access_log off; sendfile on; tcp_nopush on; types {{ text/html html; }} default_type text/html;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port}; root {folder}/www; gzip_static on; gzip_vary on;
    location / {{ try_files $uri $uri/index.html =404; }}
  }}
}}
"""


def place() -> Path:
    """Where they are installed."""
    return Path(os.environ.get("PEERS_DIR", Path(tempfile.gettempdir()) / "peers"))


def installed() -> bool:
    """Whether they are, by now."""
    python = place() / WAGTAIL / "bin" / "python"
    pip = [str(python), "-m", "pip", "-q", "install"]
    wanted = {
        python: [sys.executable, "-m", "venv", str(python.parent.parent)],
        python.with_name("gunicorn"): [*pip, WAGTAIL, GUNICORN, f"granian=={version('granian')}", "psycopg2-binary"],
        place() / CACHE: [*pip, "--no-deps", "--target", str(place() / CACHE), CACHE],
        place() / GUNICORN: [*pip, "--target", str(place() / GUNICORN), GUNICORN],
    }
    return all(there.exists() or _run(command) for there, command in wanted.items())


def wagtail(folder: Path) -> list[Server]:
    """Three ways to serve our article by Wagtail: gunicorn as it comes, whole pages cached, and those with granian."""
    env = {"PATH": os.environ["PATH"], "PEER_DATABASE": json.dumps(_database(folder)), "PYTHONPATH": str(SITE)}
    env |= {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [_program("python"), "fill.py", str(folder / "article.json")]
    with (folder / "wagtail.log").open("w") as log:
        subprocess.run(command, cwd=SITE, env=env, check=True, stdout=log, stderr=log)  # noqa: S603  our own words
    same = {"page": ours.PAGE, "folder": SITE, "database": database("wagtail")}
    cached = env | {"PEER_CACHE": "on", "PYTHONPATH": f"{SITE}:{place() / CACHE}"}
    return [
        Server(name="Wagtail, gunicorn", command=_gunicorn, env=env, **same),
        Server(name="Wagtail cached, gunicorn", command=_gunicorn, env=cached, **same),
        Server(name="Wagtail cached, granian", command=_granian, env=cached, **same),
    ]


def nginx(one: Running, folder: Path) -> Server:
    """nginx, which sends what this server sends for its page."""
    page = folder / "nginx" / "www" / ours.PAGE.strip("/") / "index.html"
    page.parent.mkdir(parents=True)
    page.write_bytes(one.ask(headers={})[1])
    page.with_name("index.html.gz").write_bytes(one.ask()[1])
    return Server(name=NGINX, command=partial(_nginx, folder / "nginx"), page=ours.PAGE, folder=folder)


def _run(command: list[str]) -> bool:
    return not subprocess.run(command, capture_output=True, check=False).returncode  # noqa: S603  our own words


def _nginx(folder: Path, port: int) -> list[str]:
    user = "user root;" if os.geteuid() == 0 else ""  # else it could not read what is ours
    (folder / "conf").write_text(CONFIGURATION.format(folder=folder, port=port, user=user))
    return [shutil.which("nginx") or "/usr/sbin/nginx", "-c", str(folder / "conf"), "-p", str(folder)]


def _gunicorn(port: int) -> list[str]:
    return [_program("gunicorn"), "wsgi:application", "--bind", f"127.0.0.1:{port}", "--workers", "2"]


def _granian(port: int) -> list[str]:
    return [_program("granian"), *ours.granian("wsgi:application", port)]


def _program(name: str) -> str:
    return str(place() / WAGTAIL / "bin" / name)


def _database(folder: Path) -> dict[str, object]:
    """SQLite as it is tuned for the web, or PostgreSQL, each kept open."""
    if connection.vendor == "postgresql":
        same = {name: connection.settings_dict[name] for name in ("ENGINE", "USER", "PASSWORD", "HOST", "PORT")}
        return {**same, "NAME": database("wagtail"), "CONN_MAX_AGE": 600}
    options = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;"}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / "wagtail.sqlite3"),
        "CONN_MAX_AGE": 600,
        "OPTIONS": options,
    }
