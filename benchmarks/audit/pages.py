"""Every public page that a link leads to, and some that none does, by the kind of page that it is."""

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
from django.urls import Resolver404, resolve

# Nothing links to these, or they are of a status of their own.
UNLINKED = ("/nothing/", "/withdrawn-page/", "/sitemap.xml")
_LINK = re.compile(r'<a\s[^>]*?href="([^"#]*)')


@dataclass(frozen=True)
class Shown:
    """One page as the server sends it."""

    kind: str
    path: str
    status: int
    body: str
    headers: dict[str, str]

    @property
    def indexable(self) -> bool:
        return self.status == 200 and not re.search(r'<meta name="robots" content="[^"]*noindex', self.body)


def crawl(site: str) -> list[Shown]:
    """Every page of HTML on the public side, sorted by kind and address."""
    waiting, seen, found = ["/", *UNLINKED], set[str](), []
    with httpx.Client(base_url=site, timeout=60) as client:
        while waiting:
            path = waiting.pop()
            if path in seen or path.startswith(("/admin/", "/static/")) or path.endswith(".pdf"):
                continue
            seen.add(path)
            answer = client.get(path)
            if answer.is_redirect:
                waiting.append(urlsplit(urljoin(site + path, answer.headers["location"])).path)
            elif answer.headers.get("content-type", "").startswith("text/html"):
                found.append(
                    Shown(_kind(path, answer.status_code), path, answer.status_code, answer.text, dict(answer.headers))
                )
                waiting += links(site, path, answer.text)
    return sorted(found, key=lambda page: (page.kind, page.path))


def leading_nowhere(site: str, shown: list[Shown]) -> list[str]:
    """Links of ours whose pages are not there."""
    absent = {page.path for page in shown if page.status == 404}
    leading = ((page.path, to) for page in shown for to in links(site, page.path, page.body) if to in absent)
    return sorted({f"{path} leads to {to}" for path, to in leading if path != to})


def links(site: str, path: str, body: str) -> list[str]:
    """Addresses of this site that a page leads to."""
    whole = (urlsplit(urljoin(site + path, href.replace("&amp;", "&"))) for href in _LINK.findall(body))
    return [f"{to.path}?{to.query}" if to.query else to.path for to in whole if f"{to.scheme}://{to.netloc}" == site]


def by_kind(pages: list[Shown]) -> dict[str, list[Shown]]:
    grouped = defaultdict(list)
    for page in pages:
        grouped[page.kind].append(page)
    return dict(grouped)


def samples(pages: list[Shown], *, each: int) -> list[Shown]:
    """Of every kind the longest pages, and of those that may be listed and may not both."""
    chosen = []
    for group in by_kind(pages).values():
        for listed in (True, False):
            chosen += sorted((p for p in group if p.indexable is listed), key=lambda p: -len(p.body))[:each]
    return chosen


def _kind(path: str, status: int) -> str:
    if status != 200:
        return f"status {status}"
    try:
        return str(resolve(path.partition("?")[0]).view_name).removeprefix("reading:")
    except Resolver404:
        return "unknown"
