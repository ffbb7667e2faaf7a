"""Sections inside the article form: ordered rows with rich text."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles import markup
from articles.admin import labels, typed
from articles.admin.desk import StackedInline
from articles.admin.editor import EditsRichText
from articles.models import Section

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Section]
    _InlineFormSet = forms.BaseInlineFormSet[Section, Any, Any]
else:
    _ModelForm, _InlineFormSet = forms.ModelForm, forms.BaseInlineFormSet


class SectionForm(_ModelForm):
    """One section. A heading that the importer proposed is confirmed by a tick, or by changing it."""

    heading_confirmed = forms.BooleanField(
        label=_("The import proposed this heading. Tick to confirm it, or write a better one."), required=False
    )
    # The anchor of the section this row was opened on, by which it is known though its row be deleted meanwhile.
    was = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=80)

    class Meta:
        model = Section
        fields = ("heading", "kind", "body", *typed.CLAIM, "position")
        widgets: ClassVar = {name: forms.DateInput(attrs={"type": "date"}) for name in typed.CLAIM[1:]}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" not in self.fields:  # for those who may only look
            return
        self.fields["position"].required = False
        self.fields["was"].initial = self.instance.anchor
        if not self.instance.heading_proposed:
            self.fields["heading_confirmed"].widget = forms.HiddenInput()

    @cached_property
    def changed_data(self) -> list[str]:
        """What was changed; a new row that was only moved is still an empty row."""
        changed: list[str] = super().changed_data
        return changed if self.instance.pk or set(changed) - {"position", "kind"} else []

    def clean(self) -> dict[str, Any]:
        """A claim belongs to an institutional section, and ends after it begins."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "kind" in data and data["kind"] != Section.Kind.INSTITUTIONAL:
            data |= {"claim_owner": "", "claim_from": None, "claim_until": None}
        since, until = data.get("claim_from"), data.get("claim_until")
        if since and until and until <= since:
            self.add_error("claim_until", _("A claim is good until a day after the one since which it is true."))
        return data

    def clean_position(self) -> int:
        """Rows without a number come last, in the order of the form."""
        position: int | None = self.cleaned_data["position"]
        return typed.LAST if position is None else position

    def save(self, commit: bool = True) -> Section:
        if "heading" in self.changed_data or self.cleaned_data.get("heading_confirmed"):
            self.instance.heading_proposed = False
        self._return()
        return super().save(commit)

    def _return(self) -> None:
        """A section that somebody else deleted meanwhile comes back to its own address on the page."""
        was = self.cleaned_data.get("was", "")
        if was and not (self.instance.pk or self.instance.article.sections.filter(anchor=was).exists()):
            self.instance.anchor = was


def lost_as_new(data: QueryDict, prefix: str, there: set[str]) -> QueryDict:
    """Posted rows in which a section that is no longer there becomes a new one, behind those that are.

    Django would drop the last rows from the page when somebody else had deleted a section meanwhile.
    """
    total, initial = (typed.count(data, name, prefix) for name in ("TOTAL", "INITIAL"))
    if total is None or initial is None:
        return data  # Django says what is wrong with them
    kept = [row for row in range(initial) if data.get(f"{prefix}-{row}-id") in there]
    if len(kept) == initial:
        return data
    order = kept + [row for row in range(total) if row not in kept]
    number = {f"{prefix}-{old}-": f"{prefix}-{new}-" for new, old in enumerate(order)}
    out = data.copy()
    for name, values in data.lists():
        row = "-".join(name.split("-")[:2]) + "-"
        if row in number:
            out.setlist(number[row] + name.removeprefix(row), values)
    for new in range(len(kept), total):
        out[f"{prefix}-{new}-id"] = ""
    out[f"{prefix}-INITIAL_FORMS"] = str(len(kept))
    return out


class SectionFormSet(_InlineFormSet):
    """The rows of one article; the names of all cited sources are fetched once for all of them."""

    def __init__(self, **kwargs: Any) -> None:
        if kwargs.get("data") is not None and kwargs["instance"].pk:
            there = {str(pk) for pk in kwargs["instance"].sections.values_list("pk", flat=True)}
            kwargs["data"] = lost_as_new(kwargs["data"], kwargs["prefix"], there)
        super().__init__(**kwargs)

    @cached_property
    def names(self) -> Mapping[str, str]:
        bodies = [section.body for section in self.get_queryset()]
        return labels.of_keys(mark.key for body in bodies for mark in markup.citations(body))

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "body" in form.fields:  # absent for those who may only look
            form.fields["body"].widget.names = self.names


class SectionInline(EditsRichText, StackedInline):
    model = Section
    form = SectionForm
    formset = SectionFormSet
    extra = 0
    fields = ("heading", "heading_confirmed", "kind", "body", *typed.CLAIM, "position", "was")
    readonly_fields = ("read_body",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and obj.binned_at) and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and obj.binned_at) and super().has_add_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj) or self.has_add_permission(request, obj):
            return self.fields
        return ("heading", "kind", "read_body")

    @admin.display(description=_("text"))
    def read_body(self, section: Section) -> SafeString:
        """The text as it looks, for those who may not change it."""
        return mark_safe(labels.shown(section.body))  # noqa: S308  shown() cleans
