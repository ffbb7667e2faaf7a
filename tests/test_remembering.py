"""A world that was put back is the one that the deeds made, row by row."""

import pytest
from django.db import transaction
from django.utils import timezone

from articles.models import Published
from articles.verifying import problems
from tests import cast, remembering, rows
from tests.articles import archive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _of_its_own(monkeypatch):
    monkeypatch.setattr(remembering, "_worlds", {})


def undone(make):
    """What `make` returned and the rows that it left, and then an empty database again."""
    with transaction.atomic():
        made = make(), [rows.insert(table) for table in rows.filled()]
        transaction.set_rollback(True)
    return made


@pytest.mark.parametrize("make", [archive.fill, cast.published, cast.signed, cast.requested, cast.cast])
def test_it_is_the_same_row_by_row(make):
    (first, written), (again, copied) = undone(make), undone(make)
    assert len(remembering._worlds) == 1
    assert copied == written
    assert again == first


def test_history_verifies_and_work_goes_on():
    undone(cast.published)
    edition = cast.published()
    assert list(problems()) == []
    assert cast.published(cast.edited(edition.article, at=cast.later(days=1)), at=cast.later(days=1)).number == 2


def test_only_an_empty_database_gets_one():
    undone(cast.published)
    wanda = cast.person("wanda")
    assert cast.published().article.started_by == wanda


@pytest.mark.parametrize("given", [{}, {"at": cast.later(days=1)}])
def test_other_dates_and_other_clocks_make_other_worlds(given, monkeypatch):
    undone(cast.published)
    if not given:
        monkeypatch.setattr(timezone, "now", lambda: cast.later(days=9))
    cast.published(**given)
    assert len(remembering._worlds) == 2


def test_other_settings_make_it_anew(settings):
    undone(cast.published)
    settings.REVIEW_CADENCE_MONTHS = {"high": 1, "standard": 1, "low": 1}
    cast.published()
    assert Published.objects.get().next_due.month == 12


def test_what_waits_for_the_commit_waits_again(mailoutbox, django_capture_on_commit_callbacks):
    undone(cast.requested)
    with django_capture_on_commit_callbacks(execute=True):
        cast.requested()
    assert [letter.to for letter in mailoutbox] == [["rosa@example.org"]]
