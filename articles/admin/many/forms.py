"""What staff fill in once for many articles. Each form makes the terms of its deed (articles/bulk)."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import policy
from articles.admin import dates_forms
from articles.admin.dates_forms import Day, Words
from articles.bulk import lines
from articles.bulk.deeds import DEEDS
from articles.dates import add_months
from articles.models import Reviewer


def words(label: Any, **kwargs: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)


WEEKS = 104  # a spread over more than two years is no plan


class ManyForm(forms.Form):
    """`name` is that of the deed; `days` says what a day in a line means, "" where it means nothing."""

    name: ClassVar[str]
    title: ClassVar[Words]
    intro: ClassVar[Words]
    days: ClassVar[Words] = ""

    lines = forms.CharField(
        label=gettext_lazy("Pages, one a line"),
        required=False,
        max_length=lines.MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    file = forms.FileField(label=gettext_lazy("Or a CSV file of pages"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"many-{self.name}-%s")
        super().__init__(*args, **kwargs)
        pages = _("An address, as in its link or only its last part.")
        self.fields["lines"].help_text = " ".join(filter(None, (pages, str(self.days))))
        self.fields["file"].help_text = _("With such lines, or as you saved it from a list of due dates.")

    @property
    def permission(self) -> str:
        return DEEDS[self.name].permission

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.read: list[lines.Line] = []
        sent = data.get("file")
        try:
            if sent is not None and sent.size > lines.MOST_BYTES:
                raise lines.Unreadable(_("The file is larger than %(size)d kB.") % {"size": lines.MOST_BYTES // 1000})
            texts = filter(None, (data.get("lines"), lines.text_of(sent.read()) if sent else ""))
            self.read = lines.read(*texts)
        except lines.Unreadable as error:
            self.add_error("file" if sent else "lines", str(error))
        else:
            # A browser does not send a file twice: what it said stays as lines, should something else be wrong.
            if sent:
                self.data = {**dict(self.data.items()), "lines": "\n".join(line.given for line in self.read)}
        return data

    def terms(self) -> dict[str, Any]:
        """What was filled in, as the run keeps it."""
        raise NotImplementedError

    def said(self) -> list[list[str]]:
        """The same as label and words."""
        raise NotImplementedError

    def dated(self) -> bool:
        """Whether a line names a day."""
        return any(line.day for line in self.read)


def reviewers(**kwargs: Any) -> Any:
    """One of those who have not left."""
    people = Reviewer.objects.filter(active=True)
    return forms.ModelChoiceField(people, label=gettext_lazy("Reviewer"), **kwargs)


class Assign(ManyForm):
    name = "assign"
    title = gettext_lazy("Assign a reviewer")
    intro = gettext_lazy("Who is asked to read these pages when they are due. The reviewer gets one message about all.")
    reviewer = reviewers(required=False, empty_label=gettext_lazy("Nobody in particular"))

    def terms(self) -> dict[str, Any]:
        reviewer = self.cleaned_data["reviewer"]
        return {"reviewer": reviewer.pk if reviewer else None}

    def said(self) -> list[list[str]]:
        return [[_("Reviewer"), str(self.cleaned_data["reviewer"] or _("Nobody in particular"))]]


class Request(ManyForm):
    name = "request"
    title = gettext_lazy("Request reviews")
    intro = gettext_lazy("Each page's words are frozen and its reviewer is asked to read them, in one message for all.")
    reviewer = reviewers(required=False, empty_label=gettext_lazy("Each page's assigned reviewer"))
    note = words(gettext_lazy("Note to the reviewer"), required=False)

    def terms(self) -> dict[str, Any]:
        reviewer = self.cleaned_data["reviewer"]
        return {"reviewer": reviewer.pk if reviewer else None, "note": self.cleaned_data["note"]}

    def said(self) -> list[list[str]]:
        data = self.cleaned_data
        whom = str(data["reviewer"] or _("Each page's assigned reviewer"))
        return [[_("Reviewer"), whom], [_("Note"), data["note"] or "–"]]


class Cadence(ManyForm):
    name = "cadence"
    title = dates_forms.Cadence.title
    intro = dates_forms.Cadence.intro
    tier, cadence, months = (dates_forms.Cadence.base_fields[name] for name in ("tier", "cadence", "months"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        dates_forms.check_cadence(self, data)
        return data

    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("tier", "cadence", "months")}

    def said(self) -> list[list[str]]:
        return dates_forms.cadence_said(self.cleaned_data)


ONE, OWN, SPREAD = "one", "own", "spread"
HOW = (
    (ONE, gettext_lazy("One day for all")),
    (OWN, gettext_lazy("The day in each line")),
    (SPREAD, gettext_lazy("Spread evenly over working days")),
)


class Defer(ManyForm):
    name = "defer"
    title = gettext_lazy("Defer due dates, or bring them forward")
    intro = dates_forms.Defer.intro
    days = gettext_lazy("After a comma the new due date, as 2026-12-31.")
    how = forms.ChoiceField(label=gettext_lazy("New due dates"), choices=HOW, initial=ONE)
    until = Day(label=gettext_lazy("Day for all, or first day of the spread"), required=False)
    weeks = forms.IntegerField(label=gettext_lazy("Weeks of the spread"), required=False, min_value=1, max_value=WEEKS)
    reason = words(gettext_lazy("Reason"), help_text=gettext_lazy("It is kept on each timeline, with your name."))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        how, day = data.get("how"), data.get("until")
        if how in (ONE, SPREAD) and not day and "until" not in self.errors:
            self.add_error("until", _("Which day?"))
        if day and how == SPREAD and day <= timezone.localdate():
            self.add_error("until", _("Choose a day that is still to come."))
        if day and how == SPREAD and day > add_months(timezone.localdate(), policy.LONGEST):
            self.add_error("until", _("No page may go unread for that long."))
        if how == SPREAD and not data.get("weeks") and "weeks" not in self.errors:
            self.add_error("weeks", _("Over how many weeks?"))
        if how == OWN and not self.dated() and "lines" not in self.errors:
            self.add_error("lines", _("No line names a day. Write it after the address and a comma."))
        if how != OWN and self.dated():
            self.add_error("how", _("The lines name days. Choose “The day in each line”, or leave them out."))
        return data

    def terms(self) -> dict[str, Any]:
        data, terms = self.cleaned_data, {"reason": self.cleaned_data["reason"]}
        if data["how"] == SPREAD:
            return terms | {"first": data["until"].isoformat(), "weeks": data["weeks"]}
        return terms | ({"until": data["until"].isoformat()} if data["how"] == ONE else {})

    def said(self) -> list[list[str]]:
        data = self.cleaned_data
        said = str(dict(HOW)[data["how"]])
        if data["how"] == ONE:
            said = _day(data["until"])
        if data["how"] == SPREAD:
            said = f"{said}: " + _("%(weeks)d weeks from %(day)s") % {
                "weeks": data["weeks"],
                "day": _day(data["until"]),
            }
        return [[_("New due date"), said], [_("Reason"), data["reason"]]]


REVIEWED_ON = gettext_lazy("Reviewed on")


class Record(ManyForm):
    name = "record"
    title = gettext_lazy("Record reviews done elsewhere")
    intro = dates_forms.OnBehalf.intro
    days = gettext_lazy("After a comma the day of the review, as 2026-12-31.")
    reviewer = reviewers()
    on = Day(
        label=REVIEWED_ON,
        required=False,
        help_text=gettext_lazy("The day on which the reviewer read them; of lines that name another, that one."),
    )
    evidence = words(gettext_lazy("Evidence"), help_text=dates_forms.OnBehalf.base_fields["evidence"].help_text)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not data.get("on") and not self.dated() and "on" not in self.errors:
            self.add_error("on", _("Which day?"))
        return data

    def terms(self) -> dict[str, Any]:
        data = self.cleaned_data
        on = {"on": data["on"].isoformat()} if data["on"] else {}
        return {"reviewer": data["reviewer"].pk, "evidence": data["evidence"], **on}

    def said(self) -> list[list[str]]:
        data = self.cleaned_data
        on = _day(data["on"]) if data["on"] else _("the day in each line")
        return [[_("Reviewer"), str(data["reviewer"])], [str(REVIEWED_ON), on], [_("Evidence"), data["evidence"]]]


def _day(value: date) -> str:
    return formats.date_format(value)


FORMS: dict[str, type[ManyForm]] = {form.name: form for form in (Assign, Request, Cadence, Defer, Record)}
