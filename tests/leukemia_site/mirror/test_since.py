"""An export of what has changed leaves the very files that an export of everything would."""

from contextlib import suppress
from random import Random

import pytest
from django.db.models import F

from articles import stories
from articles.models import Published, ReaderCounter
from articles.refusals import Refused
from references.models import Source
from tests import cast
from tests.articles import stories as told
from tests.articles.reading.pages import ADDRESS, withdraw
from tests.articles.world import ROUNDS, USUAL, World
from tests.conftest import PROOF
from tests.leukemia_site.mirror import mirrors

# The log gets its numbers at commit.
pytestmark = pytest.mark.django_db(transaction=True)
LIVES, ROUNDS_A_LIFE = {"sample": (1, 8), "full": (20, 40)}[PROOF]


@pytest.fixture
def root(tmp_path):
    return tmp_path / "mirror"


def changed(root):
    """Export what has changed; how many groups of pages were made."""
    return mirrors.export(root, since=True).made


def assert_equals_all(root, tmp_path):
    mirrors.export(tmp_path / "all")
    some, everything = mirrors.files(root), mirrors.files(tmp_path / "all")
    assert sorted(some) == sorted(everything)
    assert [path for path in some if some[path] != everything[path]] == []


def test_nothing_changed_and_nothing_is_made(root):
    cast.published()
    mirrors.export(root)
    before = (root / "current").readlink(), (root / "current/.mirror/manifest.jsonl").stat().st_mtime_ns
    assert changed(root) == 0
    assert ((root / "current").readlink(), (root / "current/.mirror/manifest.jsonl").stat().st_mtime_ns) == before


def test_the_first_is_one_of_everything(root):
    cast.published()
    assert changed(root) > 3
    assert mirrors.problems(root) == []


def test_only_what_a_change_touches_is_made(root, tmp_path):
    for title in ("One page", "Two pages", "Three pages"):
        edition = cast.published(cast.draft(cast.words(title)))
    mirrors.export(root)
    at = cast.later(days=1)
    cast.published(cast.edited(edition.article, at=at), at=at)
    assert changed(root) == 4  # the page, the first page, the site's own, and who signed
    assert_equals_all(root, tmp_path)


def test_the_log_may_forget_what_was_before_the_last_export(root):
    edition = cast.published()
    cast.published(cast.draft(cast.words("Other page")))
    mirrors.export(root)
    for day in (1, 2):
        ReaderCounter.objects.update(floor=F("number"))  # "Other page" was made before that, and is right all the same
        at = cast.later(days=day)
        cast.published(cast.edited(edition.article, dose=f"{day} g", at=at), at=at)
        assert changed(root) == 4


def test_a_source_that_was_retracted_is_told_on_every_page_that_cites_it(root, tmp_path):
    cast.published()
    mirrors.export(root)
    Source.objects.update(notice="retracted")
    changed(root)
    assert "etracted" in mirrors.page(root, ADDRESS)
    assert_equals_all(root, tmp_path)


def test_a_page_that_is_taken_down_leaves_a_note_and_no_word_in_either_tree(root, tmp_path):
    edition = cast.published(cast.draft(cast.words("Gone page", "77 mg")))
    mirrors.export(root)
    assert mirrors.anywhere(root, "77 mg")
    withdraw(edition.article)
    changed(root)
    assert mirrors.anywhere(root, "77 mg") == []
    assert "has been withdrawn" in mirrors.page(root, "/gone-page/")
    assert_equals_all(root, tmp_path)


def test_a_story_whose_consent_was_taken_back_is_gone_from_every_file(root, tmp_path):
    story = told.fresh()
    cast.published(told.placed(story))
    mirrors.export(root)
    assert mirrors.anywhere(root, told.SENTENCE)
    stories.withdraw(story, by=cast.cast().paula, at=cast.later(days=1), reason="She asked.")
    changed(root)
    assert mirrors.anywhere(root, told.SENTENCE) == []
    assert_equals_all(root, tmp_path)


def test_a_page_whose_time_is_over_is_made_anew(root, monkeypatch):
    cast.published()
    mirrors.export(root)
    row = Published.objects.get()
    later = row.overdue_from.toordinal() - row.last_reviewed_on.toordinal() + 2
    monkeypatch.setattr("leukemia_site.mirror.exporting.time.time", lambda: cast.later(days=later).timestamp())
    assert changed(root) > 0


@pytest.mark.parametrize("seed", range(LIVES))
def test_after_any_deeds_it_is_as_if_everything_had_been_exported(seed, root, tmp_path, client):
    random, world = Random(seed), World()
    mirrors.export(root)
    for _round in range(ROUNDS_A_LIFE):
        for deed in random.choice(ROUNDS):
            done(world, deed, random.randrange(10))
        changed(root)
    assert_equals_all(root, tmp_path)
    assert mirrors.problems(root) == []
    assert mirrors.unlike(root, client) == []


def done(world, deed, number):
    with suppress(Refused):
        getattr(world, deed)(world.people.get(USUAL[deed]), number)
