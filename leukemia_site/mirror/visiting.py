"""What a visitor gets at an address of the site: asked of Django, in this process, with all its middleware."""

import io
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from leukemia_site.front.offer import ENVIRON, Offer
from leukemia_site.mirror.refusals import Refused
from leukemia_site.observing.middleware import OURS

# These belong to one transfer, or follow from the bytes.
_LEFT_OUT = {"content-length", "etag", "date", "vary", "server", "cache-status", "x-request-id", "content-type"}
# How often a PDF is asked for while another process makes one. Each time the site waits some seconds for that.
PATIENT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was given: the offer says how long it is good, and of what changes it stops being so."""

    status: int
    kind: str
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    place: str = ""
    offer: Offer = field(default_factory=Offer)


class Visitor:
    """Anonymous, at the site's own address. No signal is sent: the database stays at the moment that was chosen."""

    def __init__(self) -> None:
        self._handler = WSGIHandler()
        site = urlsplit(settings.SITE_URL)
        port = site.port or (443 if site.scheme == "https" else 80)
        self._environ: dict[str, Any] = {
            "REQUEST_METHOD": "GET",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(port),
            "HTTP_HOST": site.netloc,
            "wsgi.url_scheme": site.scheme,
            OURS: True,  # thousands of lines about nobody's requests would bury those of readers
        }
        if settings.SECURE_PROXY_SSL_HEADER:
            name, value = settings.SECURE_PROXY_SSL_HEADER
            self._environ[name] = value if site.scheme == "https" else "http"

    def get(self, address: str) -> Answer:
        """The answer at an address. Raises Refused where the site itself is at fault."""
        if address.startswith(settings.STATIC_URL):
            return _static(address)
        for _time in range(PATIENT):
            offer, response = self._asked(address)
            if response.status_code != 503 or offer.away or not address.endswith(".pdf"):
                break
        if offer.away:
            raise Refused(
                "The database can not be asked just now. The mirror is as it was; export again when it is back."
            )
        if response.status_code in (400, 500) or (response.status_code == 503 and not address.endswith(".pdf")):
            raise Refused(_wrong(address, response.status_code))
        headers = {name: value for name, value in response.items() if name.lower() not in _LEFT_OUT}
        place = headers.pop("Location", "")
        kind = response.get("Content-Type", "")
        given: dict[str, Any] = {
            "kind": kind,
            "headers": headers,
            "place": place.removeprefix(settings.SITE_URL),
            "offer": offer,
        }
        return Answer(status=response.status_code, body=response.content, **given)

    def _asked(self, address: str) -> tuple[Offer, Any]:
        offer = Offer()
        environ = {**self._environ, "PATH_INFO": address, "wsgi.input": io.BytesIO(), ENVIRON: offer}
        return offer, self._handler.get_response(WSGIRequest(environ))


def _wrong(address: str, status: int) -> str:
    if status == 400:
        host = urlsplit(settings.SITE_URL).hostname
        return f"The site does not answer at its own address: add {host}, the host of SITE_URL, to ALLOWED_HOSTS."
    return (
        f"The page {address} could not be made (status {status}). The error itself was logged above; the mirror is as "
        "it was. Mend that page, or the database, and export again: what was made so far is used."
    )


def _static(address: str) -> Answer:
    name = address.removeprefix(settings.STATIC_URL)
    path = Path(settings.STATIC_ROOT) / name
    found: Any = str(path) if path.is_file() else finders.find(name)
    if not found:
        return Answer(status=404, kind="", body=b"")
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind == "application/javascript":
        kind += "; charset=utf-8"
    return Answer(status=200, kind=kind, body=Path(found).read_bytes())
