"""Accounts in the admin: people are invited, nobody gives themselves power, and nobody sets another's password."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UsernameField
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import accounts, roles
from articles.admin import leaving
from articles.admin.desk import ModelAdmin, person
from articles.refusals import Refused

POWERS = ("is_superuser", "user_permissions")  # roles are groups; these two go round them


if TYPE_CHECKING:
    _UserAdmin = UserAdmin[User]
    _UserForm = forms.ModelForm[User]
    _Choices = forms.ModelMultipleChoiceField[Group]
else:
    _UserAdmin, _UserForm, _Choices = UserAdmin, forms.ModelForm, forms.ModelMultipleChoiceField


class InviteForm(_UserForm):
    """Who is invited, and to which roles. No password: the person chooses one."""

    first_name = forms.CharField(label=gettext_lazy("First name"), max_length=150)
    last_name = forms.CharField(label=gettext_lazy("Last name"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    groups = _Choices(
        Group.objects.filter(name__in=roles.ROLES),
        label=gettext_lazy("Roles"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")
        field_classes = {"username": UsernameField}  # noqa: RUF012  the name and the kind are Django's

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("There is an account of this name."))
        return name

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        try:
            accounts.refuse_taken(address)
        except accounts.AddressTaken as no:
            raise ValidationError(str(no)) from no
        return address


class AccountAdmin(_UserAdmin, ModelAdmin):
    """Only a superuser makes superusers and sets passwords, and nobody changes their own roles."""

    actions = ("left",)
    add_form = InviteForm
    add_fieldsets = ((None, {"fields": InviteForm.Meta.fields}),)
    change_form_template = "admin/auth/user/change_form.html"
    filter_horizontal = ("user_permissions",)

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(self.invite_again))
        invite = path("<int:object_id>/invite/", again, name="auth_user_invite")
        return [invite, *leaving.urls(self), *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        if obj is None or request.user.is_superuser:
            return found
        hidden = {*POWERS, "password"}
        return [(name, {"fields": [one for one in part["fields"] if one not in hidden]}) for name, part in found]

    def has_keep_people_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, "keep_people")

    @admin.action(description=gettext_lazy("Record that this person left"), permissions=["keep_people"])
    def left(self, request: HttpRequest, chosen: QuerySet[User]) -> HttpResponse | None:
        """The screen where it is confirmed, for one person."""
        if chosen.count() == 1:
            return redirect("admin:auth_user_left", chosen.get().pk)
        messages.warning(request, _("Choose one person."))
        return None

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fixed = (*super().get_readonly_fields(request, obj), "last_login", "date_joined")
        if request.user.is_superuser:
            return fixed
        if obj is not None and obj.pk == request.user.pk:
            return (*fixed, *POWERS, "groups")
        if obj is not None and not accounts.is_waiting(obj):
            return (*fixed, *POWERS, "email")  # who reads another's mail can choose their password, and sign as them
        return (*fixed, *POWERS)

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs |= {"widget": forms.CheckboxSelectMultiple, "label": _("Roles"), "help_text": ""}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # names on past deeds stay: an account is closed, not deleted

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        if not request.user.is_superuser:  # who knows another's password can sign in that name
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    # -- inviting --------------------------------------------------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        account = context.get("original")
        if account and accounts.is_waiting(account):
            context["good_until"] = accounts.good_until(account.date_joined)
            context["now"] = timezone.now()
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        groups, tell = form.cleaned_data["groups"], partial(_report, request, obj)
        accounts.invite(obj, roles=groups, by=person(request), at=timezone.now(), tell=tell)

    def invite_again(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Send the invitation again, from the account's page."""
        account = self.get_object(request, str(object_id))
        if account is None or not self.has_change_permission(request, account):
            raise PermissionDenied
        try:
            tell = partial(_report, request, account)
            accounts.invite_again(account, by=person(request), at=timezone.now(), tell=tell)
        except Refused as no:
            messages.error(request, str(no))
        else:
            self.log_change(request, account, _("Sent the invitation again."))
        return redirect("admin:auth_user_change", object_id)


def _report(request: HttpRequest, account: User, error: str) -> None:
    """Say whether the invitation left."""
    if error:
        sentence = _("The account is saved, but the mail to %(address)s could not be sent (%(error)s). Send it again.")
        messages.warning(request, sentence % {"address": account.email, "error": error})
    else:
        messages.success(request, _("An invitation was sent to %(address)s.") % {"address": account.email})


admin.site.unregister(User)
admin.site.register(User, AccountAdmin)
