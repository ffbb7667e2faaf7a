"""The queue of news: what waits on which pages, wherever it comes from, to narrow down by kind, words and state."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from articles import news, readdressing, roles
from articles.admin import alerting, deciding, screens
from articles.admin.desk import ModelAdmin, person
from articles.admin.waiting import news as desk_news
from articles.alerting import may_bring
from articles.models import Article
from articles.models.news import GRAVITY, label
from articles.refusals import Refused

PAGE = 50


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("news/", guard(queue), name="articles_article_all_news"),
        path("news/addresses/", guard(addresses), name="articles_article_addresses"),
        path("news/report/", guard(alerting.report), name="articles_article_report_news"),
        path("news/<int:object_id>/", guard(deciding.of_change), name="articles_article_one_news"),
        path("news/alert/<int:object_id>/", guard(deciding.of_alert), name="articles_article_one_alert"),
        path("news/alert/<int:object_id>/pages/", guard(alerting.more_pages), name="articles_article_alert_pages"),
        path("news/fact/<int:object_id>/", guard(deciding.of_fact), name="articles_article_one_fact"),
        path("<int:object_id>/news/", guard(deciding.of_page), name="articles_article_news"),
    ]


class NarrowForm(forms.Form):
    """What to show of the queue."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        required=False,
        choices=lambda: [("", _("All kinds")), *((kind, capfirst(label(kind))) for kind in GRAVITY)],
    )
    words = forms.CharField(label=gettext_lazy("News or page"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("Waits for a decision")),
            ("under-way", gettext_lazy("Decided, not online yet")),
        ],
    )


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The same news together, the gravest first."""
    if not roles.may(request.user, "view_article"):
        raise PermissionDenied
    form = NarrowForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    asked: Any = {"under_way": bool(chosen.get("state")), "words": chosen.get("words", "")}
    kinds = list(filter(None, [chosen.get("kind")]))
    # Read once: to count the news together takes as long as to read it, and a sheet of it as long as all.
    sheet = Paginator(list(news.queue(kinds=kinds, **asked)), PAGE).get_page(request.GET.get("page"))
    narrowed = request.GET.copy()
    narrowed.pop("page", None)
    shown = {
        "form": form,
        "rows": [desk_news.told(row) for row in sheet],
        "sheet": sheet,
        "narrowed": narrowed.urlencode(),
        "is_narrowed": any(chosen.values()),
        "brings": may_bring(request.user),
    }
    return screens.page(request, "news/queue", _("News"), **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest) -> HttpResponse:
    """Pages that print an address which the record has no longer; publish them, each by itself."""
    if not roles.may(request.user, "publish_article" if request.method == "POST" else "view_article"):
        raise PermissionDenied
    results = _publish(request) if request.method == "POST" else []
    if results and not any(refused for _article, refused in results):
        said = ngettext(
            "%(count)d housekeeping edition is online.", "%(count)d housekeeping editions are online.", len(results)
        )
        messages.success(request, said % {"count": len(results)})
        return redirect("admin:articles_article_addresses")
    waiting = readdressing.waiting_pages().select_related("article", "source").order_by("article__title", "source")
    sheet = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    shown = {"sheet": sheet, "results": results, "may": roles.may(request.user, "publish_article")}
    return screens.page(request, "news/addresses", _("Pages that print an old address"), **shown)


def _publish(request: HttpRequest) -> list[tuple[Article, str]]:
    """Each article that was ticked, and why it was refused ("" where it is online)."""
    results = []
    for article in Article.objects.filter(pk__in=deciding.numbers(request.POST.getlist("article"))):
        refused = ""
        try:
            readdressing.publish_address(article, by=person(request), at=timezone.now())
        except Refused as no:
            refused = " ".join([str(no), *(one.message for one in no.obstacles)])
        results.append((article, refused))
    if not results:
        messages.warning(request, _("Nothing was ticked, so nothing was published."))
    return results
