"""The tables that readers' pages are made of, and what is written down when a row of theirs changes.

Two kinds say all by themselves: "page" names an address, "all" everything. What the others mean for addresses and
sources is found out when somebody asks (asking.py), so that no trigger looks into another table: SQLite lets no table
be rebuilt that another table's trigger names.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from articles.models import (
    Cover,
    Edition,
    PatientStory,
    PolicyTerm,
    Published,
    Review,
    Reviewer,
    ReviewPolicy,
    SiteText,
    StoryText,
)
from references.health import State
from references.models import Retraction, Source


class Kind(StrEnum):
    """What a change is a change of; and what its key is."""

    ALL = "all"
    PAGE = "page"  # an address
    ARTICLE = "article"  # its number
    EDITION = "edition"  # its number
    SOURCE = "source"  # its number
    SOURCE_KEY = "key"  # of a source that is gone
    DOI = "doi"
    REVIEWER = "reviewer"  # the part of an address
    POLICY = "policy"  # nothing
    SITE = "site"  # which of the pages about the site


EVERY = ("INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One table. Each of `keys` is a column, by the name of its field, of the row before and of the row after.

    `seen` are fields and expressions: an update that leaves all of them alone is no change (empty: every column).
    `when` must hold of the row before or of the row after. In an expression "{row}" is that row.
    """

    model: type[models.Model]
    kind: Kind
    keys: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    when: str = ""
    on: tuple[str, ...] = EVERY


# Of a source, what articles/standings.py tells readers: a copy only while the original is out of reach.
_OUT_OF_REACH = f"""{{row}}."health" IN ('{State.DEAD}', '{State.RETIRED}')"""
_COPY = f"""CASE WHEN {_OUT_OF_REACH} THEN {{row}}."archived" ELSE '' END"""
_STANDS = ("notice", "doi", "merged_into", _COPY)
_TOLD = f"""({{row}}."notice" <> '' OR {{row}}."merged_into_id" IS NOT NULL OR ({_OUT_OF_REACH}))"""
# A request says nothing to readers until it is signed; and what was recorded may be denied.
_SIGNED = """({row}."answer" = 'attested' OR {row}."corrects_id" IS NOT NULL)"""
_OF_REVIEWERS = tuple(
    field.name for field in Reviewer._meta.concrete_fields if field.name not in ("account", "away_until")
)
# Whose a page is, is no word of it.
_OF_PAGES = tuple(field.name for field in Published._meta.concrete_fields if field.name not in ("reviewer", "about"))

WATCHED = (
    Watched(model=Published, kind=Kind.PAGE, keys=("slug",), seen=_OF_PAGES),
    Watched(model=Edition, kind=Kind.ARTICLE, keys=("article",)),
    Watched(model=Review, kind=Kind.ARTICLE, keys=("article",), when=_SIGNED),
    Watched(model=Cover, kind=Kind.EDITION, keys=("edition",)),
    Watched(model=Reviewer, kind=Kind.REVIEWER, keys=("slug",), seen=_OF_REVIEWERS),
    # Every page that they signed leads to their own.
    Watched(model=Reviewer, kind=Kind.ALL, seen=("slug",), on=("UPDATE", "DELETE")),
    Watched(model=ReviewPolicy, kind=Kind.POLICY),
    Watched(model=PolicyTerm, kind=Kind.POLICY),
    Watched(model=SiteText, kind=Kind.SITE, keys=("page",)),
    # They change seldom, and which pages tell them is known by the words of editions alone. A new one is told nowhere.
    Watched(model=PatientStory, kind=Kind.ALL, on=("UPDATE", "DELETE")),
    Watched(model=StoryText, kind=Kind.ALL),
    # A record that was merged away stands as the other one; and the other has one DOI more.
    Watched(
        model=Source, kind=Kind.SOURCE, keys=("id", "merged_into"), seen=_STANDS, when=_TOLD, on=("INSERT", "UPDATE")
    ),
    Watched(model=Source, kind=Kind.SOURCE_KEY, keys=("key",), on=("DELETE",)),
    Watched(model=Retraction, kind=Kind.DOI, keys=("doi",)),
)


def tables() -> dict[type[models.Model], list[Watched]]:
    """What is watched, by table."""
    found: dict[type[models.Model], list[Watched]] = {}
    for one in WATCHED:
        found.setdefault(one.model, []).append(one)
    return found
