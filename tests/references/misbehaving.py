"""A web server that misbehaves in every way we have met. The first part of a path says which.

Tests run it in a thread, benchmarks/examine_sources.py as a process: `python -m tests.references.misbehaving`.
"""

import asyncio
import contextlib
import ssl
import threading
import time
from collections.abc import Iterator

LINE = "Acute leukemia grows fast and is treated with several medicines, first to reach remission and then to keep it."
WORDS = " ".join(f"{LINE} Part {letter}." for letter in "abcdefgh")


def page(title: str = "Acute leukemia", text: str = WORDS, more: str = "") -> bytes:
    return f"<html><head><title>{title}</title>{more}</head><body><main><p>{text}</p></main></body></html>".encode()


def answer(status: str, body: bytes = b"", *headers: str, length: int | None = None) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers]
    lines.append(f"Content-Length: {len(body) if length is None else length}")
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


PLAIN = {
    "well": answer("200 OK", page()),
    "pdf": answer("200 OK", b"%PDF-1.7").replace(b"text/html; charset=utf-8", b"application/pdf"),
    "moved": answer("301 Moved Permanently", b"", "Location: /well/new"),
    "elsewhere": answer("302 Found", b"", "Location: /well/new"),
    "homeward": answer("302 Found", b"", "Location: /"),
    "": answer("200 OK", page("Example Society")),
    "loop": answer("302 Found", b"", "Location: /loop/again"),
    "inside": answer("302 Found", b"", "Location: http://169.254.169.254/latest/meta-data/"),
    "file": answer("302 Found", b"", "Location: file:///etc/passwd"),
    "forbidden": answer("403 Forbidden", page("Forbidden", "No.")),
    "busy": answer("429 Too Many Requests", b"", "Retry-After: 7200"),
    "error": answer("500 Internal Server Error", page("Error", "It broke.")),
    "missing": answer("404 Not Found", page("404", "Not here.")),
    "soft": answer("200 OK", page("Page not found | Example Society", "We could not find that page.")),
    "challenge": answer("200 OK", page("Just a moment...", "Enable JavaScript and cookies to continue")),
    "paid": answer("200 OK", page(more='<script type="application/ld+json">{"isAccessibleForFree": false}</script>')),
    "wrong-length": answer("200 OK", page(), length=1_000_000),
    "huge-header": answer("200 OK", page(), "X-Huge: " + "x" * 300_000),
    "closed": answer("200 OK", page())[:-300],
    "nonsense": b"SSH-2.0-OpenSSH_9.6\r\n" * 5,
}


async def _serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        head = await reader.read(65536)
        method, _, rest = head.decode("latin-1").partition(" ")
        way = rest.split("/")[1].split(" ")[0] if rest.startswith("/") else "nonsense"  # a greeting in TLS
        await _misbehave(way, writer, is_head=method == "HEAD")
    except OSError:
        writer.close()  # the other side has seen enough
    except asyncio.CancelledError:
        writer.transport.abort()  # the test is over
    else:
        writer.close()


async def _misbehave(way: str, writer: asyncio.StreamWriter, *, is_head: bool) -> None:
    if way == "hanging":
        await asyncio.sleep(60)
    elif way == "slow":
        await asyncio.sleep(0.3)
        way = "well"
    elif way == "slow-loop":
        await asyncio.sleep(0.3)
        writer.write(answer("302 Found", b"", f"Location: /slow-loop/{time.monotonic()}"))
    elif way == "endless":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
        while not is_head:
            writer.write(b"<p>and so on</p> " * 4000)
            await writer.drain()
    elif way == "no-head":
        if is_head:
            return  # closed without a word
        way = "well"
    found = PLAIN.get(way, b"")
    writer.write(found.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if is_head and way != "nonsense" else found)
    await writer.drain()


async def _start(tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> asyncio.Server:
    return await asyncio.start_server(_serve, host, 0, backlog=1024, ssl=tls)


@contextlib.contextmanager
def running(tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[int]:
    """The server in a thread; gives its port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_start(tls, host), loop).result(5)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _stop(server: asyncio.Server) -> None:
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # connections close in the next round


async def _forever() -> None:
    server = await _start()
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_forever())
