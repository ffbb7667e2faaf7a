"""Due dates in somebody's own calendar: the screen on which its private address is made, and what stands there."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event, vDuration

from articles import calendars, roles
from articles.admin import due_list, saved, screens
from articles.admin.desk import person
from articles.admin.due_lines import REASONS
from articles.due import Why
from articles.models import Published, ReviewPolicy, TimelineEntry
from articles.refusals import Refused

MOST = 2000  # days that calendars still show quickly
What = TimelineEntry.What
# Deeds that can move a due date.
MOVES = (
    *(What.PUBLISHED, What.EMERGENCY, What.HOUSEKEEPING, What.ATTESTED, What.CORRECTED, What.ACCEPTED),
    *(What.REVIEW_RECORDED, What.CADENCE_SET, What.DEFERRED, What.UNDEFERRED),
    *(What.ALERTED, What.DECIDED, What.FACT_UPDATED),
)
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
    "Content-Disposition": 'inline; filename="due.ics"',
}


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """Make an address, shown this once, or let it answer no more."""
    if not roles.may(request.user, "view_article"):
        raise PermissionDenied
    by, secret = person(request), ""
    if request.method == "POST" and request.POST.get("do") == "revoke":
        calendars.revoke(by=by, at=timezone.now())
        messages.success(request, _("The address of your calendar answers no more."))
        return redirect("admin:articles_article_due_calendar")
    question = due_list.Question.of(request.POST.get("query", request.GET.urlencode()))
    if request.method == "POST":
        try:
            question.pages(timezone.localdate(), by)
            secret = calendars.make(question.query(), by=by, at=timezone.now())
        except Refused as no:
            messages.error(request, str(no))
    found = calendars.current(by)
    context = {"question": question, "calendar": found, "address": _address(secret) if secret else ""}
    context["list"] = saved.address(found.query if found else "")
    answer = screens.page(request, "article/due/calendar", _("Your calendar of due dates"), **context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """What a calendar reads. Whoever knows the address needs no account, so nothing of a draft stands here."""
    found = calendars.of(secret)
    if found is None:
        raise Http404
    on, question = timezone.localdate(), due_list.Question.of(found.query)
    try:
        pages = question.pages(on, found.person).filter(next_due__isnull=False)
    except due_list.NotAQuestion as error:
        raise Http404 from error
    made = written(due_list.every(pages, MOST), _moved(pages))
    return HttpResponse(made, content_type="text/calendar; charset=utf-8", headers=HEADERS)


def written(pages: Iterable[Published], moved: dict[int, tuple[int, datetime]]) -> bytes:
    """An all-day event for every page, on its due date. `moved` tells how often and when last it may have moved."""
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//{settings.ORGANIZATION_NAME}//{_('Review dates')}//EN")
    made.add("x-wr-calname", _("Review dates"))
    made.add("refresh-interval", vDuration(timedelta(hours=6)), parameters={"VALUE": "DURATION"})
    policy = ReviewPolicy.objects.in_force()
    for page in pages:
        times, last = moved.get(page.article_id, (0, None))
        made.add_component(_event(page, times, last, policy))
    return bytes(made.to_ical())


def _event(page: Published, times: int, last: datetime | None, policy: ReviewPolicy | None) -> Event:
    by_news, due = page.due_why == Why.EVENT, page.next_due
    known = [moment for moment in (last, policy.at if policy else None, _news(page) if by_news else None) if moment]
    changed = max(known, default=timezone.now())
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('admin:articles_article_dates', args=[page.article_id])}"
    event = Event()
    event.add("uid", f"due-{page.article_id}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    # It grows with every deed that may have moved the date; news is half a deed, until somebody decides about it.
    event.add("sequence", 2 * (times + (policy.pk if policy else 0)) + by_news)
    event.add("dtstart", due)
    event.add("dtend", due + timedelta(days=1) if due else due)
    # Without signs that calendars refuse, and a whole file with them.
    title = "".join(one if one.isprintable() else " " for one in page.title)
    event.add("summary", _("Review due: %(title)s") % {"title": title})
    event.add("description", "\n".join(filter(None, (str(REASONS.get(page.due_why, "")), link))))
    event.add("url", link)
    event.add("transp", "TRANSPARENT")  # nobody is busy all day because of it
    return event


def _news(page: Published) -> datetime | None:
    """The first instant of the day of the news."""
    since = page.event_since
    return timezone.make_aware(datetime.combine(since, time())) if since else None


def _moved(pages: Any) -> dict[int, tuple[int, datetime]]:
    rows = TimelineEntry.objects.filter(article__in=pages.order_by().values("article"), what__in=MOVES).order_by()
    told = rows.values("article").annotate(times=Count("pk"), last=Max("at")).values_list("article", "times", "last")
    return {article: (times, last) for article, times, last in told}


def _address(secret: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse('calendar', args=[secret])}"
