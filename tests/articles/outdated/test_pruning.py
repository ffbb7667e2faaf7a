"""The log forgets what is old, but never what is new, and says so to whoever asks from there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import ReaderChange, ReaderCounter, Reviewer
from articles.outdated import asking, pruning
from leukemia_site.front.changes import ANY
from tests import cast
from tests.articles.outdated import logged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def before(monkeypatch):
    """The number before three changes, of which the first two are old. One stays, however old."""
    monkeypatch.setattr(pruning, "AT_LEAST", 1)
    cast.reviewer()
    number = logged.newest()
    for text in ("1", "2", "3"):
        Reviewer.objects.update(profile=text)
        logged.commit()
    two = ReaderChange.objects.filter(number__gt=number).order_by("number").values_list("pk", flat=True)[:2]
    ReaderChange.objects.filter(pk__in=list(two)).update(at=NOW - timedelta(days=2))
    ReaderChange.objects.filter(number__lte=number).delete()
    return number


def test_old_changes_go_and_who_asks_from_there_begins_anew(before):
    assert pruning.forget(at=NOW) == 2
    assert logged.tags(before) == {ANY}
    assert asking.since(before + 2).changes == ((before + 3, "reviewer:rosa"),)
    assert ReaderCounter.objects.get().floor == before + 2


def test_new_ones_stay(before):
    ReaderChange.objects.update(at=NOW)
    assert pruning.forget(at=NOW) == 0
    assert len(logged.after(before).changes) == 3


def test_the_newest_stay_however_old(before, monkeypatch):
    monkeypatch.setattr(pruning, "AT_LEAST", 3)
    ReaderChange.objects.update(at=NOW - timedelta(days=9))
    assert pruning.forget(at=NOW) == 0
    assert len(logged.after(before).changes) == 3
