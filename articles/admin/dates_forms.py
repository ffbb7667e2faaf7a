"""What staff fill in to keep dates honest. Each form knows the one deed that it calls; the deed knows the rules."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth.models import User
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import keeping, recording
from articles.models import Article, Reviewer

Words = str | Promise


class Day(forms.DateField):
    """A day, chosen with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)


class DeedForm(forms.Form):
    """`name` stands in addresses; `permission` is the deed's own; `said` is what a person confirms."""

    name: ClassVar[str]
    permission: ClassVar[str]
    title: ClassVar[Words]
    intro: ClassVar[Words]
    button: ClassVar[Words]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.name}-%s")
        super().__init__(*args, **kwargs)

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        """Call the deed. Raises Refused."""
        raise NotImplementedError

    def said(self) -> list[tuple[Words, str]]:
        """What was filled in, as label and words."""
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

    def said(self) -> list[tuple[Words, str]]:
        data = self.cleaned_data
        return [
            (_("Reviewer"), str(data["reviewer"])),
            (_("Reviewed on"), formats.date_format(data["on"])),
            (_("Evidence"), data["evidence"]),
        ]


class Prior(OnBehalf):
    name = "prior"
    title = gettext_lazy("Record the review it had before the import")
    intro = gettext_lazy(
        "Exactly the imported words were reviewed before they came here, and there is evidence."
        " It lets the page be published, with that day as the day of its last review."
    )
    button = gettext_lazy("Record the earlier review")

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        recording.prior(article, **self.cleaned_data, by=by, at=at)


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

    def said(self) -> list[tuple[Words, str]]:
        data = self.cleaned_data
        return [(_("New due date"), formats.date_format(data["until"])), (_("Reason"), data["reason"])]


KEEP, TIERS, OWN = "", "tier", "own"


def tiers() -> list[tuple[str, str]]:
    """Risk tiers with their cadence, after the choice to leave it alone."""
    months = settings.REVIEW_CADENCE_MONTHS
    named = [(key, {"tier": name, "months": months[key]}) for key, name in Article.Tier.choices]
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
        max_value=keeping.MAXIMUM_MONTHS,
        help_text=gettext_lazy("Counts only with a cadence of its own."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        cadence, has_months = data.get("cadence"), data.get("months") is not None
        if cadence == OWN and not has_months and "months" not in self.errors:
            self.add_error("months", _("How many months?"))
        if cadence == KEEP and has_months:
            self.add_error("cadence", _("Choose “Its own” to set these months."))
        if not (data.get("tier") or cadence) and not self.errors:
            self.add_error(None, _("Choose another risk tier or another cadence."))
        return data

    def do(self, article: Article, *, by: User, at: datetime) -> None:
        data = self.cleaned_data
        months = {KEEP: article.cadence_months, TIERS: None, OWN: data["months"]}[data["cadence"]]
        keeping.set_cadence(article, tier=data["tier"] or article.risk_tier, months=months, by=by, at=at)

    def said(self) -> list[tuple[Words, str]]:
        data = self.cleaned_data
        months = f" {data['months']}" if data["cadence"] == OWN else ""
        return [
            (_("Risk tier"), dict(tiers())[data["tier"]]),
            (_("Review cadence"), dict(cadences())[data["cadence"]] + months),
        ]


FOR_ONE: dict[str, type[DeedForm]] = {form.name: form for form in (OnBehalf, Prior, Defer, Cadence)}
FOR_MANY: dict[str, type[DeedForm]] = {form.name: form for form in (OnBehalf, Defer, Cadence)}
