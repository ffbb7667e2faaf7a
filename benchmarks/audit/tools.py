"""Judges from elsewhere: Lighthouse and the W3C's checker, at exact versions, installed beside the site by npm."""

# ruff: noqa: S603, S607  it runs what npm installed, from a list of ours
import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.audit.pages import Shown
from tests.browser import chromium

TOOLS = Path(__file__).resolve().parents[2] / "var" / "audit-tools"
LIGHTHOUSE, NU = "lighthouse@12.8.2", "vnu-jar@26.9.27"  # Lighthouse 13 asks for a newer node than Debian has
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


@dataclass(frozen=True)
class Scored:
    """What Lighthouse says of one page, 0 to 100 by category, and which audits cost points."""

    page: Shown
    scores: dict[str, int]
    lost: list[str]

    @property
    def wrong(self) -> list[str]:
        wanted = CATEGORIES if self.page.indexable else ("accessibility", "best-practices")
        return [f"{name} {self.scores[name]}" for name in wanted if self.scores[name] < 100]


def missing() -> list[str]:
    """What is needed and not on this machine."""
    return [name for name in ("npm", "node", "java") if not shutil.which(name)]


def install() -> None:
    """Fetch what is not there yet; a second run fetches nothing."""
    wanted = [one for one in (LIGHTHOUSE, NU) if _version(one.partition("@")[0]) != one.partition("@")[2]]
    if wanted:
        TOOLS.mkdir(parents=True, exist_ok=True)
        quiet = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        subprocess.run(["npm", "install", *quiet, "--prefix", str(TOOLS), LIGHTHOUSE, NU], check=True)


def _version(name: str) -> str:
    package = TOOLS / "node_modules" / name / "package.json"
    return str(json.loads(package.read_text())["version"]) if package.exists() else ""


def lighthouse(site: str, page: Shown, *, tries: int = 3) -> Scored:
    """Mobile, as it comes. A busy machine is slow and not wrong, so the best of a few tries counts."""
    best = _lighthouse(site, page)
    for _again in range(tries - 1):
        if best.wrong:
            best = max(best, _lighthouse(site, page), key=lambda one: sum(one.scores.values()))
    return best


def _lighthouse(site: str, page: Shown) -> Scored:
    with tempfile.TemporaryDirectory() as folder:
        said = Path(folder) / "report.json"
        command = [str(TOOLS / "node_modules" / ".bin" / "lighthouse"), site + page.path, "--quiet", "--output=json"]
        flags = "--chrome-flags=--headless --no-sandbox --disable-dev-shm-usage"
        here = os.environ | {"CHROME_PATH": chromium() or ""}
        subprocess.run([*command, f"--output-path={said}", flags], env=here, check=True, capture_output=True)
        report = json.loads(said.read_text(encoding="utf-8"))
    scores = {name: round((report["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}
    return Scored(page, scores, list(_lost(report)))


def _lost(report: dict[str, Any]) -> Any:
    for name in CATEGORIES:
        for ref in report["categories"][name]["auditRefs"]:
            audit = report["audits"][ref["id"]]
            if ref["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                yield f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip()


def nu(files: dict[str, str]) -> list[str]:
    """Errors and warnings of the W3C's checker about files, given as {name: text}; the name's end says what it is."""
    with tempfile.TemporaryDirectory() as folder:
        names = {}
        for number, (name, text) in enumerate(files.items()):
            path = Path(folder) / f"{number}{Path(name).suffix or '.html'}"
            path.write_text(text, encoding="utf-8")
            names[path.name] = name
        jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
        command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", "--also-check-css"]
        done = subprocess.run([*command, "--also-check-svg", folder], check=True, capture_output=True, text=True)
    found = json.loads(done.stderr or done.stdout)["messages"]
    return sorted({_complaint(one, names) for one in found})


def _complaint(one: dict[str, Any], names: dict[str, str]) -> str:
    where = names.get(Path(one.get("url", "")).name, one.get("url", ""))
    kind = one.get("subType") or one["type"]
    return f"{where}: {kind}: {one['message']} ({' '.join(one.get('extract', '').split())[:90]})"
