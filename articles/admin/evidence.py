"""The evidence pack: one file with everything that is kept about an article, to read and to compute with."""

import io
import json
import zipfile
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles import evidence, papers
from articles.admin import screens
from articles.admin.desk import ModelAdmin
from articles.admin.records import shown
from articles.content import Content
from articles.models import Article
from references import formatting


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [path("<int:object_id>/evidence/", guard(download), name="articles_article_evidence")]


@screens.of_article(see="view_timelineentry", do="view_timelineentry")
def download(request: HttpRequest, article: Article) -> HttpResponse:
    """A zip of evidence.html, for people, and evidence.json, for programs."""
    at = timezone.now()
    pack = evidence.pack(article, at=at)
    name = f"evidence-{article.slug}-{timezone.localdate(at).isoformat()}"
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Cache-Control": "no-store"}
    return HttpResponse(zipped(name, article, pack), content_type="application/zip", headers=headers)


def zipped(name: str, article: Article, pack: dict[str, Any]) -> bytes:
    """The pack as a zip file, with the papers of its reviews under the names that the rows give them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{name}/evidence.html", readable(article, pack))
        archive.writestr(f"{name}/evidence.json", json.dumps(pack, ensure_ascii=False, indent=1))
        for row in pack["papers"]:
            with suppress(FileNotFoundError):  # the row and its hash stay, and verify_history says what is lost
                archive.writestr(f"{name}/papers/{row['file']}", papers.REVIEWS.read(row["file"]))
    return file.getvalue()


def _printed(words: Content) -> list[SafeString]:
    """The sources as they were frozen with the words."""
    return [mark_safe(formatting.ama(source)) for source in words.sources]  # noqa: S308  ama() escapes


def readable(article: Article, pack: dict[str, Any]) -> str:
    """The pack as a page that needs nothing beside it."""
    editions = article.editions.select_related("published_by", "closed_by", "review").prefetch_related("covers__review")
    people = ("reviewer", "requested_by", "answered_by", "acceptance__by")
    context = {
        "pack": pack,
        "article": article,
        "at": timezone.now(),
        "editions": [(one, shown(one.words()), _printed(one.words())) for one in editions.order_by("number")],
        "reviews": article.reviews.select_related(*people).prefetch_related("papers").order_by("pk"),
        "comments": article.comments.select_related("by", "resolved_by").order_by("pk"),
        "answers": article.finding_answers.select_related("by", "withdrawn_by").order_by("pk"),
        "redactions": article.redactions.select_related("asked_by", "outcome_by").order_by("pk"),
        "timeline": article.timeline.select_related("by").order_by("pk"),
    }
    return render_to_string("admin/articles/article/evidence.html", context)
