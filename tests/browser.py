"""A real browser for the tests: Debian's Chromium, driven by Playwright, and axe-core to judge what it shows."""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=20_000)  # milliseconds: a busy machine is slow, and not wrong

# The shell is the same browser without its window, and takes a third of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
# Colors that still change are not the ones to judge. What moves for ever has no end to go to.
AT_REST = "document.getAnimations().forEach(one => { try { one.finish() } catch {} })"
# An editor that is still being put up has attributes whose role is to come.
EDITORS_UP = """new Promise((done, fail) => {
  const up = () => !window.CKEDITOR || Object.values(CKEDITOR.instances).every(one => one.status === "ready");
  const look = left => up() ? done() : left ? setTimeout(look, 20, left - 1) : fail(Error("an editor is not up"));
  look(1000);
})"""
# What jQuery was asked to do once the page is there, it does in turns of its own; this one comes after them.
SETTLED = "window.django?.jQuery ? new Promise(done => django.jQuery(() => setTimeout(done))) : null"
OF_COLORS = ("color-contrast", "link-in-text-block")  # rules
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
FLAGS = (
    "--no-sandbox",  # containers and root
    "--disable-dev-shm-usage",
    # Nothing but this machine has a name: a page that asks a third party for something gets no answer.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def chromium() -> str | None:
    """The path of the installed browser, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def launch(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def window(browser: Browser) -> Iterator[Page]:
    """A page of its own; on leaving, script errors and requests to elsewhere are errors of the test."""
    context = browser.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    page, wrong = context.new_page(), []
    page.on("pageerror", lambda error: wrong.append(f"script error on {page.url}: {error}"))
    page.on("requestfailed", lambda request: wrong.extend(elsewhere(request.url)))
    try:
        yield page
    finally:
        context.close()
    if wrong:
        raise AssertionError("\n".join(wrong))


def elsewhere(url: str) -> list[str]:
    """A complaint when the address is not of this machine."""
    here = ("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "about:")
    return [] if url.startswith(here) else [f"request to a third party: {url}"]


def axe_in_both_schemes(page: Page, *, within: str = "") -> list[str]:
    """What axe-core objects to in the light scheme, and what of that has to do with colors in the dark one.

    A dark scheme changes colors alone (tests/leukemia_site/test_static.py), so the other rules would only say it twice.
    """
    found = []
    for scheme, rules in (("light", ()), ("dark", OF_COLORS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(AT_REST)
        found += [f"{scheme}: {one}" for one in axe_violations(page, within=within, rules=rules)]
    return found


def axe_violations(page: Page, *, within: str = "", rules: Sequence[str] = ()) -> list[str]:
    """What axe-core objects to on this page (or inside one selector): one line per element, `rule (impact): where`.

    All rules of TAGS, or just those named.
    """
    page.evaluate(SETTLED)
    page.evaluate(EDITORS_UP)  # `wait_for_function` evaluates in the page, which our policy stops
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # not a script tag, which our policy would stop
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate(f"axe.run({json.dumps(within or 'html')}, {json.dumps(options)})")
    return [
        f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
