"""Asking a medical reviewer for a signature, and taking the request back."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import contributions, reviewing
from articles.admin import mending, screens
from articles.admin.desk import ModelAdmin, person
from articles.models import Article, Review, Reviewer
from articles.refusals import Refused

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Reviewer]
else:
    _Choice = forms.ModelChoiceField


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [path("<int:object_id>/request-review/", guard(request_review), name="articles_article_request_review")]


class RequestForm(forms.Form):
    """Whom to ask."""

    reviewer = _Choice(Reviewer.objects.none(), label=gettext_lazy("Reviewer"), empty_label=gettext_lazy("Choose…"))
    note = forms.CharField(
        label=gettext_lazy("Note to the reviewer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example what to look at first, and until when an answer would help."),
    )


@screens.of_article(see="request_review", do="request_review")
def request_review(request: HttpRequest, article: Article) -> HttpResponse:
    """Choose whom to ask, and see what will be frozen."""
    able, unable = candidates(article, timezone.localdate())
    form = RequestForm(request.POST or None, initial={"reviewer": _last_asked(article)})
    form.fields["reviewer"].queryset = able  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            review = reviewing.request(article, by=person(request), at=timezone.now(), **form.cleaned_data)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("%(name)s was asked to review these words.") % {"name": review.reviewer})
            return redirect("admin:articles_article_change", article.pk)
    shown = {"form": form, "unable": unable, **_frozen(request, article)}
    return screens.page(request, "article/request_review", _("Request review"), article=article, **shown)


@screens.of_review(see="request_review", do="request_review")
def recall(request: HttpRequest, review: Review) -> HttpResponse:
    """Take a request back, after a question."""
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            reviewing.recall(review, by=person(request), at=timezone.now(), reason=reason.strip())
        except Refused as no:
            screens.say_no(request, no, review.article)
        else:
            messages.success(request, _("The request to %(name)s was recalled.") % {"name": review.reviewer})
            return redirect("admin:articles_article_change", review.article_id)
    return screens.page(request, "review/recall", _("Recall the request"), review=review, reason=reason)


def candidates(article: Article, today: date) -> tuple[Any, list[tuple[Reviewer, str]]]:
    """Reviewers who can be asked, as a queryset, and the others with the reason why not."""
    signers = set(User.objects.with_perm("articles.attest_article").values_list("pk", flat=True))
    wrote = contributions.unseen_authors(article, article.revision)
    everybody = list(Reviewer.objects.select_related("account"))
    unable = [(one, why) for one in everybody for why in list(_why_not(one, today, signers, wrote))[:1]]
    return Reviewer.objects.exclude(pk__in=[one.pk for one, _why in unable]), unable


def _why_not(reviewer: Reviewer, today: date, signers: set[int], wrote: set[int]) -> Iterator[str]:
    """For the eye only: whether somebody can sign is decided by the deed."""
    if not reviewer.active:
        yield _("has left")
    if not reviewer.is_valid(today):
        yield _("the credentials have lapsed")
    if reviewer.account is None or not reviewer.account.is_active:
        yield _("has no account here; staff can record a review done elsewhere")
    if reviewer.account_id not in signers:
        yield _("the account may not sign")
    if reviewer.account_id in wrote:
        yield _("wrote part of these words")


def _last_asked(article: Article) -> int | None:
    last = article.reviews.order_by("-pk").values_list("reviewer_id", flat=True).first()
    return int(last) if last else None


def _frozen(request: HttpRequest, article: Article) -> dict[str, Any]:
    """What the reviewer will see, beside what was last signed."""
    words, base = article.content(), last_signed(article)
    stands = reviewing.obstacles_to_reading(article, words)
    return {
        "words": words,
        "base": base,
        "rows": screens.changes(base.words() if base else None, words),
        "obstacles": mending.links(stands, article, request.user),
        "open": Review.objects.open().filter(article=article).select_related("reviewer").first(),
    }


def last_signed(article: Article) -> Review | None:
    """The last review that two people stand behind: what is new since is what a reviewer reads first."""
    found = contributions.sound(article)
    return found[-1] if found else None


def compared_with(review: Review) -> Review | None:
    """The signed review whose words a request is compared with."""
    if not review.base_digest:
        return None
    base = Review.objects.attested().filter(article_id=review.article_id, digest=review.base_digest)
    return base.order_by("-answered_at", "-pk").first()
