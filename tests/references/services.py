"""Crossref and PubMed as a small server on this machine: answers in their real shape, of works that do not exist."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

ARTICLE = {
    "indexed": {"date-parts": [[2026, 1, 2]], "date-time": "2026-01-02T03:04:05Z", "timestamp": 1767323045000},
    "reference-count": 12,
    "publisher": "Invented Publishing BV",
    "issue": "3",
    "DOI": "10.1000/blood",
    "type": "journal-article",
    "created": {"date-parts": [[2019, 12, 20]]},
    "page": "45-67",
    "source": "Crossref",
    "is-referenced-by-count": 3,
    "title": ["On the <i>blood</i> of patients &amp; others"],
    "subtitle": ["A cohort study"],
    "prefix": "10.1000",
    "volume": "12",
    "author": [
        {"given": "Jane A.", "family": "Roe", "sequence": "first", "affiliation": []},
        {"given": "Kim", "family": "van der Doe", "sequence": "additional", "affiliation": []},
        {"name": "Invented Leukemia Study Group", "sequence": "additional", "affiliation": []},
    ],
    "container-title": ["Journal of Invented Blood"],
    "short-container-title": ["J Invent Blood"],
    "language": "en",
    "issued": {"date-parts": [[2019, 12, 19]]},
    "published-online": {"date-parts": [[2019, 12, 19]]},
    "published-print": {"date-parts": [[2020, 3]]},
    "URL": "https://doi.org/10.1000/blood",
    "relation": {},
    "ISSN": ["0000-0000"],
    "published": {"date-parts": [[2019, 12, 19]]},
}
RETRACTED = {
    **{**ARTICLE, "DOI": "10.1000/retracted"},
    "updated-by": [
        {"DOI": "10.1000/notice", "type": "retraction", "label": "Retraction", "source": "retraction-watch"},
        {"DOI": "10.1000/notice", "type": "retraction", "label": "Retraction", "source": "publisher"},
    ],
}
PREPRINT = {
    **{"DOI": "10.1000/preprint", "type": "posted-content", "subtype": "preprint", "title": ["Early blood"]},
    **{"institution": [{"name": "bloodRxiv"}], "issued": {"date-parts": [[2024, 5, 6]]}},
    "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/blood", "asserted-by": "subject"}]},
}
CHAPTER = {
    **{"DOI": "10.1000/chapter", "type": "book-chapter", "title": ["Marrow"], "container-title": ["Handbook of Blood"]},
    **{"publisher": "Old Press", "page": "12-40", "issued": {"date-parts": [[2018]]}},
}
WORKS = {work["DOI"]: work for work in (ARTICLE, RETRACTED, PREPRINT, CHAPTER)}
SUMMARY = {
    "uid": "77",
    "pubdate": "2020 Mar 4",
    "epubdate": "2020 Jan 2",
    "source": "J Invent Blood",
    "authors": [
        {"name": "Roe JA", "authtype": "Author", "clusterid": ""},
        {"name": "Doe K Jr", "authtype": "Author", "clusterid": ""},
        {"name": "Invented Leukemia Study Group", "authtype": "CollectiveName", "clusterid": ""},
    ],
    "lastauthor": "Doe K Jr",
    "title": "On the blood of patients &amp; others.",
    "volume": "12",
    "issue": "3",
    "pages": "45-67",
    "lang": ["eng"],
    "pubtype": ["Journal Article", "Retracted Publication"],
    "articleids": [
        {"idtype": "pubmed", "idtypen": 1, "value": "77"},
        {"idtype": "doi", "idtypen": 3, "value": "10.1000/Blood"},
    ],
    "fulljournalname": "Journal of Invented Blood",
}
GUIDELINE = {
    **SUMMARY,
    "uid": "78",
    "title": "Guideline for blood.",
    "pubtype": ["Practice Guideline"],
    "articleids": [],
}
SUMMARIES = {one["uid"]: one for one in (SUMMARY, GUIDELINE)}


class _Service(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.seen.append((parts.path, parse_qs(parts.query), dict(self.headers)))
        status, body, headers = _answer(parts.path, parse_qs(parts.query))
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Says nothing."""


def _answer(path: str, query: dict[str, list[str]]) -> tuple[int, bytes, dict[str, str]]:
    if path.endswith("/esummary.fcgi"):
        asked = query["id"][0].split(",")
        found = {pmid: SUMMARIES.get(pmid, {"uid": pmid, "error": "cannot get document summary"}) for pmid in asked}
        return 200, json.dumps({"header": {}, "result": {"uids": asked, **found}}).encode(), {}
    doi = unquote(path.removeprefix("/works/"))
    if doi == "10.1000/hanging":
        time.sleep(1.5)
    bad = {
        "10.1000/busy": (429, b"", {"Retry-After": "30"}),
        "10.1000/broken": (200, b'{"message": {"title":', {}),
        "10.1000/odd": (200, b'["nothing", "that we know"]', {}),
        "10.1000/error": (503, b"down", {}),
        "10.1000/endless": (200, b'{"message": "' + b"x" * 3_000_000, {}),
        "10.1000/moved": (302, b"", {"Location": "http://169.254.169.254/works/x"}),
    }
    if doi in WORKS:
        return 200, json.dumps({"status": "ok", "message-type": "work", "message": WORKS[doi]}).encode(), {}
    return bad.get(doi, (404, b"Resource not found.", {"Content-Type": "text/plain"}))


@contextmanager
def running() -> Iterator[tuple[int, list]]:
    """The server in a thread; gives its port, and a list of what it is asked."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Service)
    server.daemon_threads = True
    server.seen = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_address[1], server.seen
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
