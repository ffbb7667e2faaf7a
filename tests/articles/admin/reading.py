"""An article in its second round, with every kind of change between the words."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles import commenting, drafting, reviewing, roles
from articles.content import CitedSource, Content, SectionContent
from articles.models import Review
from references.models import Source
from tests import cast

TABLE = (
    "<table><caption>Doses</caption><tr><th>Drug</th><th>Dose</th></tr><tr><td>Exampline</td><td>{}</td></tr></table>"
)
LIST = "<ul><li>Sleep well at night</li><li>Eat a little of all</li><li>Walk every single day</li></ul>"
CITE = '<cite data-source="{}"></cite>'
OLD = (
    "<p>First the marrow makes cells.</p><h3>Doses</h3><p>Take it with <strong>water</strong>, 10<sup>2</sup> drops."
    f"{CITE.format('ref-1')}</p>{TABLE.format('1.5 mg/m²')}{LIST}"
    '<p>See <a href="https://a.example.org/guide">the guide</a> for more.</p>'
)
NEW = (
    "<h4>Doses</h4><p>Take it with water, 102 drops."
    f"{CITE.format('ref-2')}</p>{TABLE.format('15 mg/m²')}{LIST.replace('ul>', 'ol>')}"
    '<p>See <a href="https://b.example.org/guide">the guide</a> for more.</p><p>First the marrow makes cells.</p>'
)


def words(body: str = OLD, more: int = 0) -> Content:
    """A page with this text under Treatment, and so many sections more."""
    found = cast.with_body(cast.words(), "treatment", body)
    extra = tuple(
        SectionContent(anchor=f"part-{n}", heading=f"Part {n}", body=f"<p>Part {n} is about a thing.</p>")
        for n in range(more)
    )
    other = CitedSource(
        key="ref-2", kind="journal", authors=("Roe A",), title="On drops", container="J Ex", doi="10.1/x"
    )
    return replace(found, sections=(*found.sections, *extra), sources=(*found.sources, other))


def revised(review: Review, body: str, *, days: int = 0) -> Review:
    """Wanda writes this under Treatment, and asks Rosa."""
    article = review.article
    article.refresh_from_db()
    keys = dict(zip(("ref-2", "ref-1"), Source.objects.order_by("-pk").values_list("key", flat=True), strict=False))
    for mine, key in keys.items():
        body = body.replace(f'"{mine}"', f'"{key}"')
    wanda, at = cast.person("wanda", roles.WRITER), timezone.now() + timedelta(days=days)
    new = cast.with_body(article.content(), "treatment", body)
    drafting.revise(article, new, by=wanda, at=at, base_revision=article.revision)
    return cast.requested(article, at=at)


def second_edition(body: str = NEW, **more: Any) -> Review:
    """The page is online; its next words wait for Rosa."""
    edition = cast.published(cast.draft(words(**more)), at=timezone.now())
    return revised(edition.review, body)


def second_round() -> Review:
    """And Rosa has sent them back with a comment, and reads them again."""
    review = second_edition()
    rosa, at = cast.reviewer().account, timezone.now()
    said = {"text": "Is it fifteen, or one and a half?", "anchor": "treatment"}
    commenting.comment(review.article, by=rosa, at=at, review=review, **said)
    reviewing.decline(review, by=rosa, at=at, digest=review.digest, reason="The dose is ten times too high.")
    return revised(review, NEW.replace("15 mg", "1.5 mg"))
