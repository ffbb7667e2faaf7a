"""Questions that somebody asks again and again, under a name: saved, renamed, deleted. They are about no page, so no
timeline tells of them."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from articles import roles
from articles.models import SavedFilter
from articles.refusals import Refused

MOST = 50  # of one person
LONGEST_NAME, LONGEST_QUERY = 80, 1000


class NotSaved(Refused):
    """The sentence says why."""


def of(person: User) -> QuerySet[SavedFilter]:
    """One's own, and those that somebody shared."""
    return SavedFilter.objects.filter(Q(person=person) | Q(shared=True)).select_related("person")


@transaction.atomic
def save(name: str, query: str, *, shared: bool, by: User, at: datetime) -> SavedFilter:
    """Keep a question. Only who keeps dates may share one. Raises NotSaved, NotAllowed."""
    roles.require(by, "view_article")
    if len(query) > LONGEST_QUERY:
        raise NotSaved(_("This filter is too long to be saved."))
    if SavedFilter.objects.filter(person=by).count() >= MOST:
        raise NotSaved(_("You have %(most)d filters. Delete one first.") % {"most": MOST})
    return _write(SavedFilter(person=by, query=query, at=at), name, shared=shared, by=by)


@transaction.atomic
def change(saved: SavedFilter, *, name: str, shared: bool, by: User) -> SavedFilter:
    """Another name, and who sees it. Raises NotSaved, NotAllowed."""
    _own(saved, by)
    return _write(saved, name, shared=shared, by=by)


@transaction.atomic
def delete(saved: SavedFilter, *, by: User) -> None:
    """Forget it. Raises NotAllowed."""
    _own(saved, by)
    saved.delete()


def _own(saved: SavedFilter, by: User) -> None:
    roles.require(by, "view_article")
    if saved.person_id != by.pk:
        raise roles.NotAllowed(_("This filter is somebody else's."))


def _write(saved: SavedFilter, name: str, *, shared: bool, by: User) -> SavedFilter:
    if shared and not saved.shared:
        roles.require(by, "keep_dates")
    saved.name, saved.shared = " ".join(name.replace("\x00", " ").split()), shared
    if not saved.name:
        raise NotSaved(_("Give the filter a name."))
    if len(saved.name) > LONGEST_NAME:
        raise NotSaved(_("A name of at most %(most)d characters, please.") % {"most": LONGEST_NAME})
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError as error:
        raise NotSaved(_("You have a filter named “%(name)s”. Choose another name.") % {"name": saved.name}) from error
    return saved
