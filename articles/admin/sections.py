"""Sections inside the article form: ordered rows with rich text."""

import json
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles import blocks, markup
from articles.admin import figures, labels, picturing, telling_choice, typed
from articles.admin.desk import StackedInline
from articles.admin.editor import EditsRichText
from articles.content import FIGURE, QUESTIONS, STORY
from articles.models import Section, story_heading

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
    questions = forms.CharField(
        label=_("Questions"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"}),
        help_text=_("One question a line. The page shows them as a list, and prints them with room for answers."),
    )
    upload = picturing.UploadField()
    library = picturing.LibraryField()
    # The anchor of the section this row was opened on, by which it is known though its row be deleted meanwhile.
    was = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=80)

    story = telling_choice.StoryChoice()

    class Meta:
        model = Section
        fields = ("form", "heading", "kind", "story", *picturing.WORDS, "body", *typed.CLAIM, "position")
        widgets: ClassVar = {
            **{name: forms.DateInput(attrs={"type": "date"}) for name in typed.CLAIM[1:]},
            "figure": picturing.Chosen,
            "alt": forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "position" not in self.fields:  # for those who may only look
            return
        self.fields["position"].required = self.fields["heading"].required = False
        telling_choice.offer(self.fields["story"], self.instance)
        self.fields["form"].widget.attrs["data-usual"] = json.dumps(usual_headings())
        if self.instance.form == QUESTIONS:
            self.fields["questions"].initial = blocks.questions_of(self.instance.body)
        self.fields["was"].initial = self.instance.anchor
        if not self.instance.heading_proposed:
            self.fields["heading_confirmed"].widget = forms.HiddenInput()

    @cached_property
    def changed_data(self) -> list[str]:
        """What was changed; a new row that was only moved is still an empty row."""
        changed: list[str] = super().changed_data
        return changed if self.instance.pk or set(changed) - {"position", "kind", "form"} else []

    def clean(self) -> dict[str, Any]:
        """What the form of the section decides; a claim belongs to an institutional one, and ends after it begins."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._settle_story(data)
        self._settle_form(data)
        picturing.settle(self, data)
        if "kind" in data and data["kind"] != Section.Kind.INSTITUTIONAL:
            data |= {"claim_owner": "", "claim_from": None, "claim_until": None}
        since, until = data.get("claim_from"), data.get("claim_until")
        if since and until and until <= since:
            self.add_error("claim_until", _("A claim is good until a day after the one since which it is true."))
        return data

    def _settle_story(self, data: dict[str, Any]) -> None:
        """A chosen story makes the section its own; its words stay where they can be erased."""
        story, body = data.get("story"), data.get("body", "")
        data["form"] = telling_choice.form_of(data.get("form", ""), story, body)
        if data["form"] != STORY:
            data["story"] = story = None
        elif body:
            self.add_error("story", telling_choice.has_text())
        else:
            data["heading"] = story_heading()
        self.instance.story_hash = story.text_hash if story else ""

    def _settle_form(self, data: dict[str, Any]) -> None:
        form, body = data.get("form", ""), data.get("body", "")
        data["kind"] = blocks.kind_of(form, data.get("kind") or Section.Kind.MEDICAL)
        usual, heading = blocks.usual_heading(form), data.get("heading")
        if self.instance.pk and form != self.instance.form and heading in usual_headings().values():
            heading = usual or heading  # no emergency is headed as if it could wait
        data["heading"] = heading or usual
        asked = data.get("questions", "")
        if QUESTIONS in (form, self.instance.form) and (form == QUESTIONS or "questions" in self.changed_data):
            data["body"] = blocks.body_of_questions(asked or blocks.questions_of(body), self.initial.get("body", ""))
        if not data["heading"] and "heading" not in self.errors and form != FIGURE:
            self.add_error("heading", _("Write a heading that says what is in this section."))

    def clean_position(self) -> int:
        """Rows without a number come last, in the order of the form."""
        position: int | None = self.cleaned_data["position"]
        return typed.LAST if position is None else position

    def save(self, commit: bool = True) -> Section:
        if "heading" in self.changed_data or self.cleaned_data.get("heading_confirmed"):
            self.instance.heading_proposed = False
        self._return()
        if self.instance.form == FIGURE or self.instance.size:
            self.instance.size = picturing.size_of(self.instance.figure)
        return super().save(commit)

    def _return(self) -> None:
        """A section that somebody else deleted meanwhile comes back to its own address on the page."""
        was = self.cleaned_data.get("was", "")
        if was and not (self.instance.pk or self.instance.article.sections.filter(anchor=was).exists()):
            self.instance.anchor = was


def usual_headings() -> dict[str, str]:
    """What a section is called where nobody writes another heading, by form."""
    return {form: heading for form in Section.Form.values if (heading := blocks.usual_heading(form))}


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

    @cached_property
    def stories(self) -> list[tuple[str, str]]:
        return telling_choice.choices(section.story_id for section in self.get_queryset())

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "story" in form.fields:
            form.fields["story"].choices = self.stories
        if "body" in form.fields:  # absent for those who may only look
            form.fields["body"].widget.names = self.names


class SectionInline(EditsRichText, StackedInline):
    model = Section
    form = SectionForm
    formset = SectionFormSet
    extra = 0
    fields = (
        *("form", "heading", "heading_confirmed", "kind", "story", *picturing.FIELDS, "body", "questions"),
        *(*typed.CLAIM, "position", "was"),
    )
    readonly_fields = ("read_body",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and obj.binned_at) and super().has_change_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and obj.binned_at) and super().has_add_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_change_permission(request, obj) or self.has_add_permission(request, obj):
            return self.fields
        return ("form", "heading", "kind", "read_body")

    @admin.display(description=_("text"))
    def read_body(self, section: Section) -> SafeString:
        """The text as it looks, for those who may not change it."""
        words = section.content()
        return figures.shown(words) + mark_safe(labels.shown(words.body))  # noqa: S308  shown() cleans
