"""The screens of due dates: the desk, the list, what every reviewer has to read, and files of these."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles import filters, roles
from articles.admin import calendar, due_desk, due_files, due_lines, due_list, log, saved, screens
from articles.admin.desk import ModelAdmin, person
from articles.admin.due_chart import Chart, chart
from articles.admin.due_list import Question
from articles.admin.many import screens as many_screens
from articles.admin.many.forms import FORMS
from articles.bulk.deeds import DEEDS
from articles.bulk.lines import MOST_LINES

LIST = "admin:articles_article_due"
CSV = "text/csv; charset=utf-8"
REVIEWERS = 20  # a page
MOST_TROUBLES = 100


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("due/", guard(listing), name="articles_article_due"),
        path("due/desk/", guard(first), name="articles_article_due_desk"),
        path("due/reviewers/", guard(reviewers), name="articles_article_due_reviewers"),
        path("due/conditions/", guard(conditions), name="articles_article_due_conditions"),
        path("due/export.csv", guard(as_csv), name="articles_article_due_csv"),
        path("due/reviewers.csv", guard(loads_as_csv), name="articles_article_due_reviewers_csv"),
        path("due/counts.csv", guard(due_files.counts), name="articles_article_due_counts_csv"),
        path("due/troubles.csv", guard(due_files.troubles), name="articles_article_due_troubles_csv"),
        path("due/news.csv", guard(due_files.waiting), name="articles_article_due_news_csv"),
        path("due/do/", guard(do), name="articles_article_due_do"),
        path("due/filters/", guard(saved.save), name="articles_article_due_save"),
        path("due/filters/<int:pk>/", guard(saved.one), name="articles_article_due_filter"),
        path("due/calendar/", guard(calendar.screen), name="articles_article_due_calendar"),
    ]


def comes_first(user: Any) -> bool:
    """Whether this is the first that somebody sees: who keeps dates and records reviews."""
    return roles.may(user, "keep_dates") and roles.may(user, "record_review")


def for_desk(user: Any) -> dict[str, Any]:
    """Everything that the desk shows to somebody."""
    on = timezone.localdate()
    found, mine = due_desk.figures(on), saved.first(user)
    questions = due_desk.asked(on) | saved.questions(mine, user, on)
    counts = due_desk.counts(questions, user)
    known = [(one, counts.get(saved.key(one))) for one in mine]
    return {**found, **counts, **table(found["loads"], on), "filters": known}


def table(loads: list[due_desk.Load], on: Any) -> dict[str, Any]:
    """The load of these reviewers, as charts to one scale and as rows of numbers."""
    firsts = due_desk.months(on)
    months = [(f"{first:%Y-%m}", due_desk.month_words(first)) for first in firsts]
    most = max((count for load in loads for count in (load.overdue, *load.months.values())), default=0)
    rows = [(load, [load.months.get(key, 0) for key, _name in months], _chart(load, months, most)) for load in loads]
    return {"months": [name for _key, name in months], "rows": rows, "most": most}


def _chart(load: due_desk.Load, months: list[tuple[str, str]], most: int) -> Chart:
    counts = [(_("Overdue"), load.overdue), *((name, load.months.get(key, 0)) for key, name in months)]
    return chart(counts, most)


# -- screens -------------------------------------------------------------------------------------------------------


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """The desk."""
    _look(request)
    return screens.page(request, "article/due/desk", _("Review dates"), due=for_desk(request.user))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The pages that somebody asks for, soonest due first."""
    _look(request)
    question, on, by = Question.of(request.GET), timezone.localdate(), person(request)
    context: dict[str, Any] = {"question": question, "choices": due_list.choices(question), "who": due_list.WHO}
    if question.is_valid():
        after, back = request.GET.get("after", ""), request.GET.get("back", "")
        pages, known = question.listed(on, by)
        found = due_list.part(pages, after, back=back)
        count = due_list.count(pages, found, after or back) if known is None else known
        context |= {"lines": due_lines.lines(found.pages, on, by), "after": after or back, "part": found}
        context |= {"count": min(count, due_list.MANY), "more": count > due_list.MANY}
    context |= {"deeds": _deeds(request), "filters": filters.of(by), "may_share": roles.may(by, "keep_dates")}
    return screens.page(request, "article/due/list", _("Due dates"), **context)


@require_safe
def reviewers(request: HttpRequest) -> HttpResponse:
    """What every reviewer has to read."""
    _look(request)
    on = timezone.localdate()
    page = Paginator(due_desk.with_pages().order_by("name", "pk"), REVIEWERS).get_page(request.GET.get("page"))
    loads = due_desk.loads(on, {one.pk: str(one) for one in page})
    context = {**table(sorted(loads, key=lambda load: load.name), on), "sheet": page}
    context["troubles"] = due_desk.troubles(on, MOST_TROUBLES) if page.number == 1 else []
    return screens.page(request, "article/due/reviewers", _("What reviewers have to read"), **context)


@require_safe
def conditions(request: HttpRequest) -> HttpResponse:
    """What is due by condition."""
    _look(request)
    rows = due_desk.by_kind(timezone.localdate()).conditions
    return screens.page(request, "article/due/conditions", _("Due dates by condition"), rows=rows)


@require_safe
def as_csv(request: HttpRequest) -> Any:
    """All pages of the list, as a file."""
    _look(request)
    question, on = Question.of(request.GET), timezone.localdate()
    if not question.is_valid():
        raise BadRequest("No filter of the list has that value")
    pages = due_list.every(question.pages(on, person(request)))
    return log.file(due_lines.as_csv(pages.iterator(500), on), CSV, f"due-{on}.csv")


@require_safe
def loads_as_csv(request: HttpRequest) -> Any:
    """What every reviewer has to read, as a file."""
    _look(request)
    on = timezone.localdate()
    return log.file(due_lines.loads_as_csv(due_desk.loads(on), due_desk.months(on)), CSV, f"reviewers-{on}.csv")


@require_POST
def do(request: HttpRequest) -> HttpResponse:
    """Hand the chosen pages, or all that the filter finds, to the screen where a deed for many is filled in."""
    _look(request)
    deed, query = request.POST.get("deed", ""), request.POST.get("query", "")
    if deed not in FORMS:
        raise Http404
    try:
        pks = _chosen(request, query)
    except due_list.NotAQuestion as no:
        raise BadRequest(str(no)) from no
    if not 0 < len(pks) <= MOST_LINES:
        few = _("Tick the pages first.")
        many = _("At most %(limit)d articles at a time. Narrow the list with a filter.") % {"limit": MOST_LINES}
        messages.error(request, many if pks else few)
        return redirect(_back(query))
    sent = QueryDict(mutable=True)
    sent["articles"], sent["back"] = ",".join(pks), query
    request.POST = sent  # type: ignore[assignment]  # the screen takes all numbers in one field
    return many_screens.fill_in(request, deed)


def _chosen(request: HttpRequest, query: str) -> list[str]:
    """Numbers of articles: those that were ticked, or all that the filter finds, up to one too many."""
    if not request.POST.get("all"):
        return request.POST.getlist("articles")
    asked = Question.of(Question.of(query).spelled_out(person(request))).query()
    return [str(pk) for pk in due_list.chosen(asked).values_list("pk", flat=True)[: MOST_LINES + 1]]


def _deeds(request: HttpRequest) -> list[tuple[str, Any]]:
    return [(name, form.title) for name, form in FORMS.items() if roles.may(request.user, DEEDS[name].permission)]


def _look(request: HttpRequest) -> None:
    if not roles.may(request.user, "view_article"):
        raise PermissionDenied


def _back(query: str) -> str:
    return saved.address(query)
