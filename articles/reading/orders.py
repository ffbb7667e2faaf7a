"""The orders in which the references of a page can be listed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.leaning import Leaning
from articles.page import Reference
from references.models import Source

KINDS = dict(Source.Kind.choices)


@dataclass(frozen=True, slots=True)
class Row:
    """A reference and what leans on it."""

    reference: Reference
    leaning: Leaning

    @property
    def kind(self) -> str:
        return str(KINDS.get(self.reference.source.kind, ""))

    @property
    def year(self) -> str:
        return self.reference.source.published[:4]

    @property
    def author(self) -> str:
        """Who comes first in the printed entry: a person, an organization, a publisher; else the title."""
        source = self.reference.source
        return next(iter(source.authors), "") or source.organization or source.publisher or source.title


@dataclass(frozen=True, slots=True)
class Order:
    """`name` says what the list goes by; rows stand in groups under `heading`, where that says something."""

    name: object
    sort: Callable[[Row], object] | None = None
    descending: bool = False
    heading: Callable[[Row], str] = lambda row: ""


ORDERS = {
    "": Order(gettext_lazy("As numbered")),
    "by-year": Order(
        gettext_lazy("By year"),
        sort=lambda row: row.year,
        descending=True,
        heading=lambda row: row.year or _("Without a year"),
    ),
    "by-author": Order(gettext_lazy("By author"), sort=lambda row: row.author.casefold()),
    "by-kind": Order(gettext_lazy("By kind"), sort=lambda row: row.kind.casefold(), heading=lambda row: row.kind),
}


def grouped(rows: Iterable[Row], order: Order) -> list[tuple[str, list[Row]]]:
    # A stable sort: rows that come equal stay as numbered.
    ordered = sorted(rows, key=order.sort, reverse=order.descending) if order.sort else list(rows)  # type: ignore[arg-type]
    return [(heading, list(group)) for heading, group in groupby(ordered, key=order.heading)]
