"""What is in our site beside the demonstration: `python -m benchmarks.serving.article FOLDER COUNT`, with its settings.

It publishes so many pages with the demonstration article's words, which nobody has read yet, and writes into the folder
their addresses (unread.json) and the article's words for the peer (article.json).
"""

import json
import re
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from articles import drafting
from articles.content import Content, SectionContent, plain
from articles.models import Article, Edition
from references import formatting
from tests import cast

SLUG = "acute-lymphocytic-leukemia"
CITE = re.compile(r'<cite data-source="([^"]*)"[^>]*></cite>')


def unread(count: int) -> list[str]:
    """Addresses of new pages with the same words but one in each section, so that nothing is known of them."""
    demo, at = Article.objects.get(slug=SLUG), timezone.now()
    pages = []
    for number in range(count):
        article = drafting.start(_other(demo.content(), number), by=cast.cast().wanda, at=at)
        Article.objects.filter(pk=article.pk).update(condition=demo.condition)
        article.refresh_from_db()
        pages.append(f"/{cast.published(article, at=at).article.slug}/")
    return pages


def _other(words: Content, number: int) -> Content:
    sections = [replace(one, body=one.body.replace(" ", f" {number} ", 1)) for one in words.sections]
    return replace(words, title=f"{words.title} {number}", sections=tuple(sections))


def told(edition: Edition) -> dict[str, Any]:
    """The article as another system would hold it: plain HTML, numbered references as text."""
    words = Content.from_json(edition.content)
    numbers = formatting.numbering(words.cited_keys())
    sources = {source.key: source for source in words.sources}
    doctor = edition.review.reviewer
    opening = SectionContent(anchor="", heading="Overview", body=words.summary)
    return {
        "title": words.title,
        "slug": SLUG,
        "summary": plain(words.summary, 150),
        "reviewed_on": edition.review.reviewed_on.isoformat(),
        "reviewer": {part: getattr(doctor, part) for part in ("name", "credentials", "role", "institution")},
        "sections": [
            {"heading": one.heading, "body": CITE.sub(lambda mark: f"<sup>[{numbers[mark[1]]}]</sup>", one.body)}
            for one in (opening, *words.sections)
        ],
        "references": [formatting.ama(sources[key], html=False) for key in numbers],
    }


def main() -> None:
    """Both files."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    (folder / "unread.json").write_text(json.dumps(unread(count)))
    edition = Edition.objects.open().get(article__slug=SLUG)
    (folder / "article.json").write_text(json.dumps(told(edition)))


if __name__ == "__main__":
    main()
