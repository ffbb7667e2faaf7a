"""Any edition's words as the draft again, and pages that come back or lead elsewhere."""

from dataclasses import replace

import pytest

from articles import addresses, drafting, publishing, roles
from articles.content import sha256
from articles.models import Article, Edition, Published, TimelineEntry
from tests import cast

pytestmark = pytest.mark.django_db


def second():
    """Edition 2 (6 mg) is online, edition 1 (5 mg) superseded."""
    article = cast.edited(cast.published().article, at=cast.later(days=1))
    cast.signed(article, at=cast.later(days=1))
    return cast.publish(article, at=cast.later(days=1)).article


def back(article, number=1, *, by="wanda", base=None):
    article.refresh_from_db()
    edition = Edition.objects.get(article=article, number=number)
    base = article.revision if base is None else base
    return drafting.bring_back(article, edition, by=cast.person(by), at=cast.later(days=2), base_revision=base)


def withdraw(article, instead=None):
    paula = cast.person("paula", roles.PUBLISHER)
    return publishing.withdraw(article, by=paula, at=cast.later(days=2), reason="A wrong dose.", instead=instead)


def other(title="Another disease"):
    return cast.published(cast.draft(cast.words(title))).article


def withdrawn(article):
    return Published.objects.get(article=article, moved_to=None)


def test_it_makes_the_old_words_the_draft_and_says_who_did():
    article = back(second())
    assert article.content() == article.editions.get(number=1).words()
    assert (article.revisions.last().how, article.revisions.last().by.username) == ("revert", "wanda")
    assert TimelineEntry.objects.get(what="brought_back").detail == "edition 1"
    assert "6 mg" in Published.objects.get().edition.words().sections[1].body


def test_words_brought_back_need_a_new_review():
    article = back(second())
    with pytest.raises(publishing.NotPublishable) as refused:
        cast.publish(article, at=cast.later(days=2))
    assert [one.code for one in refused.value.obstacles] == ["replaced"]
    cast.signed(article, at=cast.later(days=3))
    assert cast.publish(article, at=cast.later(days=3)).number == 3


def test_a_stale_screen_brings_nothing_back():
    article = second()
    with pytest.raises(drafting.StaleRevision):
        back(article, base=article.revision - 1)


def test_the_same_words_are_not_brought_back():
    article = second()
    with pytest.raises(drafting.NothingToBringBack):
        back(article, number=2)
    assert not TimelineEntry.objects.filter(what="brought_back").exists()


def test_an_edition_of_another_article_is_refused():
    article, edition = second(), other().editions.get()
    with pytest.raises(drafting.NotThere):
        drafting.bring_back(article, edition, by=cast.person("wanda"), at=cast.NOON, base_revision=article.revision)


def test_only_writers_bring_back():
    article = second()
    with pytest.raises(roles.NotAllowed):
        back(article, by="paula")


def test_a_redacted_part_comes_back_empty(monkeypatch):
    article = second()
    body = article.editions.get(number=1).words().sections[1].body
    monkeypatch.setattr(Edition, "words", lambda self: cast.words().erase(sha256(body)))
    treatment = back(article).content().sections[1]
    assert (treatment.heading, treatment.body) == ("Treatment", "")


def test_a_source_that_is_gone_leaves_a_finding():
    article = cast.published().article
    emptied = cast.with_body(article.content(), "what-it-is", "<p>It begins in the marrow.</p>")
    drafting.revise(article, emptied, by=cast.person("wanda"), at=cast.NOON, base_revision=article.revision)
    withdraw(article)  # what a page online leans on can not be deleted
    article.uncited.all().delete()
    back(article)
    assert "missing_source" in {
        one.code for one in publishing.obstacles(article, by=cast.person("paula"), at=cast.NOON)
    }


def test_a_claim_comes_back_with_its_owner_and_dates():
    words = cast.words()
    dated = {"claim_owner": "Jo Example", "claim_from": "2026-01-01", "claim_until": "2027-12-31"}
    claimed = replace(words, sections=(*words.sections[:2], replace(words.sections[2], **dated)))
    article = cast.published(cast.draft(claimed)).article
    plain = replace(article.content(), sections=words.sections)
    article = drafting.revise(article, plain, by=cast.person("wanda"), at=cast.NOON, base_revision=article.revision)
    assert not article.sections.get(anchor="our-program").claim_owner
    assert back(article).content().sections[2].claim_until == "2027-12-31"


# -- where to go instead -------------------------------------------------------------------------------------------


def test_a_withdrawn_page_leads_to_another():
    article, place = cast.published().article, other()
    assert withdraw(article, place).closed_instead == place
    assert withdrawn(article).withdrawn_instead.slug == "another-disease"


def test_it_follows_that_page_when_it_moves_and_moves_back():
    article, place = cast.published().article, other()
    withdraw(article, place)
    for slug in ("new-name", "another-disease"):
        Article.objects.filter(pk=place.pk).update(slug=slug)
        place.refresh_from_db()
        addresses.move(place)
        assert withdrawn(article).withdrawn_instead_id == slug
    addresses.post(article, at=cast.later(days=3))
    assert withdrawn(article).withdrawn_instead_id == "another-disease"


@pytest.mark.parametrize("which", ["itself", "a draft"])
def test_it_leads_to_another_page_that_is_online(which):
    article = cast.published().article
    with pytest.raises(publishing.NowhereToGo):
        withdraw(article, article if which == "itself" else cast.draft(cast.words("A draft")))
    assert Edition.objects.open().filter(article=article).exists()


def test_a_page_comes_back_after_a_new_review_and_leads_nowhere_else():
    article = cast.published().article
    withdraw(article, other())
    cast.signed(article, at=cast.later(days=3))
    assert cast.publish(article, at=cast.later(days=3)).number == 2
    row = withdrawn(article)
    assert (row.withdrawn_on, row.withdrawn_instead, row.edition.number) == (None, None, 2)
