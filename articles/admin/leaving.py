"""Recording that somebody left: what is open with them, who takes it over, and why."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from articles import leaving, roles
from articles.admin import requesting, screens
from articles.admin.desk import person
from articles.models import Reviewer
from articles.refusals import Refused


class LeaveForm(forms.Form):
    """Who takes over, and why."""

    hand_to = requesting.ReviewerField(
        label=gettext_lazy("Who takes over the open review requests"),
        required=False,
        help_text=gettext_lazy("Empty, or where this person can not sign: the request goes back to whoever asked."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,  # the deed asks for it, in its own words
        max_length=300,
        help_text=gettext_lazy("A few words for the record, for example “new position since May”."),
    )

    def __init__(self, data: Any, leaver: User) -> None:
        super().__init__(data)
        able = Reviewer.objects.valid(timezone.localdate()).filter(account__is_active=True)
        others = able.exclude(account=leaver)
        self.fields["hand_to"].queryset = others  # type: ignore[attr-defined]  # a form knows its fields as plain ones


def urls(desk: Any) -> list[URLPattern]:
    """Addresses below the list of accounts."""
    return [path("<int:object_id>/left/", desk.admin_site.admin_view(leave), name="auth_user_left")]


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, object_id: int) -> HttpResponse:
    """Show what is open, ask who takes over, close the account."""
    if not roles.may(request.user, "keep_people"):
        raise PermissionDenied
    leaver = get_object_or_404(User, pk=object_id)
    form = LeaveForm(request.POST or None, leaver)
    if request.method == "POST" and form.is_valid():
        try:
            handed = leaving.leave(leaver, by=person(request), at=timezone.now(), **form.cleaned_data)
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(request, _done(leaver, len(handed)))
            return redirect("admin:auth_user_changelist")
    title = _("Record that %(name)s left") % {"name": leaver}
    return screens.page(request, "left", title, leaver=leaver, form=form, work=leaving.work(leaver))


def _done(leaver: User, handed: int) -> str:
    words = ngettext("%(count)d request was handed on.", "%(count)d requests were handed on.", handed)
    closed = _("The account of %(name)s is closed.") % {"name": leaver}
    return f"{closed} {words % {'count': handed}}" if handed else closed
