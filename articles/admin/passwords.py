"""Before somebody is signed in: a forgotten password, the link of an invitation, too many guesses."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import accounts


class InFrame:
    """In the frame of the admin, as its login page is."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view beside it
        return {**admin.site.each_context(self.request), **found}


class ForgottenForm(PasswordResetForm):
    """Mails a link to whoever has this address and a password."""

    def save(self, *args: Any, **kwargs: Any) -> None:
        for account in self.get_users(self.cleaned_data["email"]):
            accounts.send_reset(account, at=timezone.now())


class Forgotten(InFrame, views.PasswordResetView):
    form_class = ForgottenForm
    title = gettext_lazy("Forgotten password")


class Sent(InFrame, views.PasswordResetDoneView):
    title = gettext_lazy("Look into your mail")
    extra_context = {"most": accounts.HOURLY}  # noqa: RUF012  the name and the kind are Django's


class Choose(InFrame, views.PasswordResetConfirmView):
    """The link of both mails. Whoever comes by it has proved to own the mailbox, so a lockout ends too."""

    title = gettext_lazy("Choose a password")

    def get_user(self, uidb64: str) -> User | None:
        found = super().get_user(uidb64)
        return found if isinstance(found, User) and found.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        accounts.unlock(form.user)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)
        return found if self.validlink else {**found, "title": _("This link does not work any more")}


class Chosen(InFrame, views.PasswordResetCompleteView):
    title = gettext_lazy("Your password is set")


def locked_out(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """Instead of the login page, after too many wrong passwords."""
    wait = settings.AXES_COOLOFF_TIME
    shown = {
        **admin.site.each_context(request),
        "title": _("Please wait a little"),
        "minutes": int(wait.total_seconds() // 60),
        "limit": settings.AXES_FAILURE_LIMIT,
    }
    answer = render(request, "admin/locked_out.html", shown, status=429)
    answer["Retry-After"] = str(int(wait.total_seconds()))
    add_never_cache_headers(answer)
    return answer
