"""Real summaries, long and dirty, as pages of ours: imported, mended as a writer would, signed and published."""

import html
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from articles import drafting, importing, intake
from articles.models import Article
from tests import cast

# Sampled runs take one with wide tables in Spanish, a short one that is a table, and a long one.
SAMPLE = ("pdq-256622-es", "pdq-682526-en", "pdq-446177-en")
_BARE = re.compile(r"<(h[3-5])>(?:(?!</?h[3-5]>).)*</\1>\s*(?=<(h[3-5])>|$)", re.S)


def load(shared_data: Path) -> list[dict[str, Any]]:
    """All of them."""
    lines = (shared_data / "pdq" / "pdq-patient.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def publish(record: dict[str, Any], *, at: datetime) -> Article:
    """Put one online."""
    wanda = cast.cast().wanda
    manuscript = importing.read(as_page(record).encode(), f"{record['id']}.html", today=at.date())
    article = intake.draft(manuscript, by=wanda, at=at)
    drafting.confirm_headings(article, by=wanda)
    words = article.content()
    mended = (replace(section, body=without_bare_headings(section.body)) for section in words.sections)
    kept = tuple(section for section in mended if section.body)
    drafting.revise(article, replace(words, sections=kept), by=wanda, at=at, base_revision=article.revision)
    return cast.published(article, at=at).article


def without_bare_headings(body: str) -> str:
    """A heading under which nothing stands goes, unless what follows is a heading below it."""

    def mended(found: re.Match[str]) -> str:
        following = found.group(2)
        return found.group() if following and following > found.group(1) else ""

    while (shorter := _BARE.sub(mended, body)) != body:
        body = shorter
    return body


def as_page(record: dict[str, Any]) -> str:
    """A page of the site that a record was taken from."""
    sections = "".join(f"<h2>{s['heading'] or ''}</h2>{s['html']}" for s in record["sections"])
    items = "".join(f"<li>{citation['html']}</li>" for citation in record.get("citations", ()))
    references = f"<h2>References</h2><ol>{items}</ol>" if items else ""
    title = html.escape(record["title"])
    return (
        f'<html lang="{record["language"]}"><head><title>{title}</title></head><body><h1>{title}</h1>'
        f"{record.get('intro_html') or ''}{sections}{references}</body></html>"
    )
