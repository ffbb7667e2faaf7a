"""Which requests the front answers: plain ones of anonymous visitors. Whatever is not plainly such goes to Django,
which refuses, redirects and answers as ever."""

import io
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Environ = dict[str, Any]

# Who sent a visitor here, and by which advertisement: it changes nothing about a page.
TRACKERS = re.compile(
    r"(?:utm_[a-z_]+|gclid|gbraid|wbraid|dclid|fbclid|msclkid|mc_cid|mc_eid|twclid|yclid|igshid)=[^&;]*"
)
# With these a request asks for more than a page.
_MORE = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "SCRIPT_URL", "REDIRECT_URL")
_HOST = re.compile(r"([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::([0-9]+))?")
_PLAIN = re.compile(r"/(?:[A-Za-z0-9._-]+/)*[A-Za-z0-9._-]*")
_HOSTS_KNOWN = 100
_LONGEST = 500  # characters of an address


@dataclass(slots=True, kw_only=True)
class Rules:
    """As the settings say: the hosts that are ours (as ALLOWED_HOSTS), whether only HTTPS is answered, whether a proxy
    says which it was, the name of the cookie by which people who signed in are known, and where no pages are."""

    hosts: Sequence[str]
    https: bool
    behind_proxy: bool
    cookie: str
    elsewhere: tuple[str, ...] = ()
    host: str = "localhost"  # one of ours, for requests of our own
    mark: str = "leukemia_site.front"  # what the environment of those says, too: they are no reader's
    _known: set[str] = field(default_factory=set)

    def address(self, environ: Environ) -> str | None:
        """The address of the page that is asked for; None if Django has to see the request."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not self._is_ours(environ):
            return None
        if self.cookie in environ.get("HTTP_COOKIE", "") or any(name in environ for name in _MORE):
            return None
        query = environ.get("QUERY_STRING", "")
        if (query and not only_trackers(query)) or environ.get("SCRIPT_NAME"):
            return None
        path: str = environ.get("PATH_INFO", "")
        return path

    def may_be_page(self, address: str) -> bool:
        """Whether a page can stand at this address."""
        plain = len(address) <= _LONGEST and _PLAIN.fullmatch(address)
        return bool(plain) and not address.startswith(self.elsewhere) and not address.endswith(".pdf")

    def environ(self, address: str) -> Environ:
        """A request of our own for a page."""
        name, _colon, port = self.host.partition(":")
        scheme = "https" if self.https else "http"
        return {
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "PATH_INFO": address,
            "QUERY_STRING": "",
            "SERVER_NAME": name,
            "SERVER_PORT": port or {"https": "443", "http": "80"}[scheme],
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": self.host,
            "REMOTE_ADDR": "127.0.0.1",
            "wsgi.url_scheme": scheme,
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.version": (1, 0),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            self.mark: True,
        }

    def _is_ours(self, environ: Environ) -> bool:
        if self.https and not is_secure(environ, behind_proxy=self.behind_proxy):
            return False
        host = environ.get("HTTP_HOST", "")
        if host in self._known:
            return True
        if not is_allowed(host, self.hosts):
            return False
        if len(self._known) < _HOSTS_KNOWN:  # any number of names may be ours
            self._known.add(host)
        return True


def only_trackers(query: str) -> bool:
    """Whether a query string says nothing but where somebody came from."""
    return all(TRACKERS.fullmatch(part) for part in query.split("&") if part)


def is_secure(environ: Environ, *, behind_proxy: bool) -> bool:
    """Whether a request came by HTTPS, as Django with SECURE_PROXY_SSL_HEADER sees it."""
    said = environ.get("HTTP_X_FORWARDED_PROTO") if behind_proxy else None
    scheme = environ.get("wsgi.url_scheme") if said is None else said.split(",", 1)[0].strip()
    return scheme == "https"


def is_allowed(host: str, hosts: Sequence[str]) -> bool:
    """Whether a Host header names one of ours, as Django's `validate_host` says."""
    found = _HOST.fullmatch(host.lower())
    domain = found[1].removesuffix(".") if found else ""
    return bool(domain) and any(_fits(domain, pattern.lower()) for pattern in hosts)


def _fits(domain: str, pattern: str) -> bool:
    if pattern.startswith("."):
        return domain.endswith(pattern) or domain == pattern[1:]
    return pattern in ("*", domain)
