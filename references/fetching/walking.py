"""Along the redirects from an address to its page: HEAD first, then GET where there is something to read."""

import asyncio
import contextlib
import time
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from references.apart import Reader
from references.fetching.connecting import NoHost, NoTls, Transport
from references.fetching.manners import Gates, Manners
from references.fetching.policy import Policy, Refused
from references.looking import Answer, Hop, Look, Outcome, Page

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WALLS = frozenset({"cf-mitigated", "x-amzn-waf-action"})  # headers of a page that asks whether one is a robot
_DETAIL = 300  # characters


class Astray(Exception):
    """The redirects lead nowhere."""


@dataclass(slots=True)
class _Way:
    """Where we are, and how we came here."""

    url: httpx.URL
    hops: list[Hop] = field(default_factory=list)
    spent: float = 0.0  # seconds in requests

    def begin_again(self) -> None:
        self.url = httpx.URL(self.hops[0].url) if self.hops else self.url
        self.hops.clear()

    def go_on(self, response: httpx.Response, most: int) -> None:
        """Follow a redirect. Raises Astray."""
        self.hops.append(Hop(str(self.url), response.status_code))
        if len(self.hops) > most:
            raise Astray(f"more than {most} redirects")
        try:
            url = self.url.join(response.headers["location"]).copy_with(fragment=None)
        except (httpx.InvalidURL, KeyError, ValueError) as error:
            raise Astray("a redirect without a usable address") from error
        if str(url) in {hop.url for hop in self.hops}:
            raise Astray(f"redirects in a ring, back to {url}")
        self.url = url


class Walker:
    """Makes looks. One for a run: it remembers when each host was last asked."""

    def __init__(self, transport: Transport, policy: Policy, manners: Manners) -> None:
        self.transport, self.policy, self.manners = transport, policy, manners
        self.reader = Reader()
        self.gates = Gates(manners.pause)

    async def aclose(self) -> None:
        """Let go of connections, and of the process that reads."""
        try:
            await self.transport.aclose()
        finally:
            await self.reader.aclose()

    async def look(self, address: str) -> Look:
        """One look, however it ends; what goes wrong on the way is its outcome."""
        began, way = time.monotonic(), None
        try:
            way = _Way(httpx.URL(address.strip()).copy_with(fragment=None))
            response, body = await self._walk(way)
            seen = {"outcome": Outcome.ANSWERED, "status": response.status_code, **await self._seen(response, body)}
        except tuple(_OUTCOMES) as error:
            seen = {"outcome": _outcome(error), "detail": f"{type(error).__name__}: {error}"[:_DETAIL]}
        final, hops = (str(way.url), tuple(way.hops)) if way else ("", ())
        return Look(address, final=final, hops=hops, seconds=round(time.monotonic() - began, 3), **seen)  # type: ignore[arg-type]

    async def ask(self, address: str, accept: str) -> Answer:
        """What a service says there, asked once and without a HEAD before; the body is as it came."""
        try:
            way = _Way(httpx.URL(address))
            response, body = await self._follow(self._client({"Accept": accept}), "GET", way)
        except tuple(_OUTCOMES) as error:
            return Answer(_outcome(error))
        return Answer(Outcome.ANSWERED, response.status_code, body, _retry_after(response))

    async def _walk(self, way: _Way) -> tuple[httpx.Response, bytes]:
        client = self._client({})
        try:
            response, body = await self._follow(client, "HEAD", way)
        except (httpcore.ReadTimeout, httpcore.ProtocolError, httpcore.ReadError, TimeoutError, Astray):
            response = None  # servers that know no HEAD do all sorts of things
            way.begin_again()
        if response is not None and (response.status_code == 429 or _is_file(response)):
            return response, body
        return await self._follow(client, "GET", way)

    async def _follow(self, client: httpx.AsyncClient, method: str, way: _Way) -> tuple[httpx.Response, bytes]:
        while True:
            response, body = await self._ask(client, method, way)
            if response.status_code not in _REDIRECTS:
                return response, body
            way.go_on(response, self.manners.redirects)

    async def _ask(self, client: httpx.AsyncClient, method: str, way: _Way) -> tuple[httpx.Response, bytes]:
        self.policy.check_url(way.url)
        async with self.gates.to(way.url.host), self._on_the_clock(way):
            response = await client.send(client.build_request(method, way.url), stream=True)
            try:
                wanted = method == "GET" and response.status_code not in _REDIRECTS
                return response, await self._body(response) if wanted else b""
            finally:
                await response.aclose()

    @contextlib.asynccontextmanager
    async def _on_the_clock(self, way: _Way) -> AsyncIterator[None]:
        """All requests of a look share one time: ten slow redirects must not take ten times as long."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(max(0.0, self.manners.total - way.spent)):
                yield
        finally:
            way.spent += time.monotonic() - began

    async def _body(self, response: httpx.Response) -> bytes:
        """As much of the body as we care to read, unpacked with the same bound: a small file can hold a huge one."""
        packed = response.headers.get("content-encoding", "").lower() in {"gzip", "x-gzip", "deflate"}
        unpack = zlib.decompressobj(wbits=47) if packed else None
        most, body = self.manners.body, bytearray()
        async for part in response.aiter_raw():
            body += unpack.decompress(part, most) if unpack else part
            if len(body) >= most:
                break
        return bytes(body[:most])

    async def _seen(self, response: httpx.Response, body: bytes) -> dict[str, object]:
        is_page = body and not _is_file(response)
        page = await self.reader.read(body, response.charset_encoding or "") if is_page else Page()
        challenged = not _WALLS.isdisjoint(response.headers)
        return {"page": page, "challenged": challenged, "retry_after": _retry_after(response)}

    def _client(self, headers: dict[str, str]) -> httpx.AsyncClient:
        # Cookies live as long as the look: some sites send whoever has none round in a ring.
        timeout = httpx.Timeout(self.manners.read, connect=self.manners.connect)
        return httpx.AsyncClient(
            transport=self.transport, trust_env=False, timeout=timeout, headers=self._me() | headers
        )

    def _me(self) -> dict[str, str]:
        return {
            "User-Agent": self.manners.name,
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
            "Accept-Encoding": "gzip",
        }


def _is_file(response: httpx.Response) -> bool:
    """A PDF, an image: there, and nothing that we can read."""
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return response.is_success and kind != "" and not kind.startswith("text/") and "html" not in kind


def _retry_after(response: httpx.Response) -> int:
    """Seconds that we were asked to stay away; 0 if nobody asked."""
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return int(said[:9])
    try:
        return max(0, int((parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()))
    except (ValueError, TypeError, OverflowError):
        return 0


# The first that fits; the order is that of the classes, special before general.
_OUTCOMES: dict[type[Exception], Outcome] = {
    Refused: Outcome.REFUSED,
    httpx.InvalidURL: Outcome.REFUSED,
    UnicodeError: Outcome.REFUSED,  # xn-- and then nonsense; httpx finds out late, and on a redirect too
    NoHost: Outcome.NO_HOST,
    Astray: Outcome.ASTRAY,
    httpcore.TimeoutException: Outcome.TIMEOUT,
    TimeoutError: Outcome.TIMEOUT,
    NoTls: Outcome.TLS,
    httpcore.ConnectError: Outcome.UNREACHABLE,
    httpcore.NetworkError: Outcome.BROKEN,
    httpcore.ProtocolError: Outcome.BROKEN,
    httpx.HTTPError: Outcome.BROKEN,
    zlib.error: Outcome.BROKEN,
    OSError: Outcome.UNREACHABLE,
}


def _outcome(error: Exception) -> Outcome:
    return next(outcome for kind, outcome in _OUTCOMES.items() if isinstance(error, kind))
