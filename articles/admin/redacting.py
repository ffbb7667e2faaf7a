"""Redaction: find a text that must not remain, ask for its removal; and, by somebody else, confirm it."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import redacting, roles
from articles.admin import again, figures, labels, screens
from articles.admin.desk import ModelAdmin, ReadOnlyAdmin, person
from articles.models import Article, Redaction
from articles.redacting import Passage
from articles.refusals import Refused


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [path("<int:object_id>/redact/", guard(redact), name="articles_article_redact")]


@screens.of_article(see="ask_redaction", do="ask_redaction")
def redact(request: HttpRequest, article: Article) -> HttpResponse:
    """Look for a phrase in everything that is kept of the article, choose the texts, ask."""
    phrase = request.POST.get("phrase", request.GET.get("phrase", "")).replace("\x00", "")
    reason, chosen = request.POST.get("reason", ""), request.POST.getlist("hash")
    if request.method == "POST":
        by, at = person(request), timezone.now()
        try:
            redacting.ask(article, hashes=chosen, reason=reason, by=by, at=at)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("An administrator was asked to confirm. Until then nothing is changed."))
            return redirect("admin:articles_article_change", article.pk)
    passages = [*redacting.passages(article, phrase), *redacting.pictures(article)]
    found = [(one, _shown(one), one.hash in chosen) for one in passages]
    words = any(not one.is_picture for one in passages)
    shown = {"article": article, "phrase": phrase, "found_words": words, "reason": reason, "found": found}
    shown["beyond"] = redacting.beyond(article, phrase)
    return screens.page(request, "article/redact", _("Redact “%(title)s”") % {"title": article.title}, **shown)


@screens.of_redaction(see="view_redaction", do="confirm_redaction")
def confirm(request: HttpRequest, redaction: Redaction) -> HttpResponse:
    """Read what would go and where it stands; confirm or decline."""
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            done = _answered(request, redaction, reason)
        except Refused as no:
            screens.say_no(request, no, redaction.article)
        else:
            messages.success(request, done)
            return redirect("admin:articles_redaction_confirm", redaction.pk)
    texts: list[tuple[Passage, str]] = [(one, _shown(one)) for one in redacting.named(redaction)]
    may = roles.may(request.user, "confirm_redaction") and redaction.asked_by_id != request.user.pk
    shown = {"redaction": redaction, "texts": texts, "may": may and not redaction.outcome, "reason": reason}
    title = _("Redaction in “%(title)s”") % {"title": redaction.article.title}
    return screens.page(request, "redaction/confirm", title, **shown)


def _shown(passage: Passage) -> str:
    return (figures.of_hash(passage.hash) if passage.is_picture else "") + labels.shown(passage.body)


def _answered(request: HttpRequest, redaction: Redaction, reason: str) -> str:
    by, at = person(request), timezone.now()
    if request.POST.get("answer") == "decline":
        redacting.decline(redaction, by=by, at=at, reason=reason)
        return _("The redaction was declined. Nothing was changed.")
    if request.POST.get("answer") != "confirm" or not request.POST.get("understood"):
        raise Refused(_("Tick that you have read what will be gone, or decline with a reason."))
    again.require(request)  # what is erased does not come back
    redacting.confirm(redaction, by=by, at=at)
    return _("The text is erased from editions, reviews, earlier states and the draft.")


@admin.register(Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    list_display = ("article", "reason", "asked_by", "asked_at", "outcome", "outcome_by", "outcome_at")
    list_filter = ("outcome",)
    list_select_related = ("article", "asked_by", "outcome_by")
    search_fields = ("article__title", "reason")

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        mine = path("<int:object_id>/confirm/", guard(confirm), name="articles_redaction_confirm")
        return [mine, *super().get_urls()]
