"""A site with one row of everything, its real addresses, and browsers in which people are signed in."""

from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client

from articles.models import (
    Alert,
    Autosave,
    BulkRun,
    Condition,
    Edition,
    FactValue,
    Published,
    ReviewPaper,
    SavedFilter,
    SignOff,
    StoryConsent,
)
from references.models import Merge, Source, SourceChange
from references.writing import FORMATS
from tests import cast
from tests.articles import archive, stories
from tests.articles.pictures import library
from tests.permissions import people
from tests.remembering import remembered

BELOW: dict[str, Any] = {
    "articles/article/editions/": Edition,
    "articles/article/unsaved/": Autosave,
    "articles/article/due/filters/": SavedFilter,
    "references/source/merge/": Merge,
    "articles/article/news/": SourceChange,
    "articles/article/news/alert/": Alert,
    "articles/article/news/fact/": FactValue,
    "articles/article/bulk/": BulkRun,
    "articles/patientstory/consent/": StoryConsent,
    "articles/review/paper/": ReviewPaper,
}


@remembered
def filled() -> None:
    """One row of every model that an address can name."""
    archive.fill()
    Condition.objects.create(name="Example", slug="example")
    Group.objects.create(name="Translators")
    Source.objects.create(title="Nothing leans on this one")
    SignOff.objects.get_or_create(tier="high", kind="plain", defaults={"required": False})
    cast.cast()
    library.uploaded(120, 120)
    BulkRun.objects.create(deed="defer", by=cast.person("stan"), at=cast.NOON)
    stories.fresh(paper=stories.PDF)
    SavedFilter.objects.create(person=cast.person("wanda"), name="Overdue", query="when=overdue", at=cast.NOON)
    Autosave.objects.create(person=cast.person("wanda"), draft_key="a-form", fields={}, base_revision=0, at=cast.NOON)


def place(row: str) -> str:
    """A row's real address: # is the newest row of its model; of accounts, one without a role."""
    if "#" not in row:
        return f"/admin/{row}"
    before, (label, model) = row.partition("#")[0], row.split("/")[:2]
    table = BELOW.get(before) or apps.get_model(label, model)
    newest = User.objects.get(username="sam") if table is User else table._default_manager.latest("pk")
    return f"/admin/{row.replace('#', str(newest.pk))}"


def browser(letter: str) -> Client:
    """A browser in which this person is signed in, if that is possible."""
    client = Client(raise_request_exception=False)
    if letter != people.VISITOR:
        doer = people.account(letter)
        client.force_login(doer)
        people.settled(doer, letter)
    return client


def public_addresses() -> list[str]:
    """Every kind of address that a reader can open, of the newest page."""
    slug = Published.objects.filter(moved_to=None).latest("pk").slug
    below = ["", "history/", "editions/1/", "editions/2/changes/1/", "changes/?from=1&to=2"]
    below += [f"references.{extension}" for extension in FORMATS]
    below += ["references/", "references/by-year/", "references/by-author/", "references/by-kind/"]
    below += ["handout.pdf", "handout-large-print.pdf"]
    site = [
        "/",
        "/healthz",
        "/editorial-policy/",
        "/nowhere/",
        "/reviewers/",
        "/reviewers/rosa/",
        "/privacy/",
        "/about/",
    ]
    return [*site, *(f"/{slug}/{one}" for one in below)]


def routes(patterns: Any, prefix: str = "") -> set[str]:
    """Every address below these patterns, as its pattern."""
    below = [p for p in patterns if hasattr(p, "url_patterns")]
    own = {prefix + str(p.pattern).removeprefix("^") for p in patterns if p not in below}
    return own.union(*(routes(p.url_patterns, prefix + str(p.pattern)) for p in below))
