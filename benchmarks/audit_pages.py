"""Measure every kind of public page: axe, Lighthouse, the W3C's checker, bytes, keyboard, and reading without style.

    .venv/bin/python -m benchmarks.audit_pages [--port 8105] [--each 2] [--summaries 18] [--only axe,nu] [--json FILE]

It makes a site of its own in a throw-away folder: the demonstration, its equal as a page for everybody, the real
summaries of ../shared/data where they are, a corrected page, a withdrawn one. Lighthouse and the checker come by npm
into var/audit-tools; what is missing on this machine is said and left out.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tqdm import tqdm

from benchmarks.audit import pages, site, tools
from benchmarks.audit.pages import Shown
from tests import browser, keyboard, summaries, weighing

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
STATIC = Path(__file__).resolve().parents[1] / "static"
WIDTHS = (320, 1280)
Found = Iterator[tuple[str, str, list[str]]]  # kind, address, what is wrong


def axe(at: str, shown: list[Shown]) -> Found:
    """Every rule of WCAG 2.0 to 2.2, A and AA, and best practices, in both schemes, narrow and wide."""
    with _chromium() as chromium, browser.window(chromium) as window:
        for page in tqdm(shown, desc="axe", unit="page"):
            wrong = []
            for width in WIDTHS:
                window.set_viewport_size({"width": width, "height": 800})
                window.goto(at + page.path)
                wrong += [f"{width}: {one}" for one in browser.axe_in_both_schemes(window)]
                if (real := window.evaluate("document.documentElement.scrollWidth")) > width:
                    wrong.append(f"{width}: {real} pixels wide")
            yield page.kind, page.path, wrong


def walk(at: str, shown: list[Shown]) -> Found:
    """Tab from the first to the last."""
    with _chromium() as chromium, browser.window(chromium) as window:
        for page in tqdm(shown, desc="keyboard", unit="page"):
            wrong = []
            for width in WIDTHS:
                window.set_viewport_size({"width": width, "height": 800})
                window.goto(at + page.path)
                wrong += [f"{width}: {one}" for one in keyboard.complaints(window)]
            yield page.kind, page.path, wrong


def weight(at: str, shown: list[Shown]) -> Found:
    """Bytes, requests, cookies, strangers, policy, each in a window that has seen nothing. Long pages may be heavy."""
    with _chromium() as chromium:
        for page in tqdm(shown, desc="bytes", unit="page"):
            with browser.window(chromium) as window:
                weighed = weighing.weigh(window, at + page.path)
            print(f"  {page.path}: {weighed.document:,} bytes, {weighed.script:,} of scripts", file=sys.stderr)
            long = page.kind != "home" and site.DEMO not in page.path
            yield page.kind, page.path, [one for one in weighed.wrong if not (long and "bytes, more" in one)]


def scores(at: str, shown: list[Shown]) -> Found:
    """Lighthouse, mobile."""
    for page in tqdm(shown, desc="Lighthouse", unit="page"):
        if page.status == 200:
            scored = tools.lighthouse(at, page)
            print(f"  {page.path}: {scored.scores}", file=sys.stderr)
            yield page.kind, page.path, scored.wrong and scored.wrong + scored.lost


def markup(at: str, shown: list[Shown]) -> Found:
    """The W3C's checker, errors and warnings: pages, style sheets, drawings."""
    ours = [path for path in STATIC.rglob("*") if path.suffix in (".css", ".svg") and "articles" not in path.parts]
    # Sheets of the paper are the typesetter's alone, which knows words of paged media that no browser does.
    ours = [path for path in ours if not path.name.startswith("handout")]
    files = {page.path: page.body for page in shown} | {str(path): path.read_text(encoding="utf-8") for path in ours}
    for complaint in tools.nu(files):
        path = complaint.partition(": ")[0]
        yield next((page.kind for page in shown if page.path == path), "file"), path, [complaint.partition(": ")[2]]
    for page in shown:
        yield page.kind, page.path, []


def _chromium() -> Any:
    return browser.launch(browser.chromium() or sys.exit("needs a browser: apt install chromium-headless-shell"))


JUDGES: dict[str, Callable[[str, list[Shown]], Found]] = {
    "bytes": weight,
    "nu": markup,
    "keyboard": walk,
    "axe": axe,
    "lighthouse": scores,
}


def run(options: argparse.Namespace) -> bool:
    left_out = {"nu", "lighthouse"} if (lacking := tools.missing()) else set()
    if lacking:
        print(f"Not on this machine: {', '.join(lacking)}; so no {' and no '.join(sorted(left_out))}.")
    else:
        tools.install()
    records = summaries.load(SHARED)[: options.summaries] if SHARED.is_dir() else []
    print(f"{len(records)} real summaries", "" if records else f"({SHARED} is not there)")
    for one in site.fill(records):
        print("could not be published:", one)
    table: dict[str, dict[str, list[Any]]] = {}
    with site.served(options.port) as at:
        shown = pages.crawl(at)
        nowhere = pages.leading_nowhere(at, shown)
        chosen = pages.samples(shown, each=options.each)
        for name in (name for name in JUDGES if name in options.only and name not in left_out):
            judged = shown if name == "nu" or (name == "axe" and options.all) else chosen
            for kind, path, wrong in JUDGES[name](at, judged):
                table.setdefault(kind, {}).setdefault(name, []).append((path, wrong))
    if options.json:
        Path(options.json).write_text(json.dumps(table, indent=1))
    print(*nowhere, sep="\n")
    return told(table, options.only) and not nowhere


def told(table: dict[str, dict[str, list[Any]]], names: list[str]) -> bool:
    """Print kind by judge: pages looked at and complaints; then each complaint. Returns whether there is none."""
    print(f"\n{'kind of page':<22}" + "".join(f"{name:>14}" for name in names))
    for kind, judged in sorted(table.items()):
        cells = [judged.get(name, []) for name in names]
        told = [
            f"{len({p for p, _w in cell})}: {sum(len(w) for _p, w in cell)} wrong" if cell else "-" for cell in cells
        ]
        print(f"{kind:<22}" + "".join(f"{cell:>14}" for cell in told))
    complaints = [(n, p, one) for judged in table.values() for n, rows in judged.items() for p, w in rows for one in w]
    for name, path, complaint in complaints:
        print(f"{name}: {path}: {complaint}")
    return not complaints


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8105)
    parser.add_argument("--each", type=int, default=2, help="pages of each kind that are looked at")
    parser.add_argument("--summaries", type=int, default=18)
    parser.add_argument("--all", action="store_true", help="axe on every page, not on some of each kind")
    parser.add_argument("--only", type=lambda names: names.split(","), default=list(JUDGES), help=", ".join(JUDGES))
    parser.add_argument("--json", help="a file for the whole result")
    sys.exit(0 if run(parser.parse_args()) else 1)
