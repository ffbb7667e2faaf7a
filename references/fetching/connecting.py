"""The one place that opens a connection: resolves a name, checks what it leads to, and connects to just that.

The name is looked up once. A name server that gives a good address to be checked and a bad one to be used has nobody
to give the second one to. TLS and the Host header still speak the name, for they are made above this.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpcore
import httpx

from references.fetching.policy import Policy

Resolve = Callable[[str, int], Awaitable[list[str]]]
_TRIES = 3  # addresses of one name


class NoHost(Exception):
    """The DNS knows no such name."""


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, in the order of the system. Raises NoHost; OSError if the DNS does not answer."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        if error.errno in {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}:
            raise NoHost(host) from error
        raise
    except UnicodeError as error:  # a label that no name can have
        raise NoHost(host) from error
    return list(dict.fromkeys(str(place[4][0]) for place in found))


class NoTls(httpcore.ConnectError):
    """Somebody answers there, and no safe connection comes about: a certificate, a protocol, a hand withdrawn."""


class _Open(httpcore.AsyncNetworkStream):
    """A connection before its handshake, whose failure is not that of the connection."""

    def __init__(self, stream: httpcore.AsyncNetworkStream) -> None:
        self.stream = stream
        # As they are: only the handshake is ours to name.
        self.read, self.write, self.aclose = stream.read, stream.write, stream.aclose  # type: ignore[method-assign]
        self.get_extra_info = stream.get_extra_info  # type: ignore[method-assign]

    async def start_tls(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        try:
            return await self.stream.start_tls(*args, **kwargs)
        except httpcore.ConnectError as error:
            raise NoTls(str(error) or "the handshake was broken off") from error


class Backend(httpcore.AsyncNetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, policy: Policy, find: Resolve, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self.policy, self.find = policy, find
        self.inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        try:
            addresses = await self.find(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        for address in addresses:  # all of them: a name that leads to one closed address is not to be trusted
            self.policy.check_address(address)
        trouble: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses[:_TRIES]:
            try:
                return _Open(await self.inner.connect_tcp(address, port, *args, **kwargs))
            except httpcore.ConnectError as error:
                trouble = error
        raise trouble

    async def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        raise NotImplementedError

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Transport(httpx.AsyncBaseTransport):
    """httpx over a pool whose connections are made by Backend, and each used once."""

    def __init__(self, backend: httpcore.AsyncNetworkBackend) -> None:
        self.pool = httpcore.AsyncConnectionPool(
            ssl_context=ssl.create_default_context(),
            max_connections=None,  # how much at once is counted by whoever asks
            max_keepalive_connections=0,
            network_backend=backend,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        sent = httpcore.Request(
            request.method, url, headers=request.headers.raw, content=request.stream, extensions=request.extensions
        )
        got = await self.pool.handle_async_request(sent)
        return httpx.Response(got.status, headers=got.headers, stream=_Stream(got.stream), extensions=got.extensions)

    async def aclose(self) -> None:
        await self.pool.aclose()


class _Stream(httpx.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self.stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self.stream:
            yield part

    async def aclose(self) -> None:
        await self.stream.aclose()
