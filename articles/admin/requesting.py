"""Asking a medical reviewer for a signature, and taking the request back."""

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

from articles import asking, contributions, reviewing, signoffs
from articles.admin import mending, screens
from articles.admin.desk import ModelAdmin, day, person
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


PERMISSIONS = "django.contrib.auth.backends.ModelBackend"  # of the backends, the one that knows them


class ReviewerField(_Choice):
    """One of the people who can be asked; who is away is asked all the same, and says so."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Reviewer.objects.none(), empty_label=gettext_lazy("Choose…"), **kwargs)

    def label_from_instance(self, obj: Reviewer) -> str:
        if not obj.is_away(timezone.localdate()):
            return str(obj)
        return _("%(name)s (away until %(until)s)") % {"name": obj, "until": day(obj.away_until)}


class RequestForm(forms.Form):
    """Whom to ask, for which kind of review."""

    kind = forms.ChoiceField(choices=Review.Kind.choices, required=False, widget=forms.HiddenInput)
    reviewer = ReviewerField(label=gettext_lazy("Reviewer"))
    note = forms.CharField(
        label=gettext_lazy("Note to the reviewer"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("For example what to look at first, and until when an answer would help."),
    )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Review.Kind.CLINICAL


@screens.of_article(see="request_review", do="request_review")
def request_review(request: HttpRequest, article: Article) -> HttpResponse:
    """Choose whom to ask, and see what will be frozen."""
    kind = _kind(request)
    able, unable = candidates(article, kind, timezone.localdate())
    form = RequestForm(request.POST or None, initial={"kind": kind, "reviewer": _last_asked(article, kind)})
    form.fields["reviewer"].queryset = able  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            review = reviewing.request(article, by=person(request), at=timezone.now(), **form.cleaned_data)
        except Refused as no:
            screens.say_no(request, no, article)
        else:
            messages.success(request, _("%(name)s was asked to review these words.") % {"name": review.reviewer})
            return redirect("admin:articles_article_change", article.pk)
    shown = {"form": form, "kind": kind, "kinds": _kinds(article), "unable": unable, **_frozen(request, article, kind)}
    shown["refused"] = _refused(article, person(request))
    return screens.page(request, "article/request_review", _("Request review"), article=article, **shown)


def _refused(article: Article, by: User) -> str:
    """Why it is not for this person to ask, before they have filled in anything."""
    try:
        asking.check_may_ask(article, by)
    except Refused as no:
        return str(no)
    return ""


def _kind(request: HttpRequest) -> str:
    asked = request.POST.get("kind") or request.GET.get("kind") or ""
    return asked if asked in Review.Kind.values else Review.Kind.CLINICAL.value


def _kinds(article: Article) -> list[tuple[str, str, str]]:
    """Value, name and need of every kind of review, for this article's tier."""
    needs = signoffs.kinds(article)
    words = {True: _("required"), False: _("optional"), None: _("not asked for at this risk tier")}
    return [(value, str(label), str(words[needs.get(value)])) for value, label in Review.Kind.choices]


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


def candidates(article: Article, kind: str, today: date) -> tuple[Any, list[tuple[Reviewer, str]]]:
    """Reviewers who can be asked, as a queryset, and the others with the reason why not."""
    wrote = _writers(article, kind)
    asked = set(article.reviews.open().filter(kind=kind).values_list("reviewer_id", flat=True))
    may_sign = User.objects.with_perm(f"articles.{asking.permission(kind)}", backend=PERMISSIONS)
    signers = set(may_sign.values_list("pk", flat=True))
    everybody = list(Reviewer.objects.select_related("account"))
    found = [(one, _why_not(one, kind, today, signers=signers)) for one in everybody]
    unable = [(one, why) for one, why in found if why]
    unable += [(one, _("was asked already")) for one, why in found if not why and one.pk in asked]
    unable += [(one, _("wrote part of these words")) for one, why in found if not why and one.account_id in wrote]
    return Reviewer.objects.exclude(pk__in=[one.pk for one, _why in unable]), unable


def _writers(article: Article, kind: str) -> set[int]:
    if kind == Review.Kind.CLINICAL:
        return contributions.unseen_authors(article, article.revision)
    return contributions.unseen_writers(article, article.revision, kind)


def _why_not(reviewer: Reviewer, kind: str, today: date, *, signers: set[int]) -> str:
    """For the eye only: whether somebody can sign is decided by the deed."""
    if not reviewer.active:
        return _("has left")
    if kind == Review.Kind.CLINICAL and not reviewer.credentials:
        return _("no credentials on record")
    if kind == Review.Kind.CLINICAL and not reviewer.is_valid(today):
        return _("the credentials have lapsed")
    if reviewer.account is None or not reviewer.account.is_active:
        return _("has no account here; staff can record a review done elsewhere")
    return "" if reviewer.account_id in signers else _("the account may not sign")


def _last_asked(article: Article, kind: str) -> int | None:
    last = article.reviews.filter(kind=kind).order_by("-pk").values_list("reviewer_id", flat=True).first()
    return int(last) if last else None


def _frozen(request: HttpRequest, article: Article, kind: str) -> dict[str, Any]:
    """What the reviewer will see, beside what was last signed."""
    words, base = article.content(), last_signed(article, kind)
    stands = reviewing.obstacles_to_reading(article, words, at=timezone.now())
    waiting = Review.objects.open().filter(article=article, kind=kind).select_related("reviewer")
    return {
        "words": words,
        "base": base,
        "rows": screens.changes(base.words() if base else None, words),
        "obstacles": mending.links(stands, article, request.user),
        "open_comments": article.comments.open().filter(answers=None).count(),
        "waiting": [(one, asking.may_recall(one, request.user)) for one in waiting],
    }


def last_signed(article: Article, kind: str = Review.Kind.CLINICAL) -> Review | None:
    """The last review that two people stand behind: what is new since is what a reviewer reads first."""
    found = contributions.sound(article, kind)
    return found[-1] if found else None
