"""The panel above the article form: where the article stands, and what this person can do about it."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from articles.admin import checklist, commenting, mending
from articles.admin.desk import person
from articles.admin.state.buttons import buttons
from articles.admin.state.lines import lines
from articles.admin.state.rows import look_up
from articles.models import Article


def context(article: Article, request: HttpRequest) -> dict[str, Any]:
    """What admin/articles/article/state.html shows. The article is read afresh: a refused form has changed it."""
    fresh = Article.objects.select_related("condition", "binned_by").get(pk=article.pk)
    found = look_up(fresh, by=person(request), at=timezone.now())
    stands = () if found.same_words or fresh.binned_at else found.obstacles
    return {
        "state": {
            "lines": list(lines(found)),
            "obstacles": mending.links(stands, fresh, request.user),
            "checklist": checklist.rows(found.kinds, request.user, online=found.medicine_online),
            "ways": buttons(found, request.user),
            "comments": commenting.panel(fresh),
        }
    }
