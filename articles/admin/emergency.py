"""Publishing before the review: a screen of its own, which says what it means."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import publishing, roles
from articles.admin import mending, screens
from articles.admin.desk import ModelAdmin, person
from articles.admin.publishing import PublishForm, as_seen, what_differs
from articles.models import Article, Edition
from articles.refusals import Refused


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    view = desk.admin_site.admin_view(emergency)
    return [path("<int:object_id>/emergency/", view, name="articles_article_emergency")]


class EmergencyForm(PublishForm):
    """As for any publication, and why it can not wait."""

    reason = forms.CharField(
        label=gettext_lazy("Why can this not wait for its review?"),
        required=False,  # the deed asks for it, in its own words
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For the record and for whoever does the second check. Readers do not see it."),
    )


@screens.of_article(see="publish_article", do="publish_article")
def emergency(request: HttpRequest, article: Article) -> HttpResponse:
    """Say what an emergency publication means, ask why, do it."""
    form = EmergencyForm(request.POST or None, article)
    if request.method == "POST" and form.is_valid():
        try:
            edition = _published(request, article, form.cleaned_data)
        except Refused as no:
            screens.say_no(request, no, article)
            form.data = {**request.POST.dict(), "full_hash": form.initial["full_hash"]}
        else:
            said = _("Edition %(number)d is online, unreviewed. A writer or an editor must ask for its second check.")
            if roles.may(request.user, "request_review"):
                said = _("Edition %(number)d is online, unreviewed. Ask for its second check now.")
            messages.warning(request, said % {"number": edition.number})
            return redirect("admin:articles_article_change", article.pk)
    stands = publishing.emergency_obstacles(article, by=person(request), at=timezone.now())
    shown = {"form": form, "obstacles": mending.links(stands, article, request.user), **what_differs(article)}
    title = _("Publish “%(title)s” in an emergency") % {"title": article.title}
    return screens.page(request, "article/emergency", title, article=article, **shown)


@transaction.atomic
def _published(request: HttpRequest, article: Article, sent: dict[str, str]) -> Edition:
    return publishing.publish_in_emergency(
        as_seen(article, sent["full_hash"]),
        by=person(request),
        at=timezone.now(),
        reason=sent["reason"],
        change_class=sent.get("change_class", Edition.Change.FIRST),
        change_note=sent["change_note"],
    )
