"""The frame of the sign-off screens: load one row, show a page, turn a refusal into one message."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import roles
from articles.admin import mending
from articles.content import Content
from articles.models import Alert, Article, Edition, Fact, FactValue, PatientStory, Redaction, Review
from articles.redline import Row, redline_content
from articles.refusals import Refused
from references.models import SourceChange

Screen = Callable[[HttpRequest, Any], HttpResponse]
View = Callable[[HttpRequest, int], HttpResponse]


def of_article(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about one article: `see` is the permission to open it, `do` the permission to act on it.

    Of several, with a blank between, one is enough.
    """
    gone = gettext_lazy("This article is not there.")
    return _screen(lambda: Article.objects.select_related("condition"), see, do, gone)


def of_review(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about one review request; permissions as for of_article."""
    people = ("article__condition", "reviewer__account", "requested_by", "answered_by", "acceptance__by")
    gone = gettext_lazy("This review request is not there.")
    return _screen(lambda: Review.objects.select_related(*people), see, do, gone)


def of_redaction(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about one redaction; permissions as for of_article."""
    people = ("article__condition", "asked_by", "outcome_by")
    gone = gettext_lazy("This redaction is not there.")
    return _screen(lambda: Redaction.objects.select_related(*people), see, do, gone)


def of_story(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about one patient story; permissions as for of_article."""
    gone = gettext_lazy("This story is not there.")
    return _screen(lambda: PatientStory.objects.select_related("withdrawn_by"), see, do, gone)


def of_edition(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about one edition; permissions as for of_article."""
    gone = gettext_lazy("This edition is not there.")
    return _screen(lambda: Edition.objects.select_related("article__condition", "published_by"), see, do, gone)


def of_change(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about one change of a source; permissions as for of_article."""
    gone = gettext_lazy("This news is not there.")
    return _screen(lambda: SourceChange.objects.select_related("source"), see, do, gone)


def of_fact(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about one fact; permissions as for of_article."""
    gone = gettext_lazy("This fact is not there.")
    return _screen(lambda: Fact.objects.select_related("condition"), see, do, gone)


def of_alert(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about news that somebody has brought; permissions as for of_article."""
    gone = gettext_lazy("This news is not there.")
    return _screen(lambda: Alert.objects.select_related("by"), see, do, gone)


def of_fact_value(*, see: str, do: str) -> Callable[[Screen], View]:
    """A screen about one value of a fact; permissions as for of_article."""
    gone = gettext_lazy("This news is not there.")
    return _screen(lambda: FactValue.objects.select_related("fact", "source"), see, do, gone)


def _screen(rows: Callable[[], QuerySet[Any]], see: str, do: str, gone: Any) -> Callable[[Screen], View]:
    def decorate(screen: Screen) -> View:
        @wraps(screen)
        def view(request: HttpRequest, object_id: int) -> HttpResponse:
            wanted = do if request.method == "POST" else see
            if not any(roles.may(request.user, permission) for permission in wanted.split()):
                raise PermissionDenied
            if any("\x00" in value for _name, values in request.POST.lists() for value in values):
                raise BadRequest("NUL is no character, and PostgreSQL stores none")
            row = rows().filter(pk=object_id).first()
            if row is None:
                messages.warning(request, f"{gone} {_('It may have been a mistyped address.')}")
                return redirect("admin:index")
            return screen(request, row)

        return require_http_methods(["GET", "HEAD", "POST"])(view)

    return decorate


def page(request: HttpRequest, name: str, title: str, **context: Any) -> TemplateResponse:
    """A page in the frame of the admin; `name` is that of a template in admin/articles/."""
    return TemplateResponse(
        request, f"admin/articles/{name}.html", {**admin.site.each_context(request), "title": title, **context}
    )


def say_no(request: HttpRequest, no: Refused, article: Article) -> None:
    """One message: why the deed was not done, and what stands in the way, with a link to where each is mended."""
    stands = mending.links(no.obstacles, article, request.user)
    rows = format_html_join("", "<li>{} {}</li>", ((one.message, one.link) for one in stands))
    messages.error(request, format_html("{}{}", no, format_html("<ul>{}</ul>", rows) if stands else ""))


def changes(old: Content | None, new: Content) -> list[Row]:
    """The parts that differ, with the differences marked; none when there is nothing to compare with."""
    return [row for row in redline_content(old, new) if row.changed] if old else []
