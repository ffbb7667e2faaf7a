"""Bringing news: what there is to know, and the pages it is about, which are looked over before anything is kept."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles import alerting, news
from articles.admin import deciding, screens
from articles.admin.desk import person
from articles.alerting import Brought
from articles.models import Alert, Article, Condition, Published
from articles.news import Origin
from articles.refusals import Refused

LIMIT = 500  # pages on one sheet; more can be added to the same news later


class AlertForm(forms.Form):
    """What there is to know."""

    kind = forms.ChoiceField(label=gettext_lazy("What kind of news is it?"), choices=Alert.Kind.choices)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("In a few words: “New guideline on …”."),
    )
    about = forms.CharField(
        label=gettext_lazy("What there is to know"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What is new, and what it could change. Readers of the site do not see it."),
    )
    url = forms.URLField(
        label=gettext_lazy("Where it can be read"),
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),  # a browser would refuse what lacks its https://
        help_text=gettext_lazy("The web address of the guideline, the warning or the study."),
    )


class PagesForm(forms.Form):
    """Which pages it is about. Only pages that readers see can be named."""

    condition = forms.ModelChoiceField(
        Condition.objects.all(),
        label=gettext_lazy("All pages about a condition"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    words = forms.CharField(label=gettext_lazy("Pages with these words in their title"), required=False, max_length=200)
    pasted = forms.CharField(
        label=gettext_lazy("Addresses of pages, one a line"),
        required=False,
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Whole web addresses, or the last part of them."),
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """Pages that stand on the sheet, those that are ticked, what no page was found for, and if there are too many."""

    pages: list[Article] = field(default_factory=list)
    ticked: frozenset[int] = frozenset()
    unknown: tuple[str, ...] = ()
    too_many: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Say what the news is, look the pages over, report it."""
    if not alerting.may_bring(request.user):
        raise PermissionDenied
    form, pages = AlertForm(request.POST or None), PagesForm(request.POST or None)
    choice = _choice(request, pages)
    if request.method == "POST" and request.POST.get("step") == "report" and form.is_valid():
        said = Brought(**{name: form.cleaned_data[name] for name in ("kind", "title", "about", "url")})
        try:
            alert = alerting.raise_alert(said, _ticked(choice), by=person(request), at=timezone.now())
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(request, _kept(len(choice.ticked)))
            return redirect(news.path(f"{Origin.ALERT}.{alert.pk}"))
    shown = {"form": form, "pages": pages, "choice": choice, "limit": LIMIT}
    return screens.page(request, "news/report", _("Report news"), **shown)


@screens.of_alert(see=" ".join(alerting.BRING), do=" ".join(alerting.BRING))
def more_pages(request: HttpRequest, alert: Alert) -> HttpResponse:
    """Say that news is about other pages, too."""
    pages = PagesForm(request.POST or None)
    choice = _choice(request, pages, without=set(alert.pages.values_list("article", flat=True)))
    if request.method == "POST" and request.POST.get("step") == "report":
        try:
            count = alerting.add_pages(alert, _ticked(choice), by=person(request), at=timezone.now())
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(request, _kept(count))
            return redirect(news.path(f"{Origin.ALERT}.{alert.pk}"))
    shown = {"alert": alert, "pages": pages, "choice": choice, "limit": LIMIT}
    return screens.page(request, "news/report", _("Add pages to “%(title)s”") % {"title": alert.title}, **shown)


def _kept(count: int) -> str:
    said = ngettext("It waits on %(count)d page for a decision.", "It waits on %(count)d pages for a decision.", count)
    return said % {"count": count}


def _ticked(choice: Choice) -> list[Article]:
    return [page for page in choice.pages if page.pk in choice.ticked]


def _choice(request: HttpRequest, form: PagesForm, without: Collection[int] = ()) -> Choice:
    """What was asked for, ticked; and what stood on the sheet before, as it was left."""
    first = deciding.numbers(request.GET.getlist("article"))
    before, ticked = deciding.numbers(request.POST.getlist("listed")), deciding.numbers(request.POST.getlist("article"))
    asked: set[int] = set() if before or request.method == "POST" else set(first)
    unknown: tuple[str, ...] = ()
    if form.is_bound and form.is_valid() and request.POST.get("step") != "report":
        asked, unknown = _asked(form.cleaned_data)
    wanted = {*before, *asked} - set(without)
    online = Article.objects.filter(pk__in=wanted, binned_at=None, addresses__edition__isnull=False)
    pages = list(online.order_by("title", "pk")[: LIMIT + 1])
    chosen = {page.pk for page in pages} & ({*ticked} | (asked - set(before)))
    return Choice(pages[:LIMIT], frozenset(chosen), unknown, len(pages) > LIMIT)


def _asked(sent: dict[str, Any]) -> tuple[set[int], tuple[str, ...]]:
    """Numbers of the pages that the form names, and the words that name none. Three queries."""
    found: set[int] = set()
    if sent["condition"] or sent["words"]:
        rows = _online()
        if sent["condition"]:
            rows = rows.filter(article__condition=sent["condition"])
        for word in sent["words"].split():
            rows = rows.filter(title__icontains=word)
        found |= set(rows.order_by("title")[: LIMIT + 1].values_list("article", flat=True))
    named = {line: _slug(line) for line in sent["pasted"].split()}
    online = Published.objects.filter(slug__in=list(named.values())[: LIMIT + 1])
    known = dict(online.values_list("slug", "article"))
    shown = set(_online().filter(article__in=known.values()).values_list("article", flat=True))
    missing = (line for line, slug in named.items() if known.get(slug) not in shown)
    return found | shown, tuple(missing)


def _online() -> Any:
    return Published.objects.live()


def _slug(line: str) -> str:
    """The last part of an address of ours, whatever was copied with it."""
    path = urlsplit(line.strip(",;")).path
    return next(filter(None, path.split("/")), "")[:120]
