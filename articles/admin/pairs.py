"""What is shown of two records side by side, and of one beside those that look like it."""

import hashlib
import json
from typing import Any

from django.contrib.admin.utils import label_for_field
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst

from articles import library, roles
from articles.admin import usage
from references import merging
from references.models import Likeness, Source

SHOWN = 10  # articles with their sentences; the others are on a page of their own
_COMPARED = ("kind", "title", *merging.FIELDS)


def address(keep: Source, gone: Source) -> str:
    """Where these two stand side by side."""
    return f"{reverse('admin:references_source_merge')}?{urlencode({'keep': keep.pk, 'gone': gone.pk})}"


def shown(keep: Source, gone: Source, fill: list[str]) -> dict[str, Any]:
    """The two records, what a merge would fill in and move, whom it would ask, and why it may not be done."""
    empty = merging.fillable(keep, gone)
    return {
        "keep": keep,
        "gone": gone,
        "rows": [_row(name, keep, gone, fill) for name in _COMPARED if _text(keep, name) or _text(gone, name)],
        "filled": bool(empty),
        "conflicts": [name_of(name) for name in merging.conflicts(keep, gone)],
        "problems": list(merging.problems(keep, gone)),
        "touched": library.touched(keep, gone, [name for name in empty if name in fill]),
        "uses": usage.of(gone, per_page=SHOWN),
        "other_way": address(gone, keep),
        "seen": seen(keep, gone),
    }


def seen(keep: Source, gone: Source) -> str:
    """A hash of all that the two say. What was confirmed is what was shown, or it is shown again."""
    said = [[str(getattr(source, name) or "") for name in _COMPARED] for source in (keep, gone)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _row(name: str, keep: Source, gone: Source, fill: list[str]) -> dict[str, Any]:
    mine, theirs = _text(keep, name), _text(gone, name)
    empty = name in merging.fillable(keep, gone)
    return {
        "name": name,
        "label": name_of(name),
        "keep": mine,
        "gone": theirs,
        "differs": mine != theirs,
        "fill": empty and name not in merging.IDENTIFIERS,
        "always": empty and name in merging.IDENTIFIERS,
        "ticked": name in fill,
    }


def _text(source: Source, name: str) -> str:
    shown = getattr(source, f"get_{name}_display", None)
    return str(shown() if shown else getattr(source, name) or "")


def name_of(name: str) -> str:
    """A field in words."""
    return capfirst(str(label_for_field(name, Source))) if name not in merging.IDENTIFIERS else name.upper()


def panel(source: Source, user: Any) -> dict[str, Any]:
    """What the page of a source shows of records like it, of merges and of its use."""
    alike = Likeness.objects.unanswered().of(source).select_related("one", "other")
    return {
        "alike": [(other, address(source, other)) for pair in alike for other in _others(pair, source)],
        "merges": source.took_in.standing().select_related("gone", "by"),
        "merge_of_it": source.merges.standing().select_related("keep", "by").first(),
        "may_merge": roles.may(user, "merge_sources"),
        "uses": usage.of(source, per_page=SHOWN // 2),
    }


def _others(pair: Likeness, source: Source) -> list[Source]:
    return [one for one in (pair.one, pair.other) if one.pk != source.pk]
