"""Which pages are due: one question, put by the list, by saved filters, files, calendars and sheets for many."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core import validators
from django.db.models import F, Q, QuerySet
from django.db.models.lookups import IContains
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles import roles
from articles.admin.dates_forms import Day
from articles.due import Why
from articles.models import Article, Condition, Published, Reviewer
from articles.refusals import Refused

PAGE = 50
MANY = 10_000  # of more nobody asks how many exactly
FEW = 500  # of these one knows each
SOON = 60  # days before credentials lapse
WEEK, QUARTER = 6, 90  # days after today

WHEN = [
    ("", gettext_lazy("Any time")),
    ("overdue", gettext_lazy("Overdue")),
    ("week", gettext_lazy("Due this week")),
    ("month", gettext_lazy("Due this month")),
    ("quarter", gettext_lazy("Due in 90 days")),
    ("none", gettext_lazy("Without a due date")),
]
WHY = [
    ("", gettext_lazy("Any reason")),
    (Why.TIER.value, gettext_lazy("Risk tier")),
    (Why.OVERRIDE.value, gettext_lazy("Its own cadence")),
    (Why.DEFERRAL.value, gettext_lazy("Deferred")),
    (Why.EVENT.value, gettext_lazy("News")),
]
TIERS = [("", gettext_lazy("Any tier")), *Article.Tier.choices]
# What can be asked of a reviewer beside the name.
WHO = [
    ("", gettext_lazy("Anybody")),
    ("me", pgettext_lazy("assigned to", "Me")),
    ("none", gettext_lazy("Nobody")),
    ("left", gettext_lazy("Somebody who left")),
    ("lapsed", gettext_lazy("Somebody whose credentials lapsed, or are not on record")),
    ("lapsing", gettext_lazy("Somebody whose credentials lapse soon")),
    ("away", gettext_lazy("Somebody who is away")),
    ("unreached", gettext_lazy("Somebody without an account, a mail address or the role to sign")),
]
# Columns that a line of the list, of a file or of a calendar needs, and no words that a page is made of.
COLUMNS = (
    *("slug", "title", "risk_tier", "last_reviewed_on", "next_due", "due_why", "about__name"),
    *(f"reviewer__{name}" for name in ("name", "credentials", "credentials_until", "active", "away_until")),
    *("reviewer__account", "article", "event_since"),
)


class Says(IContains):
    """The same, of words in ASCII. PostgreSQL would ask its tables of letters about each one that may be another, and
    try every place in a text."""

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        text, given = compiler.compile(self.lhs)
        return f'strpos(upper({text} COLLATE "C"), %s) > 0', [*given, self.rhs.upper()]


class NotAQuestion(Refused):
    """Nobody guesses what was meant: a question that is not understood could choose too many pages."""


def end_of_month(on: date) -> date:
    """The last day of its month."""
    return (on.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _signers() -> QuerySet[User]:
    """Accounts whose role allows signing as a medical reviewer."""
    return User.objects.filter(Q(groups__name=roles.MEDICAL_REVIEWER) | Q(is_superuser=True)).order_by()


def troubled(who: str, on: date) -> Q:
    """Reviewers who can not, or soon can not, read their pages, by the words of WHO."""
    return {
        "left": Q(active=False),
        "lapsed": Q(active=True) & (Q(credentials_until__lt=on) | Q(credentials="")),
        "lapsing": Q(active=True, credentials_until__gte=on, credentials_until__lte=on + timedelta(days=SOON)),
        "away": Q(active=True, away_until__gte=on),
        "unreached": Q(active=True)
        & (Q(account=None) | Q(account__is_active=False) | Q(account__email="") | ~Q(account__in=_signers())),
    }[who]


def due(when: str, on: date) -> Q:
    """Pages by the words of WHEN."""
    spans = {"week": on + timedelta(days=WEEK), "month": end_of_month(on), "quarter": on + timedelta(days=QUARTER)}
    if when in spans:
        return Q(next_due__gte=on, next_due__lte=spans[when])
    return {"": Q(), "overdue": Q(next_due__lt=on), "none": Q(next_due=None)}[when]


class Question(forms.Form):
    """What can be asked of the pages that are online. Nothing asked: all of them."""

    q = forms.CharField(label=gettext_lazy("Words of the title or the address"), required=False, max_length=100)
    when = forms.ChoiceField(label=gettext_lazy("Due"), choices=WHEN, required=False)
    due_from = Day(label=gettext_lazy("Due from"), required=False)
    due_to = Day(label=gettext_lazy("Due to"), required=False)
    tier = forms.ChoiceField(label=gettext_lazy("Risk tier"), choices=TIERS, required=False)
    why = forms.ChoiceField(label=gettext_lazy("Due because of"), choices=WHY, required=False)
    reviewer = forms.CharField(label=gettext_lazy("Assigned to"), required=False, max_length=18)
    condition = forms.IntegerField(label=gettext_lazy("Condition"), required=False, min_value=1, max_value=2**31)
    before = Day(label=gettext_lazy("Last reviewed before"), required=False)

    @classmethod
    def of(cls, query: str | Mapping[str, Any]) -> "Question":
        """As an address says it. What it says beside the question, as the place in the list, is no part of it."""
        said = QueryDict(query) if isinstance(query, str) else query
        return cls({name: said.get(name, "") for name in cls.base_fields})

    def clean_reviewer(self) -> str:
        who: str = self.cleaned_data["reviewer"]
        if who not in dict(WHO) and not who.isdecimal():
            raise forms.ValidationError(_("Choose somebody from the list."))
        return who

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("due_from") and data.get("due_to") and data["due_from"] > data["due_to"]:
            self.add_error("due_to", _("The last day is before the first."))
        return data

    def asked(self) -> dict[str, str]:
        """What is asked, as it was typed; without what is not."""
        return {name: str(self.data[name]).strip() for name in self.fields if str(self.data[name]).strip()}

    def query(self, **other: Any) -> str:
        """The same question as part of an address, with something else in it."""
        said = QueryDict(mutable=True)
        said.update({name: str(value) for name, value in {**self.asked(), **other}.items() if value})
        return said.urlencode()

    def spelled_out(self, person: User) -> str:
        """The same for somebody who is not `person`."""
        if self.asked().get("reviewer") != "me":
            return self.query()
        own = Reviewer.objects.filter(account=person).values_list("pk", flat=True).first()
        return self.query(reviewer=own or 0)

    def pages(self, on: date, person: User | None = None) -> QuerySet[Published]:
        """Pages online that it asks for, in no order. Raises NotAQuestion."""
        if not self.is_valid():
            raise NotAQuestion(_("This filter is not understood: %(why)s") % {"why": self.said_wrong()})
        data = self.cleaned_data
        rules = {
            "due_from": "next_due__gte",
            "due_to": "next_due__lte",
            "tier": "risk_tier",
            "why": "due_why",
            "condition": "about",
            "before": "last_reviewed_on__lt",
        }
        found = Published.objects.live().filter(due(data["when"], on))
        found = found.filter(**{rule: data[name] for name, rule in rules.items() if data[name]})
        if said := data["q"]:
            found = found.filter(saying(said))
        return found.filter(_assigned(data["reviewer"], on, person))

    def listed(self, on: date, person: User) -> tuple[QuerySet[Published], int | None]:
        """The same, and how many where that is known already: words are looked for in every title, and only once. One
        query where some are asked for."""
        pages = self.pages(on, person)
        if not self.cleaned_data["q"]:
            return pages, None
        found = list(pages.order_by().values_list("pk", flat=True)[: FEW + 1])
        return (Published.objects.filter(pk__in=found), len(found)) if len(found) <= FEW else (pages, None)

    def said_wrong(self) -> str:
        """What is not understood, in a line."""
        return " ".join(str(one) for errors in self.errors.values() for one in errors)


def saying(words: str) -> Q:
    """Whether title or address have these words in them, of pages or articles."""
    says = Says if words.isascii() else IContains
    found = Q(says(F("title"), words))
    if validators.slug_re.match(words):  # else no address has them, and none needs to be looked at
        found |= Q(says(F("slug"), words))
    return found


def _assigned(who: str, on: date, person: User | None) -> Q:
    if not who:
        return Q()
    if who == "none":
        return Q(reviewer=None)
    if who == "me":
        if person is None:
            raise NotAQuestion(_("Nobody is here to be “me”."))
        return Q(reviewer__account=person)
    if who.isdecimal():
        return Q(reviewer=int(who))
    return Q(reviewer__in=Reviewer.objects.filter(troubled(who, on)))


def chosen(query: str) -> QuerySet[Article]:
    """The articles whose pages the query string of a list asks for, soonest due first. Raises NotAQuestion."""
    pages = Question.of(query).pages(timezone.localdate())
    found = Article.objects.filter(pk__in=pages.order_by().values("article"), addresses__moved_to=None)
    return found.order_by(F("addresses__next_due").asc(nulls_last=True), "addresses__slug")


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of the list, and the places where the next ones and those before them are; "" where there are none."""

    pages: list[Published]
    after: str
    back: str = ""


def part(pages: QuerySet[Published], after: str = "", *, back: str = "", size: int = PAGE) -> Part:
    """The lines that follow a place, or those that come before one; soonest due first, those without a date last.
    However far from the beginning the place is, only lines that are shown are read."""
    if back:
        found = _before(pages, *_place(back), size + 1)
        if len(found) <= size:
            return part(pages, size=size)  # the first part is never a short one
        return Part(found[1:], _named(found[-1]), _named(found[1]))
    found = _following(pages, *_place(after), size + 1)
    later = _named(found[size - 1]) if len(found) > size else ""
    return Part(found[:size], later, _named(found[0]) if after and found else "")


def _following(pages: Any, day: str, slug: str, most: int) -> list[Published]:
    dated, undated = pages.filter(next_due__isnull=False), pages.filter(next_due=None)
    if start := _day(day):
        # The first half alone lets an index be used.
        dated = dated.filter(Q(next_due__gte=start) & (Q(next_due__gt=start) | Q(slug__gt=slug)))
    elif slug and not day:
        return _read(undated.filter(slug__gt=slug).order_by("slug"), most)
    found = _read(dated.order_by("next_due", "slug"), most)
    return found + _read(undated.order_by("slug"), most - len(found))


def _before(pages: Any, day: str, slug: str, most: int) -> list[Published]:
    dated, undated, found = pages.filter(next_due__isnull=False), pages.filter(next_due=None), list[Published]()
    if start := _day(day):
        dated = dated.filter(Q(next_due__lte=start) & (Q(next_due__lt=start) | Q(slug__lt=slug)))
    else:
        found = _read(undated.filter(slug__lt=slug).order_by("-slug"), most)
    return _read(dated.order_by("-next_due", "-slug"), most - len(found)) + found


def _read(found: Any, most: int) -> list[Published]:
    """The first of these, in the order of the list. The index chooses them, before anything of them is read."""
    if not most:
        return []
    rows = Published.objects.filter(pk__in=found.values("pk")[:most]).only(*COLUMNS)
    return list(rows.select_related("reviewer", "about").order_by("next_due", "slug"))


def _place(said: str) -> tuple[str, str]:
    day, _sign, slug = said.replace("\x00", "").partition("~")
    return day, slug


def _named(page: Published) -> str:
    """Its place."""
    return f"{page.next_due or ''}~{page.slug}"


def every(pages: QuerySet[Published], most: int | None = None) -> QuerySet[Published]:
    """All lines in the order of the list, to be read once."""
    listed = pages.select_related("reviewer", "about").only(*COLUMNS)
    return listed.order_by(F("next_due").asc(nulls_last=True), "slug")[:most]


def count(pages: QuerySet[Published], shown: Part, place: str) -> int:
    """How many there are; MANY + 1 stands for more. No question where the lines that are shown are all."""
    return len(shown.pages) if not (place or shown.after) else pages.order_by()[: MANY + 1].count()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer beside their own words: options, each of which a template would take ten times as long for
    as for all that it says."""

    conditions: SafeString
    reviewers: SafeString


def choices(question: Question) -> Choices:
    """Conditions and reviewers that can be asked for. Two queries."""
    asked = question.asked()
    people = Reviewer.objects.order_by("name").values_list("pk", "name", "credentials")
    named = ((pk, ", ".join(filter(None, (name, credentials)))) for pk, name, credentials in people)
    conditions = Condition.objects.order_by("name").values_list("pk", "name")
    return Choices(_options(conditions, asked.get("condition")), _options(named, asked.get("reviewer")))


def _options(rows: Iterable[tuple[int, str]], chosen: str | None) -> SafeString:
    selected = mark_safe(" selected")  # a word of HTML, and of nobody else
    marked = ((pk, selected if str(pk) == chosen else "", name) for pk, name in rows)
    return format_html_join("", '<option value="{}"{}>{}</option>', marked)
