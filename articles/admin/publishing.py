"""Taking words to readers, and taking a page down: what will happen, said before it does."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import clock, drafting, news, publishing, reviewing, signoffs, surveillance
from articles import scheduling as schedules
from articles.admin import mending, scheduling, screens, source_news
from articles.admin.desk import ModelAdmin, person
from articles.content import Content
from articles.models import Article, Edition, Published
from articles.refusals import Refused


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("<int:object_id>/publish/", guard(publish), name="articles_article_publish"),
        path("<int:object_id>/withdraw/", guard(withdraw), name="articles_article_withdraw"),
        *scheduling.urls(desk),
    ]


class PublishForm(forms.Form):
    """What readers are told about the change. `full_hash` names the words that were on the screen."""

    full_hash = forms.CharField(widget=forms.HiddenInput)
    change_class = forms.ChoiceField(
        label=gettext_lazy("What kind of change is it?"),
        choices=[(kind.value, kind.label) for kind in publishing.CLASSES],
        widget=forms.RadioSelect,
    )
    change_note = forms.CharField(
        label=gettext_lazy("Change note"),
        required=False,  # the deed asks for it, in its own words
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see this note on the page: what changed, and why, in one or two sentences."),
    )

    def __init__(self, data: Any, article: Article) -> None:
        words = article.content()
        first = not article.editions.exists()
        initial = {"full_hash": words.full_hash, "change_note": _("First published.") if first else ""}
        super().__init__(data, initial=initial)
        if first or publishing.is_housekeeping(article.editions.open().first(), words):
            del self.fields["change_class"]  # nothing to choose


class WithdrawForm(forms.Form):
    """Why a page goes, and where its readers go."""

    reason = forms.CharField(
        label=gettext_lazy("Reason (public)"),
        required=False,  # the deed asks for it, in its own words
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Patients read it. Say what they should do instead, if there is something."),
    )
    instead = forms.ModelChoiceField(
        label=gettext_lazy("Page to read instead"),
        queryset=Article.objects.none(),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy(
            "The address of the withdrawn page leads readers there, as long as that page is online."
        ),
    )

    def __init__(self, data: Any, article: Article) -> None:
        super().__init__(data)
        live = Article.objects.filter(addresses__edition__isnull=False).exclude(pk=article.pk)
        choice: Any = self.fields["instead"]
        choice.queryset = live.order_by("title", "pk")


@screens.of_article(see="publish_article", do="publish_article")
def publish(request: HttpRequest, article: Article) -> HttpResponse:
    """Show the edition to be and what stands in its way; publish it, now or at a time."""
    form, when = PublishForm(request.POST or None, article), scheduling.WhenForm(request.POST or None)
    if request.method == "POST" and all([form.is_valid(), when.is_valid()]):
        try:
            done = _published(request, article, form.cleaned_data, when.publish_at)
        except Refused as no:
            screens.say_no(request, no, article)
            # What was typed, and the name of the words that stand on the screen from now on.
            form.data = {**request.POST.dict(), "full_hash": form.initial["full_hash"]}
        else:
            messages.success(request, done)
            return redirect("admin:articles_article_change", article.pk)
    shown = {"article": article, "form": form, "when": when, **_edition_to_be(request, article)}
    return screens.page(request, "article/publish", _("Publish “%(title)s”") % {"title": article.title}, **shown)


@transaction.atomic
def _published(request: HttpRequest, article: Article, sent: dict[str, str], publish_at: datetime | None) -> str:
    """Now or at a time; what was done, in words."""
    article = as_seen(article, sent["full_hash"])
    said: Any = {"change_class": sent.get("change_class", Edition.Change.FIRST), "change_note": sent["change_note"]}
    said |= {"by": person(request), "at": timezone.now()}
    if publish_at:
        schedules.schedule(article, publish_at=publish_at, **said)
        return _("Publication is scheduled for %(when)s.") % {"when": clock.said(publish_at)}
    edition = publishing.publish(article, **said)
    return _("Edition %(number)d is online.") % {"number": edition.number}


def as_seen(article: Article, full_hash: str) -> Article:
    """The article, locked, if its words are the ones that were on the screen. Raises WordsMoved."""
    article = drafting.lock(article)
    if article.content().full_hash != full_hash:
        raise reviewing.WordsMoved(
            _("The words were changed after you opened this page. They stand here now as they are: read them again.")
        )
    return article


def _edition_to_be(request: HttpRequest, article: Article) -> dict[str, Any]:
    at = timezone.now()
    to_be = what_differs(article)
    stands = publishing.obstacles(article, by=person(request), at=at)
    hurried = stands and not publishing.emergency_obstacles(article, by=person(request), at=at)
    return {
        **to_be,
        "housekeeping": publishing.is_housekeeping(to_be["open"], to_be["words"]),
        "signed": publishing.covering_review(article, to_be["words"], at) or getattr(to_be["open"], "review", None),
        "covers": signoffs.covers(article, to_be["words"], at),
        "waiting": article.reviews.open().select_related("reviewer").defer("content"),
        "obstacles": mending.links(stands, article, request.user),
        "emergency": bool(hurried),
        "schedule": scheduling.waiting(article),
        "sources": _told(article, to_be["words"]),
    }


def _told(article: Article, words: Content) -> list[tuple[str, tuple[str, ...]]]:
    """What is to be known of cited sources, in the order of the page, for whoever answers for publishing them."""
    told, titles = source_news.beside(article, words.cited_keys()), {one.key: one.title for one in words.sources}
    return [(titles[key], told[key]) for key in words.cited_keys() if key in told and key in titles]


def what_differs(article: Article) -> dict[str, Any]:
    """The next edition's number and words, and what readers will see change."""
    words, open_one = article.content(), article.editions.open().first()
    last = article.editions.order_by("-number").first()
    return {
        "words": words,
        "number": last.number + 1 if last else 1,
        "open": open_one,
        "rows": screens.changes(open_one.words() if open_one else None, words),
    }


@screens.of_article(see="withdraw_article", do="withdraw_article")
def withdraw(request: HttpRequest, article: Article) -> HttpResponse:
    """Say what will happen, ask for the reason, take the page down."""
    form, because = (
        WithdrawForm(request.POST or None, article),
        news.keys(request.GET.get("news", "").split(",")),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _withdrawn(article, because, by=person(request), **form.cleaned_data)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("The page was taken down. Its address now says so, with your reason."))
            return redirect("admin:articles_article_change", article.pk)
    row = Published.objects.live().filter(article=article).select_related("edition").first()
    title = _("Withdraw “%(title)s”") % {"title": article.title}
    return screens.page(request, "article/withdraw", title, article=article, row=row, form=form, because=because)


def _withdrawn(article: Article, because: list[str], *, by: User, reason: str, instead: Article | None) -> None:
    """For itself, or as the decision about news."""
    said: Any = {"by": by, "at": timezone.now(), "reason": reason, "instead": instead}
    if because:
        surveillance.withdraw(article, about=because, **said)
    else:
        publishing.withdraw(article, **said)
