"""What is typed about a patient story: its words, and the consent to them."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles import stories
from articles.admin import editor
from articles.models import PatientStory
from articles.refusals import Refused
from articles.told import Told

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[PatientStory]
else:
    _ModelForm = forms.ModelForm

WORDS = ("title", "name", "language", "body")
CONSENT = ("given_on", "ends_on", "covers", "evidence", "paper")
_LINE = forms.TextInput(attrs={"class": "vTextField"})
_DAY = forms.DateInput(attrs={"type": "date"})


class StoryForm(_ModelForm):
    """The deeds say what is wrong with a story; the form shows it beside the field, and keeps what was typed."""

    title = forms.CharField(label=_("Title"), max_length=stories.TITLE, widget=_LINE)
    name = forms.CharField(
        label=_("Name as shown"), max_length=stories.NAME, help_text=_("As the person wants to be called: “Maria, 34”.")
    )
    language = forms.CharField(
        label=_("Language"), max_length=10, initial="en", help_text=_("Its code: en, es, pt-BR.")
    )
    body = editor.RichText(label=_("Text"), help_text=_("The person's own words. No advice, and no citations."))
    forget = forms.BooleanField(
        label=_("Erase earlier wordings at once, from every page and its history"),
        required=False,
        help_text=_("For what must not remain. Until the next edition the page then shows no story in this place."),
    )
    given_on = forms.DateField(label=_("Consent given on"), widget=_DAY)
    ends_on = forms.DateField(label=_("Consent ends on"), widget=_DAY)
    covers = forms.CharField(
        label=_("What it covers"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: this web site, with first name and age."),
    )
    evidence = forms.CharField(
        label=_("Where the signed consent is kept"),
        max_length=300,
        required=False,
        widget=_LINE,
        help_text=_("A reference, such as “Binder 4, page 12”; or upload it here, or both."),
    )
    paper = forms.FileField(
        label=_("Signed consent"),
        required=False,
        help_text=_("PDF, JPEG or PNG, 10 MB at most. Only people who keep stories can open it."),
    )

    class Meta:
        model = PatientStory
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" not in self.fields:  # for a story that is over
            return
        self.fields["body"].widget = editor.backend().widget(citing=False)
        self.fields["ends_on"].help_text = _("%(years)d years later at most.") % {"years": settings.STORY_YEARS}
        if not self.instance.pk:
            del self.fields["forget"]
            return
        told, consent = self.instance.told(), self.instance.consents.latest("pk")
        self.initial.update({name: getattr(told, name) for name in WORDS} if told else {})
        self.initial.update({name: getattr(consent, name) for name in CONSENT if name != "paper"})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        checks = ((WORDS, "body", self._check_words), (CONSENT[:3], "ends_on", self._check_consent))
        for needed, field, check in checks:
            if all(data.get(name) for name in needed):
                try:
                    check()
                except Refused as no:
                    self.add_error(field, str(no))
        return data

    def _check_words(self) -> None:
        if not self.instance.pk or self.words_changed:
            stories.check_told(self.told)

    def _check_consent(self) -> None:
        if not self.instance.pk or self.consent_changed:
            stories.check_agreed(self.agreed, at=timezone.now())

    @property
    def told(self) -> Told:
        return Told(**{name: self.cleaned_data[name] for name in WORDS})

    @cached_property
    def agreed(self) -> stories.Agreed:
        data: dict[str, Any] = {name: self.cleaned_data.get(name) for name in CONSENT}
        paper = data["paper"].read() if data["paper"] else None
        return stories.Agreed(**{**data, "paper": paper})

    @property
    def words_changed(self) -> bool:
        return not {*WORDS, "forget"}.isdisjoint(self.changed_data)

    @property
    def consent_changed(self) -> bool:
        return not set(CONSENT).isdisjoint(self.changed_data)
