"""Handing a request on, and giving it to somebody else: one small form each."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import reviewing
from articles.admin import requesting, screens
from articles.admin.desk import person
from articles.models import Review, Reviewer
from articles.refusals import Refused


class ReassignForm(forms.Form):
    """To whom, and why."""

    to = requesting.ReviewerField(label=gettext_lazy("Who should read it instead"))
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,  # the deed asks for it, in its own words
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who asked reads it, and so does who is asked now."),
    )

    def __init__(self, data: Any, able: Any) -> None:
        super().__init__(data)
        self.fields["to"].queryset = able  # type: ignore[attr-defined]  # a form knows its fields as plain ones


class HandOnForm(ReassignForm):
    """Why not you, who else, and whether you are away."""

    to = requesting.ReviewerField(
        label=gettext_lazy("Who could read it instead"),
        required=False,
        help_text=gettext_lazy("Leave it empty to give the request back to whoever asked."),
    )
    away_until = forms.DateField(
        label=gettext_lazy("I am away until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Optional. Until then, writers see it when they choose whom to ask."),
    )
    field_order = ("reason", "to", "away_until")


@screens.of_review(see="view_review", do="view_review")
def hand_on(request: HttpRequest, review: Review) -> HttpResponse:
    """The reviewer says why not, and who else."""
    if review.answer or review.reviewer.account_id != request.user.pk:
        return redirect("admin:articles_review_read", review.pk)
    form = HandOnForm(request.POST or None, _others(review))
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.hand_on(review, by=person(request), at=timezone.now(), **form.cleaned_data)
        except Refused as no:
            screens.say_no(request, no, review.article)
        else:
            messages.success(request, _said(review, form.cleaned_data["to"]))
            return redirect("admin:index")
    return screens.page(request, "review/hand_on", _("Hand this request on"), review=review, form=form)


@screens.of_review(see="reassign_review", do="reassign_review")
def reassign(request: HttpRequest, review: Review) -> HttpResponse:
    """A steward or editor gives the request to somebody else."""
    form = ReassignForm(request.POST or None, _others(review))
    if request.method == "POST" and form.is_valid():
        try:
            reviewing.reassign(review, by=person(request), at=timezone.now(), **form.cleaned_data)
        except Refused as no:
            screens.say_no(request, no, review.article)
        else:
            messages.success(request, _said(review, form.cleaned_data["to"]))
            return redirect("admin:articles_article_change", review.article_id)
    return screens.page(request, "review/reassign", _("Give this request to somebody else"), review=review, form=form)


def _others(review: Review) -> Any:
    able, _unable = requesting.candidates(review.article, review.kind, timezone.localdate())
    return able.exclude(pk=review.reviewer_id)


def _said(review: Review, to: Reviewer | None) -> str:
    if to is None:
        return _("The request went back to %(name)s.") % {"name": review.requested_by}
    return _("%(name)s was asked in place of %(old)s.") % {"name": to, "old": review.reviewer}
