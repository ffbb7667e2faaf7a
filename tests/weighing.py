"""What a page costs before the first words stand on the screen: requests, bytes, scripts, cookies, strangers."""

import gzip
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

ONE_ROUND_TRIP = 14_600  # bytes: ten packets, which is what a server sends before it waits for an answer
SCRIPTS = 10_240
_STYLE = r'<link\b(?=[^>]*rel="?stylesheet)(?![^>]*media="?print)[^>]*>'
_SCRIPT = r"<script\b(?=[^>]*src=)(?![^>]*(?:defer|async))[^>]*>"
_BLOCKING = re.compile(f"{_STYLE}|{_SCRIPT}")


@dataclass
class Weighed:
    """One page, as a browser with an empty cache loads it. Bytes as they travel when compressed by gzip."""

    document: int = 0
    before_paint: list[str] = field(default_factory=list)  # stylesheets and scripts that the first paint waits for
    script: int = 0
    cookies: int = 0
    strangers: list[str] = field(default_factory=list)
    policy: str = ""

    @property
    def wrong(self) -> list[str]:
        found = [
            f"{name}: {value}"
            for name, value in (("cookies", self.cookies), ("third parties", self.strangers))
            if value
        ]
        found += [f"waits for {one}" for one in self.before_paint]
        if self.document > ONE_ROUND_TRIP:
            found.append(f"{self.document} bytes, more than {ONE_ROUND_TRIP}")
        if self.script > SCRIPTS:
            found.append(f"{self.script} bytes of scripts, more than {SCRIPTS}")
        if "unsafe-" in self.policy or "default-src" not in self.policy:
            found.append(f"policy: {self.policy}")
        return found


def weigh(page: Page, address: str) -> Weighed:
    """Open an address in a window that has seen nothing yet."""
    asked: list[Request] = []
    page.on("request", lambda request: asked.append(request))
    answer = page.goto(address)
    if answer is None:
        raise AssertionError(f"no answer from {address}")
    body, host = answer.body(), urlsplit(address).netloc
    scripts = [one for one in asked if one.resource_type == "script"]
    return Weighed(
        document=len(gzip.compress(body, 9)),
        before_paint=[found.group() for found in _BLOCKING.finditer(body.decode())],
        script=sum(len(gzip.compress((one.response() or answer).body(), 9)) for one in scripts),
        cookies=len(page.context.cookies()),
        strangers=[one.url for one in asked if urlsplit(one.url).netloc not in (host, "")],
        policy=answer.headers.get("content-security-policy", ""),
    )
