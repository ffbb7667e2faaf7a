"""Pages that are online, many at once: copies of one that the deeds published, with other dates."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from articles.models import Article, Edition, Published
from tests import cast


def day(days: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=days)


def online(*rows: dict[str, Any]) -> list[Published]:
    """A page for each row of columns of its public address; `reviewer` and `condition_of` are its article's."""
    first = Published.objects.filter(moved_to=None).first() or cast.published(at=timezone.now()).article.addresses.get()
    page = Published.objects.select_related("article", "edition").get(pk=first.pk)
    start = Article.objects.count()
    made = [_article(page.article, start + number, row) for number, row in enumerate(rows)]
    articles = Article.objects.bulk_create(made)
    editions = Edition.objects.bulk_create(_copy(page.edition, article=article) for article in articles)
    pages = [
        _copy(page, **{"slug": a.slug, "title": a.title, **_columns(row)}, **_whose(a), article=a, edition=e)
        for a, e, row in zip(articles, editions, rows, strict=True)
    ]
    return Published.objects.bulk_create(pages)


def _article(like: Article, number: int, row: dict[str, Any]) -> Article:
    name = row.get("title", f"Disease {number:03}")
    own = {"reviewer": row.get("reviewer"), "condition": row.get("condition_of")}
    return _copy(like, title=name, slug=row.get("slug", f"disease-{number}"), **own)


def _whose(article: Article) -> dict[str, Any]:
    return {"reviewer": article.reviewer, "about": article.condition}


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("reviewer", "condition_of")}


def _copy(row: Any, **other: Any) -> Any:
    kept = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if f.name not in ("id", *other)}
    return type(row)(**kept, **other)
