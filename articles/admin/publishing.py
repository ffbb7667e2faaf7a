"""Taking words to readers, and taking a page down: what will happen, said before it does."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import drafting, publishing, reviewing
from articles.admin import mending, screens
from articles.admin.desk import ModelAdmin, person
from articles.models import Article, Edition, Published
from articles.refusals import Refused


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("<int:object_id>/publish/", guard(publish), name="articles_article_publish"),
        path("<int:object_id>/withdraw/", guard(withdraw), name="articles_article_withdraw"),
    ]


class PublishForm(forms.Form):
    """What readers are told about the change. `full_hash` names the words that were on the screen."""

    full_hash = forms.CharField(widget=forms.HiddenInput)
    change_class = forms.ChoiceField(
        label=gettext_lazy("What kind of change is it?"),
        choices=[pair for pair in Edition.Change.choices if pair[0] != Edition.Change.FIRST],
        widget=forms.RadioSelect,
    )
    change_note = forms.CharField(
        label=gettext_lazy("Change note"),
        required=False,  # the deed asks for it, in its own words
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Readers see this note on the page: what changed, and why, in one or two sentences."),
    )

    def __init__(self, data: Any, *, first: bool, full_hash: str) -> None:
        initial = {"full_hash": full_hash, "change_note": _("First published.") if first else ""}
        super().__init__(data, initial=initial)
        if first:
            del self.fields["change_class"]


@screens.of_article(see="publish_article", do="publish_article")
def publish(request: HttpRequest, article: Article) -> HttpResponse:
    """Show the edition to be and what stands in its way; publish it."""
    words = article.content()
    first = not article.editions.exists()
    form = PublishForm(request.POST or None, first=first, full_hash=words.full_hash)
    if request.method == "POST" and form.is_valid():
        try:
            edition = _published(request, article, form.cleaned_data)
        except Refused as no:
            screens.say_no(request, no, article)
            # What was typed, and the name of the words that stand on the screen from now on.
            form.data = {**request.POST.dict(), "full_hash": words.full_hash}
        else:
            messages.success(request, _("Edition %(number)d is online.") % {"number": edition.number})
            return redirect("admin:articles_article_change", article.pk)
    shown = {"article": article, "form": form, "first": first, **_edition_to_be(request, article)}
    return screens.page(request, "article/publish", _("Publish “%(title)s”") % {"title": article.title}, **shown)


@transaction.atomic
def _published(request: HttpRequest, article: Article, sent: dict[str, str]) -> Edition:
    article = drafting.lock(article)
    if article.content().full_hash != sent["full_hash"]:
        raise reviewing.WordsMoved(
            _("The words were changed after you opened this page. They stand here now as they are: read them again.")
        )
    return publishing.publish(
        article,
        by=person(request),
        at=timezone.now(),
        change_class=sent.get("change_class", Edition.Change.FIRST),
        change_note=sent["change_note"],
    )


def _edition_to_be(request: HttpRequest, article: Article) -> dict[str, Any]:
    words, at = article.content(), timezone.now()
    open_one = article.editions.open().first()
    last = article.editions.order_by("-number").first()
    stands = publishing.obstacles(article, by=person(request), at=at)
    return {
        "words": words,
        "number": last.number + 1 if last else 1,
        "open": open_one,
        "rows": screens.changes(open_one.words() if open_one else None, words),
        "signed": publishing.covering_review(article, words, at),
        "obstacles": mending.links(stands, article, request.user),
    }


@screens.of_article(see="withdraw_article", do="withdraw_article")
def withdraw(request: HttpRequest, article: Article) -> HttpResponse:
    """Say what will happen, ask for the reason, take the page down."""
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            publishing.withdraw(article, by=person(request), at=timezone.now(), reason=reason)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("The page was taken down. Its address now says so, with your reason."))
            return redirect("admin:articles_article_change", article.pk)
    row = Published.objects.live().filter(article=article).select_related("edition").first()
    title = _("Withdraw “%(title)s”") % {"title": article.title}
    return screens.page(request, "article/withdraw", title, article=article, row=row, reason=reason)
