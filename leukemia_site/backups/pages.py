"""What stands at every public address, as a reader gets it, so that a restored site can be held against it."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpResponse
from django.urls import resolve, reverse
from django.utils import timezone
from tqdm import tqdm

from leukemia_site.backups import release, rows


@dataclass(frozen=True)
class Comparison:
    """How many addresses are as they were, which are not, and what was compared."""

    what: str
    equal: int
    differ: list[str]


def taken() -> dict[str, Any]:
    """The pages of this moment, with all that decides how they look."""
    return {"looks": looks(), "html": html(), "words": words()}


def looks() -> dict[str, str]:
    """What decides how a page looks beside the rows: the day, the program and the settings, by name."""
    return {"day": timezone.localdate().isoformat(), "program": release.fingerprint(), **release.marks()}


def html() -> dict[str, str]:
    """A hash of the answer at every address, by path."""
    paths = [reverse("reading:home"), reverse("reading:editorial-policy"), *map(_path, _slugs())]
    with _plain_static_names():
        return {path: _hash(*_answer(path)) for path in tqdm(paths, "Pages", disable=None, leave=False)}


def words() -> dict[str, str]:
    """A hash of what is said at every address, by path, whatever the page around it looks like."""
    found = rows.plain(apps.get_model("articles.Published")).select_related("edition").order_by("pk")
    return {
        _path(row.pk): _hash(row.edition.content if row.edition else "", row.moved_to_id or "", row.withdrawn_reason)
        for row in found.iterator(chunk_size=100)
    }


def compare(then: dict[str, Any]) -> Comparison:
    """Hold today's pages against those of a backup: byte by byte if nothing else changed, else by their words."""
    was, now = then["looks"], looks()
    changed = sorted(name for name in {*was, *now} if was.get(name) != now.get(name))
    before, after = (then["words"], words()) if changed else (then["html"], html())
    differ = sorted(path for path in {*before, *after} if before.get(path) != after.get(path))
    what = f"by their words, as these have changed: {', '.join(changed)}" if changed else "byte by byte"
    return Comparison(what, len({*before, *after}) - len(differ), differ)


def _slugs() -> list[str]:
    return sorted(rows.plain(apps.get_model("articles.Published")).values_list("pk", flat=True))


def _path(slug: str) -> str:
    return reverse("reading:article", args=[slug])


def _answer(path: str) -> tuple[str, ...]:
    """Status, place it sends to, and body: what the view answers to a plain GET of a visitor."""
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "wsgi.input": io.BytesIO()}
    match = resolve(path)
    try:
        answer: HttpResponse = match.func(WSGIRequest(environ), *match.args, **match.kwargs)
    except Http404:
        return ("404",)
    return str(answer.status_code), answer.headers.get("Location", ""), answer.content.decode()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@contextmanager
def _plain_static_names() -> Iterator[None]:
    """Pages name style sheets as the source does: an empty machine may not have collected them yet, and what is in
    them is part of the program's own fingerprint."""
    lazy: Any = staticfiles_storage
    kept, lazy._wrapped = lazy._wrapped, StaticFilesStorage()
    try:
        yield
    finally:
        lazy._wrapped = kept
