"""Earlier states: brought back, and thinned only where nothing rests on them."""

import pytest

from articles import contributions, drafting, earlier, roles
from articles.content import sha256
from articles.models import Revision
from tests import cast

pytestmark = pytest.mark.django_db
LONG_AFTER = cast.later(days=400)


def bring_back(article, number, *, base=None, by="edith"):
    article.refresh_from_db()
    by = cast.person(by, roles.EDITOR)
    return earlier.bring_back(article, number, by=by, at=cast.later(days=1), base_revision=base or article.revision)


def kept(article):
    return list(article.revisions.filter(thinned_at=None).order_by("number").values_list("number", flat=True))


def life(*, hours=1):
    """Published as revision 3; then 4 to 8 are written within a day, 8 is published, and 9 is written."""
    article = cast.edited(cast.edited(cast.draft(), "2 mg"), "3 mg")
    cast.published(article)
    for number in range(4, 9):
        article = cast.edited(article, f"{number} mg", at=cast.later(days=1, hours=hours * (number - 4)))
    cast.published(article, at=cast.later(days=2))
    return cast.edited(article, "9 mg", at=cast.later(days=3))


def test_it_works():
    article = cast.edited(cast.draft(), "6 mg")
    article = bring_back(article, 1)
    last = article.revisions.last()
    assert "5 mg" in article.content().sections[1].body
    assert (last.number, last.how, last.by.username) == (3, "restore", "edith")
    assert article.timeline.first().what == "brought_back"
    assert contributions.writers(contributions.history(article), 2, 3) == {last.by_id}


def test_sections_that_were_deleted_come_back_to_their_anchors_and_claims():
    article = cast.draft()
    section = article.sections.get(anchor="our-program")
    section.claim_owner, section.claim_from = "The board", cast.NOON.date()
    section.save()
    drafting.settle(article, by=cast.person("wanda"), at=cast.NOON)
    before = article.content()
    article.sections.filter(anchor="our-program").delete()
    drafting.settle(article, by=cast.person("wanda"), at=cast.NOON)
    assert bring_back(article, 2).content() == before


def test_words_brought_back_close_the_open_request():
    review = cast.requested(cast.edited(cast.draft(), "6 mg"))
    bring_back(review.article, 1)
    review.refresh_from_db()
    assert review.answer == "superseded"


def test_a_save_in_between_is_not_overwritten():
    article = cast.edited(cast.draft(), "6 mg")
    with pytest.raises(drafting.StaleRevision):
        bring_back(article, 1, base=1)


@pytest.mark.parametrize(("number", "why"), [(2, "today's words"), (7, "no longer kept")])
def test_what_there_is_nothing_of_is_not_brought_back(number, why):
    with pytest.raises(earlier.NotBroughtBack, match=why):
        bring_back(cast.edited(cast.draft(), "6 mg"), number)


def test_redacted_words_are_not_brought_back():
    article = cast.edited(cast.draft(), "6 mg")
    words = article.revisions.get(number=1).words()
    erased = words.erase(sha256(words.sections[1].body))
    facts = {"how": "edit", "by": cast.person("wanda"), "at": cast.NOON, "digest": "", "full_hash": ""}
    Revision.objects.create(article=article, number=3, content=erased.to_json(), **facts)
    with pytest.raises(earlier.NotBroughtBack, match="redacted"):
        bring_back(article, 3)


def test_of_old_states_the_last_of_a_day_stays_and_what_is_published_signed_first_or_newest():
    article = life()
    assert earlier.thin(article, at=LONG_AFTER) == 5
    assert kept(article) == [1, 3, 8, 9]


def test_what_is_thinned_keeps_its_writer_and_its_hashes():
    article = life()
    before = dict(article.revisions.values_list("number", "full_hash"))
    earlier.thin(article, at=LONG_AFTER)
    assert dict(article.revisions.values_list("number", "full_hash")) == before
    assert set(article.revisions.exclude(thinned_at=None).values_list("content", flat=True)) == {""}


def test_young_states_and_those_since_the_last_edition_stay():
    article = life()
    assert earlier.thin(article, at=cast.later(days=60)) == 0
    draft = cast.edited(cast.edited(cast.draft(cast.words("Another")), "6 mg"), "7 mg")
    assert earlier.thin(draft, at=LONG_AFTER) == 0


def test_states_that_anybody_was_asked_to_sign_stay():
    article = cast.edited(cast.draft(), "2 mg")
    cast.requested(article)
    article = cast.edited(cast.edited(article, "3 mg"), "4 mg")
    cast.published(article)
    earlier.thin(article, at=LONG_AFTER)
    assert kept(article) == [1, 2, 4]


def test_the_last_state_of_each_person_stays():
    article = cast.edited(cast.edited(cast.draft(), "2 mg"), "3 mg", by="emma")
    article = cast.edited(cast.edited(article, "4 mg"), "5 mg")
    cast.published(article)
    earlier.thin(article, at=LONG_AFTER)
    assert kept(article) == [1, 3, 5]


def test_thinning_all_goes_on_where_it_broke_off():
    articles = [life(), life_of("Another")]
    going = earlier.thin_all(at=LONG_AFTER)
    assert next(going) == (articles[0], 5)
    assert [(article.pk, count) for article, count in earlier.thin_all(at=LONG_AFTER)] == [
        (articles[0].pk, 0),
        (articles[1].pk, 1),
    ]


def life_of(title):
    article = cast.edited(cast.edited(cast.draft(cast.words(title)), "2 mg"), "3 mg")
    cast.published(article)
    return article


def test_an_article_with_thinned_states_is_edited_and_published_on():
    article = life()
    earlier.thin(article, at=LONG_AFTER)
    article = cast.edited(article, "10 mg", at=LONG_AFTER)
    assert cast.published(article, at=LONG_AFTER).number == 3
