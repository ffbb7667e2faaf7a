"""Debian's nginx on the example in deploy/, before a site that can be made to answer, fail, hang and die."""

import http.client
import os
import shutil
import socketserver
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware
from django.test import RequestFactory

from articles.reading import serving
from leukemia_site.csp import PolicyMiddleware
from leukemia_site.mirror import servers
from leukemia_site.mirror.places import OWN
from tests.house import ROOT

EXAMPLES = ROOT / "deploy" / "nginx"
NAME = "patients.example.org"


@dataclass
class Answer:
    """What the site is to say at an address: a status, and how long it thinks."""

    status: int = 200
    seconds: float = 0


@dataclass
class Site:
    """A site of its own making on a Unix socket, in place of ours, and what it was asked."""

    socket: Path
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, path: str) -> Answer:
        return self.answers.get(path, Answer())


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True


@contextmanager
def alive(site: Site) -> Iterator[None]:
    """While this lasts, the site answers on its socket, and no connection outlives it."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers = dict(self.headers)
            size = int(self.headers.get("Content-Length", 0))
            self.rfile.read(size)
            said = site.answer(self.path)
            time.sleep(said.seconds)
            body = f"the site says {said.status}".encode()
            self.send_response(said.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else body)

        do_HEAD = do_POST = do_GET

        def address_string(self) -> str:
            return "nginx"

        def log_message(self, *_: object) -> None:
            pass

    with _Server(str(site.socket), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield
        server.shutdown()
    site.socket.unlink()


def moved(text: str, changes: dict[str, str]) -> str:
    """A text of the example with what a test puts in the place of a hospital's; each must be there."""
    for was, now in changes.items():
        if was not in text:
            pytest.fail(f"the example has no {was!r} any more")
        text = text.replace(was, now)
    return text


def write(place: Path, ports: tuple[int, int], seconds: int) -> Path:
    """The example in a folder of its own, and around it what Debian has. Returns the file that nginx reads."""
    site = {
        "listen 80;": f"listen 127.0.0.1:{ports[0]};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{ports[1]} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/leukemia-site": str(place),
        "/etc/nginx": str(place),
        "/run/leukemia-site": str(place),
        "/var/log/nginx": str(place),
        "/srv/leukemia-site": str(place),
        "proxy_read_timeout 5s;": f"proxy_read_timeout {seconds}s;",
    }
    mirror = {"/srv/leukemia-site": str(place), "/etc/nginx": str(place)}
    (place / "leukemia-site-headers.conf").write_bytes(servers.files([], {"": headers()})[f"{OWN}/headers.conf"])
    for name, changes in {"leukemia-site.conf": site, "leukemia-site-mirror.conf": mirror}.items():
        (place / name).write_text(moved((EXAMPLES / name).read_text(encoding="utf-8"), changes), encoding="utf-8")
    user = "user root;" if os.getuid() == 0 else ""  # whoever else could not read the folder of a test
    file = place / "nginx.conf"
    file.write_text(
        f"{user} worker_processes 1; daemon off; pid {place}/pid; error_log {place}/error.log; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; include {place}/leukemia-site.conf; }}\n",
        encoding="utf-8",
    )
    return file


def headers() -> dict[str, str]:
    """What the site says of every page, wherever it stands."""
    page = PolicyMiddleware(SecurityMiddleware(XFrameOptionsMiddleware(lambda _request: serving.shown("404.html"))))
    said = page(RequestFactory().get("/", secure=True)).headers
    return {name: value for name, value in said.items() if name not in ("Content-Type", "Vary")}


def certificate(place: Path) -> None:
    """One that this machine signs for itself."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", f"/CN={NAME}", "-keyout", place / "key.pem", "-out", place / "fullchain.pem"]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def running(place: Path, ports: tuple[int, int], *, seconds: int = 1) -> Iterator[None]:
    """nginx, until the end of this. It waits so many seconds for the site's answer."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    certificate(place)
    process = subprocess.Popen([program, "-p", place, "-c", write(place, ports, seconds), "-e", place / "error.log"])
    try:
        for _ in range(200):
            if (place / "pid").exists() and process.poll() is None:
                break
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


@dataclass(frozen=True)
class Reply:
    """What a reader got."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def mirrored(self) -> bool:
        return self.headers.get("Cache-Status") == "mirror; hit; detail=stale"


def ask(port: int, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Reply:
    """One request by https, of whoever trusts that certificate."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    line = http.client.HTTPSConnection("127.0.0.1", port, timeout=300, context=trusting)
    line.request(method, path, body, {"Host": NAME} | {key.replace("_", "-"): value for key, value in headers.items()})
    reply = line.getresponse()
    found = Reply(reply.status, dict(reply.getheaders()), reply.read())
    line.close()
    return found
