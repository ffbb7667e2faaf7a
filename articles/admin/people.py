"""Reviewers in the admin, and which kinds of review a risk tier asks for."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from articles import identities, profiles
from articles.admin import editor, screens, signing
from articles.admin.desk import ModelAdmin
from articles.models import NO_INTERESTS, Reviewer, SignOff

# What reviewers may change of their own record: what they say of themselves. Staff keep the rest.
OWN = ("profile", "interests", "web_profile")

if TYPE_CHECKING:
    _ReviewerForm = forms.ModelForm[Reviewer]
else:
    _ReviewerForm = forms.ModelForm


@admin.register(SignOff)
class SignOffAdmin(ModelAdmin):
    """Which kinds of review a risk tier asks for, beside the clinical one."""

    list_display = ("tier", "kind", "required")
    list_filter = ("tier", "required")


class ReviewerForm(_ReviewerForm):
    """A record; numbers in their one form, and "None" as the word for having nothing to declare."""

    # Longer than what is stored: people paste addresses and words along.
    orcid = forms.CharField(
        label=gettext_lazy("ORCID iD"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Such as 0000-0002-1825-0097, or its address."),
    )
    npi = forms.CharField(
        label=gettext_lazy("NPI"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("National Provider Identifier of the United States: ten digits."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("interests") == NO_INTERESTS:
            self.initial["interests"] = _("None")

    def clean_interests(self) -> str:
        return signing.stored(self.cleaned_data["interests"])

    def clean_orcid(self) -> str:
        typed: str = self.cleaned_data["orcid"]
        found = identities.normalize_orcid(typed)
        if typed and not found:
            raise ValidationError(_("This is no ORCID iD: 16 digits, of which the last (or an X) is checked."))
        return found

    def clean_npi(self) -> str:
        typed: str = self.cleaned_data["npi"]
        found = identities.normalize_npi(typed)
        if typed and not found:
            raise ValidationError(_("This is no NPI: ten digits, of which the last is checked."))
        return found


@admin.register(Reviewer)
class ReviewerAdmin(editor.EditsRichText, ModelAdmin):
    form = ReviewerForm
    rich_text = editor.Uncited
    change_form_template = "admin/articles/reviewer/change_form.html"
    list_display = ("name", "credentials", "department", "active", "credentials_until", "account")
    list_filter = ("active", "department")
    list_select_related = ("account",)
    search_fields = ("name", "department", "institution")
    prepopulated_fields: ClassVar = {"slug": ("name",)}
    fieldsets: ClassVar = [
        (None, {"fields": ["name", "slug", "active", "away_until"]}),
        (gettext_lazy("Credentials"), {"fields": ["credentials", "credentials_until", "orcid", "npi"]}),
        (gettext_lazy("Position"), {"fields": ["role", "department", "institution"]}),
        (
            gettext_lazy("Public page"),
            {
                "fields": ["page_wanted", "profile", "interests", "web_profile"],
                "description": gettext_lazy("Readers see a change at once. What was signed stays as it was signed."),
            },
        ),
        (
            gettext_lazy("Account"),
            {"fields": ["account"], "description": gettext_lazy("Without one, staff record this person's reviews.")},
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view(require_POST(self.preview))
        return [path("<int:object_id>/preview/", guarded, name="articles_reviewer_preview"), *super().get_urls()]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else self.prepopulated_fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) or self._is_own(request, obj)

    def _is_own(self, request: HttpRequest, obj: Any) -> bool:
        return obj is not None and obj.account_id is not None and obj.account_id == request.user.pk

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        if not super().has_change_permission(request, obj):
            return tuple(name for _title, part in self.fieldsets for name in part["fields"] if name not in OWN)
        # An open request is answered from this account: it does not change hands meanwhile.
        asked = ("account",) if obj.reviews.open().exists() else ()
        # Signatures on pages, and what others wrote down, lead to this address.
        return (*asked, "slug") if profiles.with_page().filter(pk=obj.pk).exists() else asked

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "account":
            # Nobody makes themselves a doctor: somebody else links the account from which reviews are signed.
            kwargs["queryset"] = User.objects.exclude(username=request.user.get_username()).order_by("username")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # the name stays on what was signed; somebody who left is made inactive

    # -- the public page -------------------------------------------------------------------------------------------

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        one = context.get("original")
        if one:
            has_page = profiles.with_page().filter(pk=one.pk).exists()
            context["public"] = reverse("reading:reviewer", args=[one.slug]) if has_page else ""
        return editor.allow(super().render_change_form(request, context, *args, **kwargs))

    def preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The public page as it would be if what is typed were saved. Nothing is kept."""
        one = self.get_object(request, str(object_id))
        if one is None or not self.has_change_permission(request, one):
            raise PermissionDenied
        form = self.get_form(request, one)(request.POST, instance=one)
        if not form.is_valid():
            title = _("This can not be shown yet")
            return screens.page(request, "reviewer/no_preview", title, form=form)
        signed = profiles.reviews(one)
        now, once = profiles.entries(signed)
        person = profiles.of(form.instance, signed, today=timezone.localdate(), preview=True)
        shown = render_to_string("articles/reviewer.html", {"person": person, "sheet": now, "once": once})
        return HttpResponse(shown, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})
