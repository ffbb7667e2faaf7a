"""The lines of the first page, which lists every page. Prepared here: there are thousands of them, and few days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Published

COLUMNS = ("slug", "title", "description", "condition_name", "is_demo", "last_reviewed_on", "unreviewed_since")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One page. `reviewed` and `changed` say when, in words, or nothing."""

    address: str
    title: str
    description: str
    condition_name: str
    is_demo: bool
    reviewed: str
    changed: str


def lines() -> list[Line]:
    """Every page online, by condition; pages without one come last. One query."""
    rows: Iterable[Any] = Published.objects.live().values_list(*COLUMNS)
    # The pattern once, not the resolver ten thousand times.
    before, after = reverse("reading:article", args=["x"]).split("x")
    reviewed, changed = cache(_reviewed), cache(_changed)  # for this one list: languages are not among the keys
    found = [
        Line(
            **{"address": f"{before}{slug}{after}", "title": title, "description": said, "condition_name": condition},
            **{"is_demo": is_demo, "reviewed": reviewed(on), "changed": changed(since)},
        )
        for slug, title, said, condition, is_demo, on, since in rows
    ]
    # Sorted here, because the two engines disagree about capitals and accents.
    return sorted(found, key=_place)


def _place(line: Line) -> tuple[bool, str, str, str]:
    return not line.condition_name, line.condition_name.casefold(), line.title.casefold(), line.address


def _reviewed(on: date | None) -> str:
    return _("Last reviewed %(on)s") % {"on": _day(on)} if on else ""


def _changed(on: date | None) -> str:
    return _("Changed in an emergency on %(on)s, not yet medically reviewed") % {"on": _day(on)} if on else ""


def _day(on: date) -> str:
    return str(date_format(on, "F j, Y"))
