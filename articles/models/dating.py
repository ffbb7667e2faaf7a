"""The derivation of due dates (articles/due.py) in SQL, for all pages at once, on both engines."""

from datetime import date
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Case, DateField, F, Func, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce, Least, NullIf
from django.db.models.lookups import Exact

from articles.due import Policy, Why

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)
_NEVER = Value("9999-12-31", DateField())  # `Least` of nothing is nothing on one engine, and the rest on the other


class AddMonths(Func):
    """The same day so many months later; the last day of a shorter month (articles.dates.add_months)."""

    output_field = DateField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "(%(expressions)s)::date"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" + INTERVAL '1 month' * ", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        # SQLite overflows into the month after, where the day does not exist; every month has 28.
        (day, day_values), (months, month_values) = (compiler.compile(one) for one in self.get_source_expressions())
        first = f"date({day}, 'start of month', '+' || {{}} || ' months', {{}})"
        same = first.format(months, f"'+' || (strftime('%%d', {day}) - 1) || ' days'")
        last = first.format(f"({months} + 1)", "'-1 day'")
        exists = f"substr({day}, 9) <= '28' THEN date({day}, '+' || {months} || ' months')"
        values = (*day_values, *day_values, *month_values)
        values += (*day_values, *month_values, *day_values, *day_values, *month_values)
        return f"CASE WHEN {exists} ELSE MIN({same}, {last}) END", values


class AddDays(Func):
    """So many days later."""

    output_field = DateField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" + ", **context)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        (day, day_values), (days, days_values) = (compiler.compile(one) for one in self.get_source_expressions())
        return f"date({day}, '+' || {days} || ' days')", (*day_values, *days_values)


class DaysBetween(Func):
    """How many days the second date comes after the first."""

    output_field = IntegerField()
    arity = 2

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        (first, first_values), (last, last_values) = (compiler.compile(one) for one in self.get_source_expressions())
        return f"({last} - {first})", (*last_values, *first_values)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        (first, first_values), (last, last_values) = (compiler.compile(one) for one in self.get_source_expressions())
        return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)", (*last_values, *first_values)


class DatedQuerySet(models.QuerySet[Row_co]):
    """Pages, whose columns say what their due dates follow from (`derived`), and what follows (everything else)."""

    def overdue(self, on: date) -> Self:
        """Pages whose due date has passed. On the day itself there is still time."""
        return self._online().filter(next_due__lt=on)

    def due_between(self, first: date, last: date) -> Self:
        """Pages that fall due from the first day to the last, both counted."""
        return self._online().filter(next_due__gte=first, next_due__lte=last)

    def because(self, why: Why) -> Self:
        """Pages whose due date follows from this. `Why.NONE`: those that nobody ever reviewed, and have no date."""
        return self._online().filter(due_why=why)

    def with_overdue_by(self, on: date) -> Any:
        """With `overdue_by`: how many days have gone by since the due date; 0 on the day itself and before."""
        return self.annotate(overdue_by=_overdue_by("next_due", on))

    def _online(self) -> Self:
        return self.filter(edition__isnull=False)

    def derived(self, policy: Policy, *, on: date | None = None) -> Any:
        """With `due`, `why` and `said_from`, from what is known and not from what is stored; `overdue_by` on a day."""
        terms, most = policy.tiers, Value(policy.maximum_months)
        cadence = Least(Coalesce(F("cadence_months"), _by_tier(terms, "months")), most)
        longest = AddMonths(F("last_reviewed_on"), most)
        deferred = Case(When(deferred_until__isnull=False, then=Least(F("deferred_until"), longest)))
        planned = Case(
            When(last_reviewed_on=None, then=Value(None)),
            default=Coalesce(deferred, AddMonths(F("last_reviewed_on"), cadence)),
            output_field=DateField(),
        )
        by_event = AddDays(F("event_since"), _by_tier(terms, "event_days"))
        rows: Any = self.annotate(planned=planned, by_event=by_event)
        first = Least(Coalesce(F("planned"), _NEVER), Coalesce(F("by_event"), _NEVER))
        rows = rows.annotate(due=NullIf(first, _NEVER))
        # Asked of columns, where a column says it: each name of something derived is the whole derivation once more.
        sooner = Q(last_reviewed_on=None) | Q(by_event__lt=F("planned"))
        why = Case(
            When(last_reviewed_on=None, event_since=None, then=Value(Why.NONE)),
            When(Q(event_since__isnull=False) & sooner, then=Value(Why.EVENT)),
            When(deferred_until__isnull=False, then=Value(Why.DEFERRAL)),
            When(cadence_months__isnull=False, then=Value(Why.OVERRIDE)),
            default=Value(Why.TIER),
        )
        rows = rows.annotate(why=why, said_from=_said_from("due", policy))
        return rows if on is None else rows.annotate(overdue_by=_overdue_by("due", on))

    def unsettled(self, policy: Policy) -> Any:
        """Pages of which something else is stored than what follows."""
        # Where the due date is as derived, what follows from it follows from the stored one.
        rows = self._online().derived(policy).annotate(said=_said_from("next_due", policy))
        return rows.filter(moved() | _differ("overdue_from", "said") | ~Q(due_why=F("why")))

    def settle(self, policy: Policy) -> int:
        """Store what follows, where something else is stored. Returns how many rows were not as they should be."""
        count: int = self.unsettled(policy).update(next_due=F("due"), due_why=F("why"), overdue_from=F("said_from"))
        return count


def moved() -> Q:
    """Whether a page of `derived()` has another due date than the stored one."""
    return _differ("next_due", "due")


def _differ(stored: str, derived: str) -> Q:
    # No date differs from every date, and from no other none: SQL would say that it does not know.
    return ~Q(Exact(Coalesce(F(stored), _NEVER), Coalesce(F(derived), _NEVER)))


def _said_from(column: str, policy: Policy) -> AddDays:
    return AddDays(F(column), _by_tier(policy.tiers, "grace_days", more=1))


def _overdue_by(column: str, on: date) -> Case:
    day = Value(on, DateField())
    return Case(When(**{f"{column}__lt": day}, then=DaysBetween(F(column), day)), default=Value(0))


def _by_tier(terms: Any, name: str, *, more: int = 0) -> Case:
    """One number of the policy, for the tier of a row."""
    return Case(*(When(risk_tier=tier, then=Value(getattr(term, name) + more)) for tier, term in terms.items()))
