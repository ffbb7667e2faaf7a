"""What desks and lists look for among the words in hand is all that there is, whatever happened to an article."""

from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from articles import drafting, publishing, roles
from articles.admin import listing, standing
from articles.admin.waiting import publisher, writer
from articles.models import Article
from articles.refusals import Refused
from tests import cast
from tests.articles.world import PEOPLE, ROUNDS, USUAL, World
from tests.conftest import PROOF

pytestmark = pytest.mark.django_db
LIVES, ROUNDS_A_LIFE = {"sample": (1, 6), "full": (40, 20)}[PROOF]


def in_hand(article):
    return Article.objects.get(pk=article.pk).in_hand


def test_words_are_in_hand_until_they_are_published_and_again_once_they_change():
    article = cast.draft()
    assert in_hand(article)
    cast.published(article)
    assert not in_hand(article)
    cast.edited(article, at=cast.later(hours=1))
    assert in_hand(article)
    cast.published(article, at=cast.later(hours=2))
    assert not in_hand(article)


def test_words_that_are_taken_down_are_in_hand():
    article = cast.published(cast.draft()).article
    publishing.withdraw(article, by=cast.person("paula"), at=cast.later(hours=1), reason="Wrong.")
    assert in_hand(article)


def test_words_that_come_back_to_what_readers_see_are_on_no_desk():
    article = cast.published(cast.draft()).article
    cast.edited(article, "6 mg", at=cast.later(hours=1))
    now = Article.objects.get(pk=article.pk)
    edition = article.editions.get()
    drafting.bring_back(now, edition, by=cast.person("wanda"), at=cast.later(hours=2), base_revision=now.revision)
    assert in_hand(article)
    assert told()["differs"] == told()["wanda"] == []


def told():
    """The list in every state, and what the desks of writers and publishers say."""
    found = {state: listed(true) for state, (_name, true) in standing.STATES.items()}
    people = [person for person in User.objects.all() if person.groups.filter(name=roles.WRITER)]
    found |= {person.username: rows(writer.mine(person)) for person in people}
    found |= {"left": [*writer._in_hand(User.objects.filter(username__in=["edith", "stan"]))]}
    return found | {"ready": rows(publisher.ready(people[0]))}


def listed(true):
    return sorted(listing.among(Article.objects.all(), true).values_list("pk", flat=True))


def rows(pile):
    return pile.rows if pile else []


def told_of_all():
    """The same, when it is looked for among all words."""
    with transaction.atomic():
        Article.objects.update(in_hand=True)
        found = told()
        transaction.set_rollback(True)
    return found


def live(rounds, dice, *, others=0.1):
    """One life of an article. Returns what was found to be not empty in it."""
    world, seen = World(), set()
    for deeds in rounds:
        for deed in deeds:
            world.at += timedelta(minutes=1)
            by = world.people[dice.choice([*PEOPLE])] if dice.random() < others else world.people.get(USUAL[deed])
            with suppress(Refused), transaction.atomic():
                getattr(world, deed)(by, dice.randrange(10) if others else 0)
        found = told()
        assert found == told_of_all()
        seen |= {name for name, some in found.items() if some}
    return seen


@pytest.mark.parametrize("seed", range(LIVES))
def test_nothing_is_missed_whatever_happened(seed):
    dice = Random(21 + seed)
    assert live(dice.sample([*ROUNDS, *([deed] for deed in sorted(USUAL))], ROUNDS_A_LIFE), dice)


def test_what_is_not_missed_is_there_to_be_missed():
    rounds = [[], ["request"], ["attest"], ["publish"], ["edit"], ["request", "attest"], ["withdraw"]]
    found = live(rounds, Random(5), others=0)
    assert found >= {"draft", "differs", "signed", "withdrawn", "in-review", "wanda", "ready"}
    Article.objects.update(in_hand=False)
    assert told() != told_of_all()  # the comparison would notice
