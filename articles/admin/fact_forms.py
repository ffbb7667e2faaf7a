"""What is filled in to record a fact and its values. The deeds know the rules."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.utils.translation import gettext_lazy as _

from articles import facts
from articles.admin.dates_forms import Day
from articles.models import Condition, Fact, FactValue
from references.models import Source


def _line(name: str, **more: Any) -> forms.CharField:
    """One line of text that fits its column."""
    field: Any = FactValue._meta.get_field(name)
    return forms.CharField(label=field.verbose_name.capitalize(), max_length=field.max_length, **more)


class _Search(AutocompleteSelect):
    """Its box is named by the label, also while nothing is chosen."""

    @property
    def media(self) -> forms.Media:
        return super().media + forms.Media(js=["articles/admin/named_boxes.js"])


class ValueForm(forms.Form):
    """A value of a fact."""

    value = _line("value", help_text=_("As the page prints it, with “about” where it is an estimate: about 6,550"))
    unit = _line(
        "unit",
        required=False,
        help_text=_("What follows it on the page: new cases a year in the United States. The year is added."),
    )
    as_of = Day(label=_("As of"), help_text=_("The day or the end of the year that it is about."))
    expires = Day(
        label=_("Good until"),
        help_text=_("From the day after it, pages that print the value have news. A year is usual."),
    )
    source = forms.ModelChoiceField(Source.objects.unmerged(), label=_("Source"))
    locator = _line("locator", required=False, help_text=_("A page, table or section, where it helps to find it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The library is long: it is searched, as in the forms of the admin.
        column: Any = FactValue._meta.get_field("source")
        widget = _Search(column, admin.site)
        widget.choices = self.fields["source"].choices  # type: ignore[attr-defined]  # a choice of rows
        self.fields["source"].widget = widget
        self.order_fields(["name", "condition"])

    def said(self) -> facts.Said:
        """What the deed takes."""
        columns = ("value", "unit", "as_of", "expires", "source", "locator")
        return facts.Said(**{name: self.cleaned_data[name] for name in columns})


class NewValueForm(ValueForm):
    """`base` is the number of the value that was the newest when the form was opened."""

    base = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)


class FactForm(ValueForm):
    """A fact with its first value."""

    name = forms.CharField(
        label=_("Name"),
        max_length=Fact._meta.get_field("name").max_length,
        help_text=_("What is counted, where, by whom: New cases of acute lymphocytic leukemia, United States"),
    )
    condition = forms.ModelChoiceField(Condition.objects.all(), label=_("Condition"), required=False)
