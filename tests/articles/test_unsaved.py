"""Text that was typed and not saved, and who has an article open."""

from datetime import timedelta

import pytest

from articles import roles, unsaved
from articles.models import Autosave, Presence
from tests import cast

pytestmark = pytest.mark.django_db
FIELDS = {"title": ["Typed"], "base_revision": ["1"]}


@pytest.fixture
def wanda():
    return cast.person("wanda", roles.WRITER)


def keep(by, article=None, *, key="form-1", at=cast.NOON, fields=FIELDS):
    return unsaved.keep(fields, by=by, at=at, draft_key=key, article=article)


def test_it_works(wanda):
    article = cast.draft()
    keep(wanda, article)
    keep(wanda, article, fields={**FIELDS, "title": ["Typed again"]}, at=cast.later(seconds=5))
    row = unsaved.of(wanda, article).get()
    assert (row.fields["title"], row.base_revision, row.at) == (["Typed again"], 1, cast.later(seconds=5))
    article.refresh_from_db()
    assert (article.title, article.revision) == ("Acute example disease", 1)


def test_another_form_never_takes_the_place_of_an_older_text(wanda):
    keep(wanda, key="yesterday")
    keep(wanda, key="today", at=cast.later(days=1))
    assert [row.draft_key for row in unsaved.of(wanda, None)] == ["today", "yesterday"]


def test_a_text_belongs_to_who_typed_it(wanda):
    keep(wanda)
    edith = cast.person("edith", roles.EDITOR)
    unsaved.discard("form-1", by=edith)
    assert not unsaved.of(edith, None).exists()
    assert unsaved.of(wanda, None).exists()


@pytest.mark.parametrize(
    ("role", "with_article"), [(roles.PUBLISHER, True), (roles.MEDICAL_REVIEWER, True), ("", False)]
)
def test_who_may_not_write_keeps_nothing(role, with_article):
    article = cast.draft() if with_article else None
    with pytest.raises(roles.NotAllowed):
        keep(cast.person("max", role), article)


def test_a_reviewer_keeps_corrections_that_stand_in_no_list_of_drafts():
    article, rosa = cast.draft(), cast.reviewer().account
    keep(rosa, article, key="correction-1")
    assert unsaved.of_form("correction-1", by=rosa).fields == FIELDS
    assert not unsaved.of(rosa, article).exists()


def test_a_text_without_end_is_refused_with_a_sentence(wanda):
    with pytest.raises(unsaved.NotKept, match="too long"):
        keep(wanda, fields={"summary": ["x" * unsaved.LIMIT, "y"]})
    with pytest.raises(unsaved.NotKept, match="no key"):
        keep(wanda, key="")


def test_a_text_that_no_database_stores_is_kept_without_what_is_no_character(wanda):
    assert keep(wanda, fields={"title": ["a\x00b"], "base_revision": ["9" * 30]}).fields["title"] == ["ab"]


def test_texts_of_thirty_days_ago_are_forgotten(wanda):
    keep(wanda, key="old", at=cast.NOON - timedelta(days=31))
    keep(wanda, key="young", at=cast.NOON - timedelta(days=29))
    assert unsaved.forget(at=cast.NOON) == 1
    assert Autosave.objects.get().draft_key == "young"


def test_others_are_seen_for_two_minutes_or_until_they_leave(wanda):
    article, edith = cast.draft(), cast.person("edith", roles.EDITOR)
    unsaved.enter(article, by=edith, at=cast.NOON)
    assert [one.person for one in unsaved.others(article, by=wanda, at=cast.later(minutes=2))] == [edith]
    assert unsaved.others(article, by=edith, at=cast.NOON) == []
    assert unsaved.others(article, by=wanda, at=cast.later(minutes=2, seconds=1)) == []
    unsaved.leave(article, by=edith)
    assert unsaved.others(article, by=wanda, at=cast.NOON) == []


def test_presences_of_the_past_are_swept(wanda):
    unsaved.enter(cast.draft(), by=wanda, at=cast.NOON)
    unsaved.forget(at=cast.later(minutes=3))
    assert not Presence.objects.exists()
