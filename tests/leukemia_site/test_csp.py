"""Every response says what a browser may do with it; one kind of page may say more."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from leukemia_site import csp, styles

POISONED = """<title>untouched</title>
<img src="/no-image" onerror="document.title += ', handler'">
<script>document.title += ", script"</script>"""


def through(response):
    return csp.PolicyMiddleware(lambda request: response)(RequestFactory().get("/"))


@pytest.mark.parametrize("forbidden", ["unsafe-inline", "unsafe-eval", "http:", "https:", "*"])
def test_the_base_policy_lets_nothing_in(forbidden):
    assert forbidden not in csp.BASE


def test_the_editor_may_use_handlers_and_styles_but_no_script_block():
    assert "script-src 'self';" in csp.EDITOR
    assert "script-src-attr 'unsafe-inline'" in csp.EDITOR
    assert "style-src 'self' 'unsafe-inline'" in csp.EDITOR


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/login/", "/no/such/page", "/static/no-such-file.css"])
def test_every_response_carries_the_policies(client, path):
    answer = client.get(path)
    headers = answer.headers
    assert headers["Content-Security-Policy"] == csp.styled(answer.content.decode())
    assert headers["Permissions-Policy"] == csp.PERMISSIONS
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Referrer-Policy"] == "same-origin"


def test_a_view_may_ask_for_the_editors_policy():
    response = HttpResponse()
    response._csp = csp.EDITOR
    assert through(response).headers["Content-Security-Policy"] == csp.EDITOR


def test_our_own_style_is_allowed_by_its_digest_and_nobody_elses():
    block = styles.sheet("plain")
    ours, theirs = (through(HttpResponse(style)) for style in (block.element, block.element.replace("a{", "b{", 1)))
    assert block.source in ours["Content-Security-Policy"]
    assert theirs["Content-Security-Policy"] == csp.BASE


def test_all_pages_with_a_style_of_ours_have_one_policy():
    policies = {csp.styled(styles.sheet(kind).element) for kind in styles.KINDS}
    assert policies == {
        csp.policy(style_src=" ".join(["'self'", *(styles.sheet(kind).source for kind in styles.KINDS)]))
    }


def test_a_page_that_may_be_framed_keeps_its_style():
    response = HttpResponse(styles.sheet("article").element)
    response._csp = csp.policy(frame_ancestors="'self'")
    found = through(response)["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in found
    assert styles.sheet("article").source in found


def test_a_policy_set_by_hand_stays():
    response = HttpResponse(headers={"Content-Security-Policy": "default-src 'none'"})
    assert through(response).headers["Content-Security-Policy"] == "default-src 'none'"


@pytest.fixture
def title_under(page):
    """What becomes of a page with an inline handler and an inline script, under a policy."""

    def titled(policy):
        headers = {"Content-Type": "text/html", "Content-Security-Policy": policy}
        page.route("**/*", lambda route: route.fulfill(body=POISONED, headers=headers))
        page.goto("http://localhost:1/")
        page.wait_for_timeout(200)
        return page.title()

    return titled


def test_a_browser_runs_nothing_inline_under_the_base_policy(title_under):
    assert title_under(csp.BASE) == "untouched"


def test_a_browser_runs_handlers_and_no_script_block_under_the_editors_policy(title_under):
    assert title_under(csp.EDITOR) == "untouched, handler"
