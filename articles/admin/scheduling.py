"""Publishing at a time: the fields, what is said of a schedule, and taking it back."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock, scheduling
from articles.admin import screens
from articles.admin.desk import ModelAdmin, ReadOnlyAdmin, person
from articles.models import Article, Schedule
from articles.refusals import Refused


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [path("<int:object_id>/unschedule/", guard(unschedule), name="articles_article_unschedule")]


class WhenForm(forms.Form):
    """Now, or at a time by the site's clocks. After validation `publish_at` is the instant, or None for now."""

    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[("now", gettext_lazy("Now")), ("later", gettext_lazy("At a time:"))],
        initial="now",
        required=False,
        widget=forms.RadioSelect,
    )
    on = forms.DateField(
        label=gettext_lazy("Date"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    clock = forms.TimeField(
        label=gettext_lazy("Time"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    publish_at: datetime | None = None

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        names = {"place": clock.city(), "now": clock.zone(timezone.now())}
        self.fields["clock"].help_text = _("By the clocks of %(place)s (today %(now)s).") % names

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, time = cleaned.get("on"), cleaned.get("clock")
        if cleaned.get("when") != "later":
            if day or time:
                self.add_error("when", _("You gave a time. Choose “At a time”, or empty date and time."))
        elif self.errors:
            return cleaned
        elif not (day and time):
            self.add_error("clock" if day else "on", _("Give a date and a time."))
        else:
            try:
                self.publish_at = clock.moment(day, time, timezone.get_default_timezone())
            except clock.UnclearTime as unclear:
                self.add_error("clock", _unclear(day, time, unclear))
        return cleaned


def _unclear(day: Any, time: Any, unclear: clock.UnclearTime) -> str:
    early, late = (f"{time_format(near, 'P')} {near.tzname()}" for near in unclear.neighbours)
    facts = {"day": date_format(day, "N j, Y"), "time": time_format(time, "P"), "early": early, "late": late}
    if unclear.twice:
        words = _("On %(day)s the clocks go back: %(time)s comes twice. Choose %(early)s or %(late)s.")
    else:
        words = _("On %(day)s the clocks go forward: %(time)s never comes. Choose %(early)s or %(late)s.")
    return words % facts


def latest(article: Article) -> Schedule | None:
    """The article's newest schedule, ended or not."""
    found: Schedule | None = article.schedules.select_related("by").order_by("-pk").first()
    return found


def waiting(article: Article) -> Schedule | None:
    """The schedule that has not ended."""
    newest = latest(article)
    return newest if newest and not newest.outcome else None


def told(schedule: Schedule, *, at: datetime) -> tuple[str, str]:
    """What a waiting schedule will come to, in words, and the tone of that: wait or act."""
    facts = {"when": clock.said(schedule.publish_at), "name": schedule.by}
    stands = scheduling.obstacles(schedule, at=at)
    if stands:
        words = _("Scheduled for %(when)s by %(name)s; as it stands it will be refused:") % facts
        return f"{words} {stands[0].message}", "act"
    if schedule.publish_at <= at:
        return _("Was to be published on %(when)s by %(name)s; waits for the timed work.") % facts, "act"
    return _("Will be published on %(when)s by %(name)s.") % facts, "wait"


@screens.of_article(see="publish_article", do="publish_article")
def unschedule(request: HttpRequest, article: Article) -> HttpResponse:
    """Show what is scheduled, and cancel exactly that."""
    row, reason = waiting(article), request.POST.get("reason", "")
    if request.method == "POST":
        shown = article.schedules.filter(pk=request.POST.get("schedule") or 0).first()
        try:
            if shown is None:
                raise scheduling.Ended(_("There is nothing to cancel."))
            scheduling.cancel(shown, by=person(request), at=timezone.now(), reason=reason)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("The scheduled publication was cancelled."))
        return redirect("admin:articles_article_change", article.pk)
    said = told(row, at=timezone.now())[0] if row else ""
    title = _("Cancel the scheduled publication of “%(title)s”") % {"title": article.title}
    return screens.page(request, "article/unschedule", title, article=article, schedule=row, said=said)


@admin.register(Schedule)
class ScheduleAdmin(ReadOnlyAdmin):
    list_display = ("article", "publish_at", "by", "outcome", "outcome_at", "outcome_reason")
    list_filter = ("outcome",)
    list_select_related = ("article", "by")
    search_fields = ("article__title",)
    date_hierarchy = "publish_at"
