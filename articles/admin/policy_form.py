"""What somebody fills in to set another review policy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import due, policy, roles
from articles.models import Article, ReviewPolicy

TERMS = {
    "months": gettext_lazy("Months between reviews"),
    "event_days": gettext_lazy("Days from news to the due date"),
    "grace_days": gettext_lazy("Days of grace"),
    "withdraw_after": gettext_lazy("Days until the page is taken down"),
}
HELP = {
    "event_days": gettext_lazy("News: a source was retracted or changed, a fact ran out, somebody brought a warning."),
    "grace_days": gettext_lazy("After the due date, until the page itself tells readers that it is due."),
    "withdraw_after": gettext_lazy("After the due date. Empty: it is never taken down by itself."),
}


@dataclass(frozen=True, slots=True)
class Tier:
    """The fields of one risk tier."""

    name: str
    label: str
    fields: list[BoundField]


class PolicyForm(forms.Form):
    """The whole policy. `base` is the number of the one that it takes the place of; 0 is the settings."""

    base = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    maximum_months = forms.IntegerField(
        label=gettext_lazy("Longest time between reviews, in months"),
        min_value=1,
        max_value=policy.LONGEST,
        help_text=gettext_lazy("No page goes unread for longer, whatever its own cadence or a deferral says."),
    )
    lead = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Lead"),
        required=False,
        empty_label=gettext_lazy("Nobody"),
        help_text=gettext_lazy("Hears of pages that nobody has reviewed in time."),
    )
    mailbox = forms.EmailField(
        label=gettext_lazy("Mailbox"),
        required=False,
        help_text=gettext_lazy("A mailbox that several people read. It is told when the lead did not help either."),
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        staff = User.objects.filter(is_active=True, groups__name__in=roles.ROLES).distinct()
        self.fields["lead"].queryset = staff.order_by("username")  # type: ignore[attr-defined]  # a choice of rows
        for tier in Article.Tier.values:
            for term, label in TERMS.items():
                self.fields[f"{tier}_{term}"] = _number(term, label)

    def tiers(self) -> Iterator[Tier]:
        """The fields by tier, as they are shown."""
        for tier, label in Article.Tier.choices:
            yield Tier(tier, str(label), [self[f"{tier}_{term}"] for term in TERMS])

    def others(self) -> list[BoundField]:
        """The fields that hold for all tiers."""
        return [self[name] for name in ("maximum_months", "lead", "mailbox")]

    def draft(self) -> policy.Draft:
        """What the deed takes."""
        said = self.cleaned_data
        tiers = {t: due.Terms(**{term: said[f"{t}_{term}"] for term in TERMS}) for t in Article.Tier.values}
        terms = due.Policy(tiers=tiers, maximum_months=said["maximum_months"])
        return policy.Draft(terms=terms, base=said["base"], lead=said["lead"], mailbox=said["mailbox"])


class ReasonedForm(PolicyForm):
    """With the reason: asked for before anything is set, and not needed to look at lists."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,  # the deed asks for it, in its own words
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Everybody's dates move: whoever asks later finds it here, with your name."),
    )


def initial(row: ReviewPolicy | None) -> dict[str, Any]:
    """The form as the policy in force would fill it in."""
    value = policy.current()
    found: dict[str, Any] = {"base": row.pk if row else 0, "maximum_months": value.maximum_months}
    found |= {f"{tier}_{term}": getattr(terms, term) for tier, terms in value.tiers.items() for term in TERMS}
    return found | ({"lead": row.lead_id, "mailbox": row.mailbox} if row else {})


def _number(term: str, label: Any) -> forms.IntegerField:
    months = term == "months"
    most = policy.LONGEST if months else policy.LONGEST_DAYS
    return forms.IntegerField(
        label=label,
        required=term != "withdraw_after",
        min_value=int(months),
        max_value=most,
        help_text=HELP.get(term, ""),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("How many? 0 is possible.") if not months else _("How many months?")},
    )
