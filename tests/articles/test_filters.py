"""Saved filters: whose they are, what they are called, and who sees them."""

import pytest
from django.utils import timezone

from articles import filters, roles
from articles.models import SavedFilter
from tests import cast
from tests.articles.admin.signing import client, links, text

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/due/"


def saved(name="Late", *, by="stan", shared=False, query="when=overdue"):
    return filters.save(name, query, shared=shared, by=getattr(cast.cast(), by), at=timezone.now())


def test_one_sees_ones_own_and_what_is_shared():
    saved("Mine")
    saved("For all", by="paula", shared=True)
    saved("Hers", by="paula")
    assert [one.name for one in filters.of(cast.cast().stan)] == ["For all", "Mine"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_name_is_needed(name):
    with pytest.raises(filters.NotSaved):
        saved(name)


def test_one_name_stands_for_one_filter_of_a_person():
    saved()
    with pytest.raises(filters.NotSaved, match="You have a filter named “Late”"):
        saved(" Late ")
    saved(by="paula")


def test_nobody_keeps_more_than_a_list_can_show(monkeypatch):
    monkeypatch.setattr(filters, "MOST", 1)
    saved()
    with pytest.raises(filters.NotSaved):
        saved("Other")


def test_only_who_keeps_dates_shares():
    with pytest.raises(roles.NotAllowed):
        saved(by="wanda", shared=True)


def test_nobody_changes_somebody_elses():
    row = saved(shared=True)
    with pytest.raises(roles.NotAllowed):
        filters.change(row, name="Mine", shared=True, by=cast.cast().paula)
    with pytest.raises(roles.NotAllowed):
        filters.delete(row, by=cast.cast().paula)


# -- the screens ---------------------------------------------------------------------------------------------------


def test_the_question_of_the_list_is_saved_from_the_list():
    answer = client("stan").post(f"{LIST}filters/", {"name": "Late", "query": "when=overdue&after=x"}, follow=True)
    assert "The filter is saved as “Late”." in text(answer)
    assert SavedFilter.objects.get().query == "when=overdue"
    assert links(client("stan").get("/admin/"), "Late") == [f"{LIST}?when=overdue"]


@pytest.mark.parametrize("sent", [{"name": "", "query": "when=overdue"}, {"name": "Late", "query": "when=odd"}])
def test_what_can_not_be_saved_says_why(sent):
    client("stan").post(f"{LIST}filters/", sent, follow=True)
    assert not SavedFilter.objects.exists()


def test_a_filter_is_renamed_and_deleted_after_a_question():
    row = saved()
    place = f"{LIST}filters/{row.pk}/"
    assert "Delete “Late”?" in text(client("stan").get(place))
    client("stan").post(place, {"name": "Overdue", "shared": "1"})
    row.refresh_from_db()
    assert (row.name, row.shared) == ("Overdue", True)
    assert 'value=""' in client("stan").post(place, {"name": ""}).content.decode()
    client("stan").post(place, {"do": "delete"})
    assert not SavedFilter.objects.exists()


def test_a_filter_that_is_understood_no_longer_says_so():
    saved(query="tier=gone")
    assert "is understood no longer" in text(client("stan").get("/admin/"))
