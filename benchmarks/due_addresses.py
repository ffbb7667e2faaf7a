"""What the staff waits for: every address of the desk and the list of due dates, as their links and forms say it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles import filters
from articles.admin import due_list
from articles.admin.due_list import Question
from articles.models import Article, Published, SavedFilter

SAVED = {
    "Mine to chase": "when=overdue&tier=high",
    "Nobody's": "reviewer=none&when=month",
    "Who left": "reviewer=left",
    "News": "why=event",
    "Old ones": "before=2025-01-01&tier=low",
}


def address(name: str, query: str = "") -> str:
    """A screen of the article list, and what it is asked."""
    return reverse(f"admin:articles_{name}") + (f"?{query}" if query else "")


def save_filters(stan: User) -> None:
    """As many as the desk shows."""
    for name, query in SAVED.items():
        if not SavedFilter.objects.filter(person=stan, name=name).exists():
            filters.save(name, query, shared=True, by=stan, at=timezone.now())


def questions(on: date) -> dict[str, str]:
    """Every filter of the list with each of its words, and some together. Raises RuntimeError if one was left out."""
    first = Article.objects.exclude(reviewer=None).exclude(condition=None).order_by("pk").first()
    doctor, condition = (first.reviewer_id, first.condition_id) if first else (0, 0)
    found = {f"when {one}": f"when={one}" for one, _name in due_list.WHEN if one}
    found |= {f"tier {one}": f"tier={one}" for one, _name in due_list.TIERS if one}
    found |= {f"why {one}": f"why={one}" for one, _name in due_list.WHY if one}
    found |= {f"reviewer {one}": f"reviewer={one}" for one, _name in due_list.WHO if one}
    found |= {
        "reviewer by name": f"reviewer={doctor}",
        "condition": f"condition={condition}",
        "due from and to": urlencode({"due_from": on + timedelta(days=100), "due_to": on + timedelta(days=130)}),
        "reviewed before": f"before={on - timedelta(days=700)}",
        "words": "q=disease+017",
        "words, no hit": "q=zzzz",
        "words of one page": "q=page-004711",
        "doctor and tier": f"reviewer={doctor}&tier=high",
        "who left, overdue": "reviewer=left&when=overdue",
        "condition and words": f"condition={condition}&q=part+0",
        "all filters": f"q=disease&when=quarter&tier=standard&why=tier&reviewer=lapsed&before={on}",
    }
    asked = {name for query in found.values() for name in Question.of(query).asked()}
    if left := set(Question.base_fields) - asked:
        raise RuntimeError(f"no question asks for {', '.join(sorted(left))}")
    return found


def parts(name: str, query: str) -> Iterator[tuple[str, str]]:
    """Parts of the list far from its beginning, and the way back from them."""
    pages, on = Question.of(query).pages(timezone.localdate()), timezone.localdate()
    count = pages.count()
    listed: Any = due_list.every(pages)
    for said, place in (("half way", count // 2), ("the last", max(count - due_list.PAGE, 1))):
        row: Published = listed[place - 1]
        there = f"{row.next_due or ''}~{row.slug}"
        for way, words in (("after", said), ("back", f"{said}, back")):
            yield f"{name}, {words}", "&".join(filter(None, (query, urlencode({way: there}))))
    if not count:
        raise RuntimeError(f"{name} finds nothing on {on}")


def lists(on: date) -> dict[str, str]:
    """The list under every question, and its far parts."""
    found = {"due list": "", **{f"due list, {name}": query for name, query in questions(on).items()}}
    for name, query in (("due list", ""), ("due list, tier high", "tier=high"), ("due list, nobody", "reviewer=none")):
        found |= dict(parts(name, query))
    for name, query in found.items():
        if not Question.of(query).is_valid():
            raise RuntimeError(f"{name}: no filter of the list is {query}")
    return {name: address("article_due", query) for name, query in found.items()}
