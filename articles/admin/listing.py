"""The list of articles: where each stands, when its page was reviewed and is due, and by whom."""

import re
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest
from django.utils import formats, timezone
from django.utils.html import escape, format_html
from django.utils.text import capfirst, unescape_string_literal
from django.utils.translation import gettext_lazy as _

from articles import roles
from articles.admin import many, standing
from articles.admin.desk import ModelAdmin, asked_for
from articles.admin.due_list import saying
from articles.models import Article, Condition, Published, Revision


class ThoseWithoutLast(OrderBy):
    """By what their pages say; those of which nothing is said at the end whichever way it runs, on both engines."""

    def __init__(self, expression: Any, descending: bool = False, **_kwargs: Any) -> None:
        super().__init__(expression, descending=descending, nulls_last=True)

    def reverse_ordering(self) -> Any:
        self.descending = not self.descending
        return self


class AsPagesHaveIt:
    """Articles by a date or a name that their pages say, and then those without one. Of dates an index has the order:
    what is sliced is read, and not all of them put in order."""

    ordered = True

    def __init__(self, articles: QuerySet[Any], told: Any, *then: Any) -> None:
        column = standing.ORDERS[told.expression.name]
        there = {"moved_to": None, f"{column}__isnull": False}
        with_it = articles.filter(**{f"addresses__{name}": value for name, value in there.items()})
        first = f"{'-' if told.descending else ''}addresses__{column}"
        self._all, self._with = articles, with_it.order_by(first, *then)
        self._others = articles.exclude(pk__in=Published.objects.filter(**there).order_by().values("article"))
        self._others = self._others.order_by(*then)

    def count(self) -> int:
        """All of them."""
        return self._all.count()

    def __getitem__(self, part: slice) -> list[Any]:
        found = list(self._with[part])
        missing = part.stop - part.start - len(found)
        if missing:
            start = 0 if found else part.start - self._with.count()
            found += self._others[start : start + missing]
        return found


class Articles(ChangeList):
    """Articles with what is told of them. Only here: a row that is locked may not be joined (PostgreSQL). And only of
    the rows of one screen: what is counted and put in order is every article there is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = capfirst(str(Article._meta.verbose_name_plural))

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        self.root_queryset = standing.dated(self.model_admin.get_queryset(request))
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        shown = [row.pk for row in self.result_list]
        told = standing.told(Article.objects.select_related("condition")).in_bulk(shown)
        self.result_list = [told[pk] for pk in shown if pk in told]


def among(queryset: QuerySet[Any], true: Q) -> QuerySet[Any]:
    """Those of which this is true once they are told of."""
    return queryset.filter(pk__in=standing.told(Article.objects.order_by()).filter(true).values("pk"))


def words_of(search: str) -> list[str]:
    """What is searched for, without the quotation marks around what is looked for as one."""
    quoted = re.compile(r"""(["']).*\1""", re.DOTALL)
    return [unescape_string_literal(one) if quoted.fullmatch(one) else one for one in asked_for(search)]


class ByState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [(key, name) for key, (name, _true) in standing.STATES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        state = self.value() or ""
        if state not in standing.STATES:
            return queryset
        said = standing.said_by(state)
        return among(queryset, standing.STATES[state][1]) if said is None else queryset.filter(said)


class ByDue(admin.SimpleListFilter):
    title = _("review dates")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        soon = _("Due in %(days)d days") % {"days": standing.SOON}
        return [("soon", soon), ("overdue", _("Overdue")), ("never", _("Never reviewed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        asked = {"soon": standing.due_soon(today), "overdue": standing.overdue(today)}
        chosen = self.value() or ""
        if chosen == "never":
            return queryset.filter(standing.never_reviewed())
        if chosen not in asked:
            return queryset
        pages = Published.objects.live().order_by().filter(asked[chosen])
        return queryset.filter(pk__in=pages.values("article"))


class ByHand(admin.SimpleListFilter):
    title = _("who began or changed it")
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("mine", _("Me")), ("left", _("Somebody who has left"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        those: dict[str, Any] = {"mine": {"username": request.user.get_username()}, "left": {"is_active": False}}
        if self.value() not in those:
            return queryset
        people = User.objects.filter(**those[self.value() or ""])
        changed = Revision.objects.order_by().filter(by__in=people)
        return queryset.filter(Q(started_by__in=people) | Q(pk__in=changed.values("article")))


class ByCondition(admin.RelatedOnlyFieldListFilter):
    """Those without one have a name among the others, and no dash."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = escape(_("No condition"))


class InBin(admin.SimpleListFilter):
    """What is in the bin is nowhere else."""

    title = _("bin")
    parameter_name = "bin"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return [("in", _("In the bin"))]

    def choices(self, changelist: Any) -> Any:
        everything, *others = super().choices(changelist)
        return [{**everything, "display": _("Not in the bin")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(binned_at__isnull=self.value() != "in")


class ListsArticles(ModelAdmin):
    """The list's half of the article admin."""

    list_display = ("title", "state", "next_due", "last_reviewed", "reviewed_by", "risk_tier", "condition")
    list_filter = (ByDue, ByState, ByHand, "risk_tier", ("condition", ByCondition), "is_demo", InBin)
    list_select_related = ("condition",)
    list_per_page = 50
    show_full_result_count = False  # of a hundred thousand, beside how many fit
    search_fields = ("title", "slug", "condition__name", "condition__names__name")
    search_help_text = _("Title, address, or any name of the condition")
    actions = many.ACTIONS
    change_list_template = "admin/articles/article/dates/list.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Articles

    def has_record_review_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, "record_review")

    def has_keep_dates_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, "keep_dates")

    def has_request_review_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, "request_review")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        works_on_many = many.may_any(request.user)
        return super().changelist_view(request, {"works_on_many": works_on_many, **(extra_context or {})})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Those of which each word is said. Conditions are few and looked for first: joined to every article, each
        of these would be looked at once for every name of its condition, and told from itself."""
        for word in words_of(search_term):
            conditions = Condition.objects.filter(Q(name__icontains=word) | Q(names__name__icontains=word))
            queryset = queryset.filter(saying(word) | Q(condition__in=conditions.order_by().values("pk")))
        return queryset, False

    def get_paginator(self, request: HttpRequest, queryset: QuerySet[Any], per_page: int, *args: Any) -> Any:
        """Of numbers alone, whose rows are told of afterwards."""
        rows: Any = queryset.select_related(None).only("pk")
        order = rows.query.order_by
        if order and isinstance(order[0], ThoseWithoutLast):
            rows = AsPagesHaveIt(rows, *order)
        return super().get_paginator(request, rows, per_page, *args)

    @admin.display(description=_("state"))
    def state(self, row: Article) -> str:
        return format_html('<span class="standing {}">{}</span>', standing.states(row)[0], standing.state_words(row))

    @admin.display(description=_("last reviewed"), ordering=ThoseWithoutLast(F("last_reviewed")), empty_value="–")
    def last_reviewed(self, row: Any) -> str | None:
        return formats.date_format(row.last_reviewed) if row.last_reviewed else None

    @admin.display(description=_("next review due"), ordering=ThoseWithoutLast(F("next_due")), empty_value="–")
    def next_due(self, row: Any) -> str | None:
        today = timezone.localdate()
        if not row.next_due:
            return None
        kind = "overdue" if row.next_due < today else "soon" if (row.next_due - today).days <= standing.SOON else "far"
        return format_html('<span class="due {}">{}</span>', kind, standing.due_words(row.next_due, today))

    @admin.display(description=_("reviewer"), ordering=ThoseWithoutLast(F("reviewed_by")), empty_value="–")
    def reviewed_by(self, row: Article) -> str | None:
        return standing.reviewer_words(row) or None
