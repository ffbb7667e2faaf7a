"""The mirror holds all that readers can read, as they get it, and nothing else."""

import functools
import gzip
import http.server
import json
import threading
import urllib.request
from urllib.error import HTTPError

import brotli
import pytest

from articles import drafting
from leukemia_site.mirror import links
from leukemia_site.mirror.manifests import read as read_manifest
from tests import cast
from tests.articles.reading.pages import ADDRESS, move, wanda, withdraw
from tests.leukemia_site.mirror import mirrors

pytestmark = pytest.mark.django_db
PAGE = "acute-example-disease"
WORDS = "The usual dose is"


@pytest.fixture
def root(tmp_path):
    """The mirror of a site with a page in two editions, one that was taken down, one that moved, and a draft."""
    edition = cast.published()
    cast.published(cast.edited(edition.article, at=cast.later(days=1)), at=cast.later(days=1))
    withdraw(cast.published(drafting.start(cast.words("Gone page", "77 mg"), by=wanda(), at=cast.NOON)).article)
    move(cast.published(drafting.start(cast.words("Former"), by=wanda(), at=cast.NOON)).article)
    cast.draft(cast.words("Secret draft", "99 mg"))
    cast.edited(edition.article, "88 mg", at=cast.later(days=2))
    mirrors.export(tmp_path / "mirror")
    return tmp_path / "mirror"


@pytest.fixture
def server(root):
    """The mirror, served by a server that knows nothing of it."""
    handler = functools.partial(Quiet, directory=root / "current")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args):
        pass


def get(url):
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read().decode()
    except HTTPError as error:
        error.close()
        return error.code, "", ""


def test_pages_are_what_the_site_answers(root, client):
    for address in ("/", ADDRESS, f"{ADDRESS}history/", f"{ADDRESS}editions/1/", "/reviewers/rosa/", "/sitemap.xml"):
        file = address.lstrip("/") + "index.html" * address.endswith("/")
        assert (root / "current" / file).read_bytes() == client.get(address).content
    assert mirrors.unlike(root, client) == []


def test_all_kinds_of_addresses_are_there(root):
    found = mirrors.files(root)
    below = ["editions/1/", "editions/2/", "editions/2/changes/1/", "changes/", "history/", "references/by-year/"]
    assert {f"{PAGE}/{place}index.html" for place in below} <= set(found)
    assert {f"{PAGE}/references.{end}" for end in ("ris", "bib", "nbib", "json")} <= set(found)
    own = ["robots.txt", "feeds/updates.atom", "404.html", "editorial-policy/index.html", "about/index.html"]
    assert set(own) <= set(found)
    assert [path for path in found if path.startswith("static/")]


def test_each_text_has_its_compressed_forms(root):
    found = mirrors.files(root)
    texts = [path for path in found if path.endswith((".html", ".xml", ".atom", ".txt", ".ris", ".json", ".css"))]
    assert len(texts) > 20
    for path in texts:
        assert gzip.decompress(found[f"{path}.gz"]) == brotli.decompress(found[f"{path}.br"]) == found[path]


def test_no_draft_is_in_it(root):
    for words in ("Secret draft", "99 mg", "88 mg"):
        assert mirrors.anywhere(root, words) == []


def test_of_a_page_that_was_taken_down_a_note_stays_and_no_word(root, client):
    assert mirrors.anywhere(root, "77 mg") == []
    for place in ("gone-page/", "gone-page/editions/1/", "gone-page/references/"):
        assert "has been withdrawn" in mirrors.page(root, f"/{place}")
        assert (root / "current" / place / "410.html").read_text() == mirrors.page(root, f"/{place}")
        assert client.get(f"/{place}").status_code == 410
    assert "History of" in mirrors.page(root, "/gone-page/history/")
    assert "/gone-page/ 1;\n" in (root / "current/.mirror/gone.map").read_text()


def test_a_page_that_moved_leads_on(root):
    assert 'http-equiv="refresh" content="0; url=/new-address/"' in mirrors.page(root, "/former/")
    moved = (root / "current/.mirror/moved.map").read_text()
    assert "/former/ /new-address/;\n/former/history/ /new-address/history/;\n" in moved


def test_whoever_walks_from_the_first_page_finds_an_end_to_every_link(server):
    todo, seen = ["/"], {"/"}
    while todo:
        at = todo.pop()
        status, kind, text = get(server + at)
        assert (at, status) == (at, 200)
        fresh = links.of(text, kind, at=at, site="http://127.0.0.1:8000") - seen
        seen |= fresh
        todo += fresh
    assert {f"{ADDRESS}editions/1/", f"{ADDRESS}changes/", "/reviewers/rosa/", "/feeds/updates.atom"} <= seen
    assert get(f"{server}/nothing/")[0] == 404


def test_nothing_is_wrong_with_it(root):
    assert mirrors.problems(root) == []


def test_the_manifest_knows_headers_and_how_long_each_page_is_right(root, client):
    manifest = read_manifest(root / "current/.mirror/manifest.jsonl")
    told = json.loads(manifest.lines[ADDRESS])["entries"]
    page = next(one for one in told if one["address"] == ADDRESS)
    headers = {**manifest.head.headers[page["alike"]], **page.get("headers", {})}
    answer = client.get(ADDRESS)
    for name in ("Content-Security-Policy", "Permissions-Policy", "X-Frame-Options", "Referrer-Policy"):
        assert headers[name] == answer[name]
    assert (
        f'add_header Content-Security-Policy "{answer["Content-Security-Policy"]}" always;'
        in (root / "current/.mirror/headers.conf").read_text()
    )
    assert f"page:{PAGE}" in page["leans_on"]
    assert page["valid_until"] > 0


def test_a_mirror_of_nothing_is_a_mirror(tmp_path):
    mirrors.export(tmp_path)
    assert "No page has been published yet" in mirrors.page(tmp_path, "/")
    assert mirrors.problems(tmp_path) == []
