"""A server that speaks as much S3 as a bucket of uploads needs: put, get, head, delete and list, for who signs."""

import hashlib
import http.server
import re
import threading
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from xml.sax.saxutils import escape

KEY, SECRET, NAME = "AKIDEXAMPLE", "hunter2-secret", "uploads"


@dataclass
class Store:
    """What lies in the bucket, and what was asked of it."""

    files: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        """As MEDIA_STORAGE names it."""
        return f"s3://{KEY}:{SECRET}@{NAME}/site?endpoint=http://127.0.0.1:{self.port}&region=us-east-1"


def listing(store: Store, prefix: str, delimiter: str) -> bytes:
    """The answer to ListObjectsV2."""
    inside = sorted(key for key in store.files if key.startswith(prefix))
    folders = (
        {match[0] for key in inside if (match := re.match(f"{re.escape(prefix)}[^/]*/", key))} if delimiter else ()
    )
    files = [key for key in inside if not any(key.startswith(folder) for folder in folders)]
    contents = "".join(f"<Contents><Key>{escape(key)}</Key></Contents>" for key in files)
    common = "".join(f"<CommonPrefixes><Prefix>{escape(one)}</Prefix></CommonPrefixes>" for one in sorted(folders))
    return (
        '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">'
        f"<Name>{NAME}</Name><IsTruncated>false</IsTruncated>{contents}{common}</ListBucketResult>"
    ).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: Store

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        said = self.headers.get("x-amz-content-sha256", "")
        if said != hashlib.sha256(content).hexdigest() and said != "UNSIGNED-PAYLOAD":
            self._say(400, b"")
        elif key := self._allowed():
            self.store.files[key] = content
            self._say(200, b"", ETag=f'"{hashlib.md5(content).hexdigest()}"')

    def do_GET(self) -> None:
        parts = urllib.parse.urlsplit(self.path)
        asked = dict(urllib.parse.parse_qsl(parts.query, keep_blank_values=True))
        if "list-type" in asked or "prefix" in asked:
            if self._allowed() is not None:
                self._say(200, listing(self.store, asked.get("prefix", ""), asked.get("delimiter", "")))
        elif (key := self._allowed()) in self.store.files:
            self._say(200, self.store.files[key], ETag='"1"', Last_Modified=formatdate(usegmt=True))
        elif key is not None:
            self._say(404, b"<Error><Code>NoSuchKey</Code></Error>")

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        if key := self._allowed():
            self.store.files.pop(key, None)
            self._say(204, b"")

    def _allowed(self) -> str | None:
        """The key that is asked for, if whoever asks has signed; else they hear of it."""
        self.store.asked.append(f"{self.command} {self.path}")
        if f"AWS4-HMAC-SHA256 Credential={KEY}/" not in self.headers.get("Authorization", ""):
            self._say(403, b"<Error><Code>AccessDenied</Code></Error>")
            return None
        path = urllib.parse.unquote(urllib.parse.urlsplit(self.path).path)
        return path.removeprefix(f"/{NAME}").removeprefix("/")

    def _say(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving() -> Iterator[Store]:
    """The bucket, while this lasts."""
    store = Store()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"store": store}))
    server.daemon_threads, store.port = True, server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield store
    server.shutdown()
    server.server_close()
