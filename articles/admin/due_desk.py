"""The figures of the desk for review dates. A handful of questions, whatever the number of pages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Case, CharField, Count, Exists, F, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import formats
from django.utils.translation import gettext as _

from articles.admin import due_list
from articles.admin.desk import day
from articles.dates import add_months
from articles.models import Article, Condition, Message, Published, Reviewer

TOP = 6  # rows of a table on the desk
MONTHS = 12
OVERDUE, LATER = "overdue", "later"


class MonthOf(Func):
    """The month of a day, as 2026-11."""

    output_field = CharField()
    arity = 1

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="to_char(%(expressions)s, 'YYYY-MM')", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # Days are kept as texts; Django's own functions would ask Python about every one.
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 1, 7)", **context)


PARTS = ("overdue", "week", "month")


@dataclass(slots=True)
class Due:
    """How many pages of one kind are due, and where they are listed."""

    name: str
    query: str
    overdue: int = 0
    week: int = 0
    month: int = 0
    pk: int = 0

    def add(self, row: Mapping[str, Any]) -> "Due":
        """So many more."""
        for name in PARTS:
            setattr(self, name, getattr(self, name) + row[name])
        return self


@dataclass(slots=True)
class Load:
    """What one reviewer has to read: pages in all, overdue, and by month. `pk` 0 is nobody."""

    pk: int
    name: str = ""
    pages: int = 0
    overdue: int = 0
    months: dict[str, int] = field(default_factory=dict)

    def add(self, part: str, count: int) -> None:
        """So many pages more, in one part of the year."""
        self.pages += count
        if part == OVERDUE:
            self.overdue += count
        elif part != LATER:
            self.months[part] = count

    @property
    def query(self) -> str:
        return f"reviewer={self.pk or 'none'}"

    @property
    def ahead(self) -> int:
        """What falls due within the months that are shown, and what should have been read by now."""
        return self.overdue + sum(self.months.values())


@dataclass(frozen=True, slots=True)
class Trouble:
    """A reviewer who can not, or soon can not, read the pages that are assigned."""

    pk: int
    name: str
    why: str
    pages: int


def months(on: date) -> list[date]:
    """The first days of the months that are shown, the present one first."""
    return [add_months(on.replace(day=1), number) for number in range(MONTHS)]


@dataclass(frozen=True, slots=True)
class Kinds:
    """What is due by risk tier, and by condition, most overdue first."""

    tiers: list[Due]
    conditions: list[Due]


def by_kind(on: date, most: int | None = None) -> Kinds:
    """One query for both, and one for the names of conditions."""
    tiers = {tier.value: Due(str(tier.label), f"tier={tier.value}") for tier in Article.Tier}
    conditions: dict[int, Due] = {}
    for row in _counted(on, "risk_tier", of="about"):
        tiers[row["risk_tier"]].add(row)
        if pk := row["of"]:
            conditions.setdefault(pk, Due("", f"condition={pk}", pk=pk)).add(row)
    return Kinds(list(tiers.values()), _named(conditions.values(), Condition.objects.only("name"), most))


def total(rows: Iterable[Due]) -> Due:
    """All of them."""
    made = Due(_("All pages"), "")
    for row in rows:
        made.add({name: getattr(row, name) for name in PARTS})
    return made


def by_reviewer(on: date, most: int | None = None) -> list[Due]:
    """Most overdue first; without those pages that nobody has. Two queries."""
    rows = _counted(on, of="reviewer")
    found = [Due("", f"reviewer={pk}", pk=pk).add(row) for row in rows if (pk := row["of"])]
    return _named(found, Reviewer.objects.only("name", "credentials"), most)


def loads(on: date, known: Mapping[int, str] | None = None) -> list[Load]:
    """Every reviewer with a page, and nobody (0), or those whose names are known; who has most to read soon first."""
    shown = months(on)
    slot = Case(
        When(next_due__lt=on, then=Value(OVERDUE)),
        When(Q(next_due=None) | Q(next_due__gte=add_months(shown[-1], 1)), then=Value(LATER)),
        default=MonthOf(F("next_due")),
        output_field=CharField(),
    )
    pages = Published.objects.live().order_by()
    pages = pages if known is None else pages.filter(reviewer__in=list(known))
    rows = pages.values("reviewer", slot=slot).annotate(count=Count("*"))
    found: dict[int, Load] = {}
    for reviewer, part, count in rows.values_list("reviewer", "slot", "count"):
        found.setdefault(reviewer or 0, Load(reviewer or 0)).add(part, count)
    names = known or {one.pk: str(one) for one in Reviewer.objects.filter(pk__in=found).only("name", "credentials")}
    for load in found.values():
        load.name = names.get(load.pk) or _("Nobody")
    return sorted(found.values(), key=lambda load: (-load.ahead, load.name))


def with_pages() -> Any:
    """Reviewers who are asked to read a page that is online."""
    return Reviewer.objects.filter(Exists(Published.objects.live().filter(reviewer=OuterRef("pk"))))


def troubles(on: date, most: int | None = None) -> list[Trouble]:
    """Who left, is away, or has credentials that lapsed or soon will, and has pages; who left first. One query."""
    rules = Q()
    for who in ("left", "lapsed", "lapsing", "away"):
        rules |= due_list.troubled(who, on)
    rows: Any = with_pages().filter(rules).order_by("active", "credentials_until", "name")
    pages = Published.objects.live().filter(reviewer=OuterRef("pk"))
    rows = rows.annotate(pages_held=how_many(pages)).only(
        "name", "credentials", "credentials_until", "active", "away_until"
    )
    return [Trouble(row.pk, str(row), why(row, on), row.pages_held) for row in rows[:most]]


def why(row: Reviewer, on: date) -> str:
    """What is the matter with a reviewer, in words; "" if nothing is."""
    if not row.active:
        return _("left")
    said = []
    if not row.credentials:
        said.append(_("no credentials on record"))
    elif row.credentials_until and row.credentials_until < on:
        said.append(_("credentials lapsed on %(day)s") % {"day": day(row.credentials_until)})
    elif row.credentials_until and (row.credentials_until - on).days <= due_list.SOON:
        said.append(_("credentials lapse on %(day)s") % {"day": day(row.credentials_until)})
    if row.is_away(on) and row.away_until:
        said.append(_("away until %(day)s") % {"day": day(row.away_until)})
    return ", ".join(said)


def asked(on: date) -> dict[str, Any]:
    """Questions whose answer is one number."""
    live = Published.objects.live()
    return {
        "news": live.filter(event_since__lte=on),
        "unassigned": live.filter(reviewer=None),
        "undated": live.filter(next_due=None),
        "unreached": due_list.Question.of("reviewer=unreached").pages(on),
        "undelivered": Message.objects.failed(),
    }


def how_many(rows: Any) -> Subquery:
    """The number of these rows, within another question; nothing where there are none."""
    return Subquery(rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("*")).values("n"))


def counts(questions: dict[str, Any], user: Any) -> dict[str, int]:
    """How many rows each finds. One query."""
    number = {name: how_many(rows) for name, rows in questions.items()}
    row: Any = User.objects.values(**number).get(pk=user.pk)  # any table would do, of which one row is known
    return {name: row[name] or 0 for name in questions}


def figures(on: date) -> dict[str, Any]:
    """All of it, for the template."""
    kinds, people, trouble = by_kind(on, TOP + 1), by_reviewer(on, TOP), troubles(on, TOP + 1)
    return {
        "week_ends": on + timedelta(days=due_list.WEEK),
        "month_ends": due_list.end_of_month(on),
        "all": total(kinds.tiers),
        "tiers": kinds.tiers,
        "conditions": kinds.conditions[:TOP],
        "more_conditions": len(kinds.conditions) > TOP,
        "reviewers": people,
        "loads": loads(on, {one.pk: one.name for one in people}) if people else [],
        "troubles": trouble[:TOP],
        "more_troubles": len(trouble) > TOP,
    }


def month_words(first: date) -> str:
    """A month as a head of a column."""
    return formats.date_format(first, "M Y")


def _counted(on: date, *by: str, of: str) -> Any:
    """How many pages are overdue, due this week and this month, by these columns; `of` 0 is none."""
    last = max(due_list.end_of_month(on), on + timedelta(days=due_list.WEEK))
    rows = Published.objects.live().filter(next_due__lte=last).order_by()
    # Not the bare column: SQLite would go through all articles in its order, to be spared sorting a few counts.
    rows = rows.values(*by, of=Coalesce(F(of), 0))
    return rows.annotate(**{name: Count("edition", filter=due_list.due(name, on)) for name in PARTS})


def _named(rows: Iterable[Due], names: Any, most: int | None) -> list[Due]:
    """Most overdue first, and no more than that; these with their names."""
    found = sorted(rows, key=lambda one: (-one.overdue, -one.month, one.pk))[:most]
    known = names.in_bulk([one.pk for one in found])
    for one in found:
        one.name = str(known[one.pk])
    return found
