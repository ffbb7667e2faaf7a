"""How lists of sources are counted: no further than anybody reads."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

COUNTED = 10_000  # nobody turns more pages than these fill, and counting on would take longer than reading


class Counted(Paginator):  # type: ignore[type-arg]  # no generic at run time
    """Counts and lists no more than COUNTED rows; `more` says that there are others."""

    @cached_property
    def _counted(self) -> int:
        rows: Any = self.object_list
        if not isinstance(rows, QuerySet):
            return len(rows)
        return rows.order_by()[: COUNTED + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self._counted, COUNTED)

    @property
    def more(self) -> bool:
        return self._counted > COUNTED
