"""deploy/nginx under Debian's nginx: the site is asked first, and the mirror speaks only where the site can not."""

import gzip
import http.client
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from leukemia_site.observing import request_ids
from tests import webserver
from tests.conftest import missing
from tests.leukemia_site.test_serve import free_port
from tests.webserver import Answer

pytestmark = pytest.mark.pure

PAGE = b"<!DOCTYPE html><title>Leukemia</title><p>As it was when the mirror was written."
GONE = b"<!DOCTYPE html><title>Taken down</title>"


def write_mirror(folder):
    """What `export_site` leaves: a page, the same compressed, and one that was taken down."""
    pages = {"leukemia/index.html": PAGE, "index.html": PAGE, "withdrawn/index.html": GONE, "withdrawn/410.html": GONE}
    for name, content in {**pages, ".mirror/manifest.html": PAGE}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, mtime=0))
    (folder / "leukemia" / "handout.pdf").write_bytes(b"%PDF-1.7")
    (folder / "feeds").mkdir()
    (folder / "feeds" / "updates.atom").write_bytes(b"<feed/>")


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    if not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()) or not shutil.which("openssl"):
        missing("needs nginx and openssl (apt-get install nginx-light openssl)")
    place = tmp_path_factory.mktemp("nginx")
    write_mirror(place / "mirror" / "current")
    static = place / "var" / "static"
    static.mkdir(parents=True)
    (static / "site.0123456789ab.css").write_text("p{}")
    (static / "site.css").write_text("p{}")
    ports = (free_port(), free_port())
    with webserver.running(place, ports):
        yield SimpleNamespace(place=place, plain=ports[0], port=ports[1], socket=place / "web.sock")


@pytest.fixture
def site(nginx):
    """The site, not yet alive."""
    return webserver.Site(nginx.socket)


@pytest.fixture
def ask(nginx):
    return lambda path, **more: webserver.ask(nginx.port, path, **more)


@pytest.mark.parametrize("status", [200, 301, 304, 404, 405, 410, 429, 500])
def test_while_the_site_lives_its_word_counts(site, ask, status):
    """A page that was taken down, too: the mirror still has it, and is not asked."""
    site.answers["/leukemia/"] = Answer(status)
    with webserver.alive(site):
        reply = ask("/leukemia/")
    assert (reply.status, reply.mirrored, PAGE in reply.body) == (status, False, False)


@pytest.mark.parametrize("answer", [Answer(502), Answer(503), Answer(504), Answer(200, seconds=3)])
def test_a_site_that_can_not_answer_is_answered_for_by_the_mirror(site, ask, answer):
    site.answers["/leukemia/"] = answer
    with webserver.alive(site):
        reply = ask("/leukemia/")
    assert (reply.status, reply.body, reply.mirrored) == (200, PAGE, True)
    assert site.asked == ["/leukemia/"]


def test_a_site_that_is_down_is_answered_for_by_the_mirror(ask):
    reply = ask("/leukemia/")
    assert (reply.status, reply.body, reply.mirrored) == (200, PAGE, True)
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_the_mirror_says_of_a_page_what_the_site_says(ask):
    told, ours = ask("/leukemia/").headers, webserver.headers()
    assert "'sha256-" in ours["Content-Security-Policy"]
    assert {name: told.get(name) for name in ours} == ours


def test_the_mirror_sends_what_was_compressed_once(ask):
    reply = ask("/leukemia/", Accept_Encoding="gzip")
    assert (reply.headers["Content-Encoding"], gzip.decompress(reply.body)) == ("gzip", PAGE)


def test_the_mirror_answers_an_etag_and_a_question_for_the_head(ask):
    etag = ask("/leukemia/").headers["ETag"]
    assert ask("/leukemia/", If_None_Match=etag).status == 304
    assert ask("/leukemia/", method="HEAD").body == b""


def test_what_was_taken_down_when_the_mirror_was_written_stays_down(ask):
    reply = ask("/withdrawn/")
    assert (reply.status, reply.body, reply.mirrored) == (410, GONE, True)


@pytest.mark.parametrize("path", ["/nowhere/", "/leukemia", "/feeds/", "/leukemia/410.html", "/.mirror/manifest.html"])
def test_what_the_mirror_does_not_hold_is_a_calm_sentence(ask, path):
    reply = ask(path)
    assert (reply.status, reply.headers["Retry-After"]) == (503, "30")
    assert b"try again in a few minutes" in reply.body


@pytest.mark.parametrize("path", ["/../nginx.conf", "/%2e%2e/nginx.conf", "/a/..%2f..%2f..%2fnginx.conf"])
def test_nothing_outside_of_the_mirror_is_sent(ask, path):
    assert ask(path).status in {400, 503}


@pytest.mark.parametrize("path", ["/", "/feeds/updates.atom", "/leukemia/handout.pdf"])
def test_the_mirror_holds_more_than_pages(ask, path):
    assert (ask(path).status, ask(path).mirrored) == (200, True)


def test_a_handout_that_is_being_made_is_no_failure(site, ask):
    site.answers["/leukemia/handout.pdf"] = Answer(503)
    with webserver.alive(site):
        assert ask("/leukemia/handout.pdf").body == b"the site says 503"


def test_nothing_that_is_written_down_names_a_reader_or_a_page(nginx, site, ask):
    """Not even where the site is away, of which nginx has much to say."""
    site.answers["/leukemia/"] = Answer(200, seconds=3)
    ask("/leukemia/")
    with webserver.alive(site):
        assert [ask("/leukemia/").mirrored, ask("/admin/", method="POST", body=bytes(26 * 2**20)).status] == [True, 413]
    written = (nginx.place / "error.log").read_text()
    assert [word for word in ("leukemia/", "client", "127.0.0.1") if word in written] == []


def test_whether_the_site_lives_is_told_to_a_load_balancer_and_the_rest_only_here(site, ask):
    assert [ask("/healthz").status, ask("/readyz").status] == [502, 502]
    with webserver.alive(site):
        assert ask("/healthz").body == b"the site says 200"
    here = re.findall(r"location ([^{]*) {[^}]*deny all", (webserver.EXAMPLES / "leukemia-site.conf").read_text())
    assert here == ["~ ^/(readyz|metrics)$"]


@pytest.mark.parametrize("path", ["/admin/", "/calendars/x.ics"])
def test_who_works_on_the_site_never_meets_the_mirror(site, ask, path):
    assert (ask(path).status, ask(path).mirrored) == (503, False)
    site.answers[path] = Answer(503)
    with webserver.alive(site):
        assert ask(path).body == b"the site says 503"


def test_a_form_is_never_answered_by_the_mirror(ask):
    assert ask("/leukemia/", method="POST", body=b"a=1").status == 503


def test_a_reader_can_not_send_much_and_a_writer_can(site, ask):
    with webserver.alive(site):
        assert ask("/leukemia/", method="POST", body=bytes(17 * 1024)).status == 413
        assert ask("/admin/", method="POST", body=bytes(2**20)).status == 200
        assert ask("/admin/", method="POST", body=bytes(26 * 2**20)).status == 413
        assert ask("/leukemia/", X_Long="a" * 9000).status == 431
    assert site.asked == ["/admin/"]


@pytest.mark.parametrize(
    ("status", "path", "more"),
    [
        (413, "/leukemia/", {"method": "POST", "body": bytes(17 * 1024)}),
        (413, "/admin/", {"method": "POST", "body": bytes(26 * 2**20)}),
        (414, f"/{'a' * 9000}/", {}),
        (431, "/leukemia/", {"X_Long": "a" * 9000}),
        (400, "/leukemia/", {"Host": "a b"}),
        (503, "/admin/", {}),
    ],
)
def test_what_nginx_refuses_itself_is_a_page_to_read(ask, status, path, more):
    reply = ask(path, **more)
    assert (reply.status, reply.headers["Cache-Control"]) == (status, "no-store")
    assert reply.headers["Content-Type"] == "text/html"
    page = reply.body.decode()
    assert page.startswith("<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport")
    assert (page.count("<h1>"), page.count("<title>"), "nginx" in page) == (1, 1, False)


def test_nobody_brings_an_id_for_the_log_along(site, ask):
    given = "0af7651916cd43dd8448eb211c80319c"
    with webserver.alive(site):
        ask("/leukemia/", X_Request_ID=given)
        first = site.headers["X-Request-ID"]
        ask("/leukemia/", X_Request_ID=given)
    assert request_ids.WELL_FORMED.fullmatch(first)
    assert len({given, first, site.headers["X-Request-ID"]}) == 3


def test_the_site_learns_by_which_way_and_from_where_a_reader_came(site, ask):
    with webserver.alive(site):
        ask("/leukemia/", X_Forwarded_For="6.6.6.6", X_Forwarded_Proto="http")
    assert site.headers["X-Forwarded-Proto"] == "https"
    assert site.headers["X-Forwarded-For"].rpartition(", ")[2] == "127.0.0.1"
    assert site.headers["Host"] == webserver.NAME


def test_static_files_need_no_site(ask):
    hashed, plain = ask("/static/site.0123456789ab.css"), ask("/static/site.css")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.headers["Cache-Control"] == "public, max-age=60"
    assert hashed.headers["Content-Type"].startswith("text/css")


def test_plain_http_is_led_to_https(nginx):
    line = http.client.HTTPConnection("127.0.0.1", nginx.plain, timeout=10)
    line.request("GET", "/leukemia/?a=b", headers={"Host": webserver.NAME})
    reply = line.getresponse()
    line.close()
    assert (reply.status, reply.getheader("Location")) == (301, f"https://{webserver.NAME}/leukemia/?a=b")
