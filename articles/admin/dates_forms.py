"""What staff fill in to keep dates honest. Each form knows the one deed that it calls; the deed knows the rules."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import keeping, policy, recording, roles, snoozing
from articles.models import Article, Review, Reviewer

Words = str | Promise


class Day(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class DeedForm(forms.Form):
    """`name` stands in addresses; `permission` is the deed's own."""

    name: ClassVar[str]
    permission: ClassVar[str]
    title: ClassVar[Words]
    intro: ClassVar[Words]
    button: ClassVar[Words]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.name}-%s")
        super().__init__(*args, **kwargs)

    @classmethod
    def is_for(cls, by: Any, article: Article) -> bool:
        """Whether this person is offered it for this article."""
        return roles.may(by, cls.permission)

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        """Call the deed. Raises Refused."""
        raise NotImplementedError

    def tell(self, articles: Sequence[Article], *, by: User) -> None:
        """Tell whoever should know that it was done to these articles."""


class OnBehalf(DeedForm):
    name, permission = "record", "record_review"
    title = gettext_lazy("Record a review")
    intro = gettext_lazy(
        "A medical reviewer has read the page that is online and found it right, and told you so elsewhere."
        " Readers will see the day and the reviewer, and that staff recorded it."
    )
    button = gettext_lazy("Record the review")

    reviewer = forms.ModelChoiceField(Reviewer.objects.filter(active=True), label=gettext_lazy("Reviewer"))
    on = Day(label=gettext_lazy("Reviewed on"), help_text=gettext_lazy("The day on which the reviewer read it."))
    evidence = forms.CharField(
        label=gettext_lazy("Evidence"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Where it can be found again: a message, a letter, a form, with its date."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        recording.on_behalf(article, **self.cleaned_data, by=by, at=at)

    def tell(self, articles: Sequence[Article], *, by: User) -> None:
        if articles:
            recording.tell(articles=articles, **self.cleaned_data, by=by)


class OnBehalfOnce(OnBehalf):
    """The same for one page: of the whole page or the changes, and with a file that proves it."""

    scope = forms.ChoiceField(
        label=gettext_lazy("What was checked"),
        choices=Review.Scope.choices,
        initial=Review.Scope.FULL,
        help_text=gettext_lazy("A review of the changes answers for them, and never moves “Last reviewed”."),
    )
    paper = forms.FileField(
        label=gettext_lazy("File that proves it"),
        required=False,
        max_length=500,
        help_text=gettext_lazy(
            "PDF, JPEG, PNG, text or a saved message (EML), 10 MB at most. Who may see reviews can open it."
            " If something else must be mended first, choose it again."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].required = False  # a file will do
        self.fields["evidence"].help_text = _("Where it can be found again: who wrote it, when, and where it is kept.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not (data.get("evidence") or data.get("paper") or self.errors):
            self.add_error("evidence", _("Choose a file, or say where the evidence is: a message, a letter, a form."))
        return data

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        data = {name: self.cleaned_data[name] for name in ("reviewer", "on", "evidence", "scope")}
        recording.on_behalf(article, **data, papers=self._papers(), by=by, at=at)

    def tell(self, articles: Sequence[Article], *, by: User) -> None:
        data = {name: self.cleaned_data[name] for name in ("reviewer", "on")}
        evidence = self.cleaned_data["evidence"] or ", ".join(one.name for one in self._papers())
        if articles:
            recording.tell(articles=articles, **data, evidence=evidence, by=by)

    def _papers(self) -> tuple[recording.Paper, ...]:
        file = self.cleaned_data.get("paper")
        if file is None:
            return ()
        file.seek(0)
        return (recording.Paper(file.name, file.read()),)


class Prior(OnBehalfOnce):
    name = "prior"
    scope: Any = None  # such a review was of the whole page
    title = gettext_lazy("Record the review it had before the import")
    intro = gettext_lazy(
        "Exactly the imported words were reviewed before they came here, and there is evidence."
        " It lets the page be published, with that day as the day of its last review."
    )
    button = gettext_lazy("Record the earlier review")

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        data = {name: self.cleaned_data[name] for name in ("reviewer", "on", "evidence")}
        recording.prior(article, **data, papers=self._papers(), by=by, at=at)


class Defer(DeedForm):
    name, permission = "defer", "keep_dates"
    title = gettext_lazy("Defer the due date")
    intro = gettext_lazy("Another day takes the place of the due date, until the next full review or another cadence.")
    button = gettext_lazy("Defer the due date")

    until = Day(label=gettext_lazy("New due date"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It is kept on the timeline, with your name."),
    )

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        keeping.defer(article, **self.cleaned_data, by=by, at=at)


KEEP, TIERS, OWN = "", "tier", "own"


def tiers() -> list[tuple[str, str]]:
    """Risk tiers with their cadence, after the choice to leave it alone."""
    terms = policy.current().tiers
    named = [(key, {"tier": name, "months": terms[key].months}) for key, name in Article.Tier.choices]
    return [(KEEP, _("Leave as it is")), *((key, _("%(tier)s: %(months)d months") % facts) for key, facts in named)]


def cadences() -> list[tuple[str, str]]:
    """Where the months come from."""
    return [(KEEP, _("Leave as it is")), (TIERS, _("As the risk tier says")), (OWN, _("Its own, in months:"))]


class Cadence(DeedForm):
    """Both parts may be left as each article has them."""

    name, permission = "cadence", "keep_dates"
    title = gettext_lazy("Change cadence or risk tier")
    intro = gettext_lazy("The due date follows at once; a deferral made before no longer counts.")
    button = gettext_lazy("Change the cadence")

    tier = forms.ChoiceField(label=gettext_lazy("Risk tier"), choices=tiers, required=False)
    cadence = forms.ChoiceField(label=gettext_lazy("Review cadence"), choices=cadences, required=False)
    months = forms.IntegerField(
        label=gettext_lazy("Own cadence, in months"),
        required=False,
        min_value=1,
        max_value=policy.LONGEST,
        help_text=gettext_lazy("Counts only with a cadence of its own."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        check_cadence(self, data)
        return data

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        data = self.cleaned_data
        months = {KEEP: article.cadence_months, TIERS: None, OWN: data["months"]}[data["cadence"]]
        keeping.set_cadence(article, tier=data["tier"] or article.risk_tier, months=months, by=by, at=at)


def check_cadence(form: forms.Form, data: dict[str, Any]) -> None:
    """What was chosen of tier, cadence and months must be something, and fit."""
    cadence, has_months = data.get("cadence"), data.get("months") is not None
    if cadence == OWN and not has_months and "months" not in form.errors:
        form.add_error("months", _("How many months?"))
    if cadence == KEEP and has_months:
        form.add_error("cadence", _("Choose “Its own” to set these months."))
    if not (data.get("tier") or cadence) and not form.errors:
        form.add_error(None, _("Choose another risk tier or another cadence."))


class Snooze(DeedForm):
    """Whose page it is, the deed asks."""

    name, permission = "snooze", "view_article"
    title = gettext_lazy("Pause the reminders")
    intro = gettext_lazy("Nobody is reminded of this page for a while. It is due on the same day as before.")
    button = gettext_lazy("Pause the reminders")

    until = Day(label=gettext_lazy("Until"), help_text=gettext_lazy("The last day without reminders."))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("It is kept on the timeline, with your name."),
    )

    @classmethod
    def is_for(cls, by: Any, article: Article) -> bool:
        return snoozing.may_snooze(by, article) and snoozing.asleep(article, timezone.localdate()) is None

    def show(self, limit: snoozing.Limit) -> None:
        """Say beside the day how late it may be."""
        self.fields["until"].help_text = " ".join([_("The last day without reminders."), limit.said])
        self.fields["until"].widget.attrs["max"] = limit.last.isoformat()

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        snoozing.snooze(article, **self.cleaned_data, by=by, at=at)


class Wake(DeedForm):
    name, permission = "wake", "view_article"
    title = gettext_lazy("Let the reminders begin again")
    intro = gettext_lazy("The reminders of this page are paused. They go on with the next one that is due.")
    button = gettext_lazy("End the pause")

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    @classmethod
    def is_for(cls, by: Any, article: Article) -> bool:
        return snoozing.may_snooze(by, article) and snoozing.asleep(article, timezone.localdate()) is not None

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        snoozing.wake(article, **self.cleaned_data, by=by, at=at)


def cadence_said(data: dict[str, Any]) -> list[list[str]]:
    """What was chosen, as label and words."""
    months = f" {data['months']}" if data["cadence"] == OWN else ""
    cadence = dict(cadences())[data["cadence"]] + months
    return [[_("Risk tier"), dict(tiers())[data["tier"]]], [_("Review cadence"), cadence]]


class Assign(DeedForm):
    """Whose page it is."""

    name, permission = "assign", "keep_dates"
    title = gettext_lazy("Assign a reviewer")
    intro = gettext_lazy("Who is asked to read this page when it is due. The reviewer gets a message.")
    button = gettext_lazy("Assign the reviewer")

    reviewer = forms.ModelChoiceField(
        Reviewer.objects.filter(active=True),
        label=gettext_lazy("Reviewer"),
        required=False,
        empty_label=gettext_lazy("Nobody in particular"),
    )

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        keeping.assign(article, **self.cleaned_data, by=by, at=at)

    def tell(self, articles: Sequence[Article], *, by: User) -> None:
        keeping.tell_assigned(self.cleaned_data["reviewer"], [article.title for article in articles], by=by)


FOR_ONE: dict[str, type[DeedForm]] = {
    form.name: form for form in (OnBehalfOnce, Prior, Assign, Defer, Cadence, Snooze, Wake)
}
