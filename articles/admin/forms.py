"""The article form: what a writer fills in, and the guard against overwriting somebody else's words."""

import secrets
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from articles import addresses
from articles.admin import comparing, holding
from articles.admin.comparing import Comparison
from articles.models import Article, Revision, cited_source
from references.formatting import ama
from references.models import Source

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Article]
    _ChoiceField = forms.ModelMultipleChoiceField[Source]
else:
    _ModelForm, _ChoiceField = forms.ModelForm, forms.ModelMultipleChoiceField


UNCOUNTED = {"slug", "condition"}  # no words, so that the revision does not tell when somebody else changed them


class Uncited(_ChoiceField):
    """Sources as references, so that a writer recognizes them in the manuscript."""

    def label_from_instance(self, obj: Any) -> str:
        return mark_safe(ama(cited_source(obj)))  # noqa: S308  ama() escapes


class ArticleForm(_ModelForm):
    """`base_revision` is the revision this form was opened on; a save on any other is refused.

    `over_revision` is the revision that the person has been shown and wants to replace all the same. `draft_key` names
    this opened form, under which its unsaved text is kept; `how` says how its words came about. A `held` form was
    filled in for the person (articles/admin/holding.py): it is shown, and never saved.
    """

    held = ""
    meanwhile: Comparison | None = None
    base_revision = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=2**31 - 1)
    draft_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    how = forms.ChoiceField(
        widget=forms.HiddenInput, required=False, choices=[(how, how) for how in (holding.MERGE, holding.RESTORE)]
    )

    class Meta:
        model = Article
        fields = ("title", "slug", "summary", "condition", "risk_tier", "uncited")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "base_revision" in self.fields:
            self.fields["base_revision"].initial = self.instance.revision
            self.fields["draft_key"].initial = secrets.token_urlsafe(16)
        for name in UNCOUNTED & set(self.fields):
            self.fields[name].show_hidden_initial = bool(self.instance.pk)
        if "uncited" in self.fields:
            self.fields["uncited"] = self._uncited()

    def _uncited(self) -> forms.Field:
        listed = self.instance.uncited.all() if self.instance.pk else Source.objects.none()
        return Uncited(
            queryset=listed,
            required=False,
            widget=forms.CheckboxSelectMultiple if self.instance.pk else forms.MultipleHiddenInput,
            label=_("Uncited sources"),
            help_text=_(
                "The manuscript lists them, and no mark in the text uses them. They come first when you cite"
                " (Ctrl+Shift+C in the text). Untick what the page does not need."
            ),
        )

    def clean_slug(self) -> str:
        slug: str = self._settled("slug")
        try:
            addresses.check_free(slug, self.instance)
        except addresses.AddressTaken as taken:
            raise ValidationError(str(taken), code="taken") from taken
        return slug

    def clean_condition(self) -> Any:
        return self._settled("condition")

    def _settled(self, name: str) -> Any:
        """What was put here; where the person left it as it was, what somebody else has put there since."""
        sent, stored, opened = self.cleaned_data[name], getattr(self.instance, name), self.add_initial_prefix(name)
        if not self.instance.pk or opened not in self.data or sent == stored:
            return sent
        if name not in self.changed_data:
            return stored
        now = str(getattr(stored, "pk", stored) or "")
        if self.data[opened] != now:
            self.data = cast("QueryDict", self.data).copy()
            self.data[opened] = now  # seen from here on
            message = _("Somebody else put “%(now)s” here after you opened the form. Save again to put yours there.")
            raise ValidationError(message, code="moved", params={"now": stored or _("nothing")})
        return sent

    def is_valid(self) -> bool:
        return not self.held and super().is_valid()

    def came_about(self) -> str:
        """How these words came about, for the revision that keeps them."""
        return self.cleaned_data.get("how") or Revision.How.EDIT.value

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.held != holding.RESTORE and self.is_stale():
            self.meanwhile = comparing.since(self.instance, data.get("base_revision"), cast("QueryDict", self.data))
            raise ValidationError(
                _(
                    "Someone else saved this article (revision %(now)s) after you opened it (revision %(mine)s)."
                    " Nothing was saved. Your text is still in this form; what is stored now stands beside it."
                ),
                code="stale",
                params={"now": self.instance.revision, "mine": data.get("base_revision")},
            )
        return data

    def is_stale(self) -> bool:
        """Whether other words were saved after this form was opened, and its person has not seen them."""
        now = self.instance.revision
        seen = (str(self.cleaned_data.get("base_revision")), self.data.get("over_revision"))
        return bool(self.instance.pk) and str(now) not in seen
