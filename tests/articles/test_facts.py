"""A figure is recorded once: with its date, its source and its end, and what it said is kept."""

from datetime import date, timedelta

import pytest

from articles import events, facts, mentions, verifying
from articles.models import Fact, FactMention, Published
from articles.roles import NotAllowed
from tests import cast
from tests.articles import figures_kept as kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return cast.cast()


def rows():
    found = FactMention.objects.order_by("edition", "value__number").values_list("edition__number", "value__number")
    return sorted(found, key=str)


def test_it_works(people):
    fact = kept.recorded()
    value = kept.renewed(fact)
    assert [one.printed for one in fact.values.all()] == [
        f"about 6,550 {kept.UNIT} (2026)",
        f"about 6,660 {kept.UNIT} (2025)",
    ]
    assert (value.ref, value.by) == (f"{fact.key}.2", people.stan)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": "  "},
        {"as_of": date(2026, 11, 3)},
        {"expires": date(2026, 11, 2)},
        {"as_of": date(2026, 11, 1), "expires": date(2026, 10, 1)},
        {"expires": date(9999, 12, 31)},  # from which no due date could be counted on
    ],
)
def test_what_can_not_be_is_refused(people, wrong):
    with pytest.raises(facts.NotRecorded):
        kept.recorded(**wrong)
    assert not Fact.objects.exists()


def test_one_name_is_one_fact(people):
    kept.recorded()
    with pytest.raises(facts.NameTaken):
        kept.recorded(kept.NAME.upper())


def test_the_same_once_more_is_no_new_value(people):
    fact = kept.recorded()
    with pytest.raises(facts.NotRecorded, match="says already"):
        facts.update(fact, kept.said(), base=1, by=people.stan, at=cast.NOON)


def test_nobody_records_over_a_value_they_have_not_seen(people):
    fact = kept.recorded()
    kept.renewed(fact)
    with pytest.raises(facts.ChangedMeanwhile):
        facts.update(fact, kept.said("7"), base=1, by=people.stan, at=cast.NOON)


def test_a_reviewer_records_none(people):
    with pytest.raises(NotAllowed):
        facts.add("Other", kept.said(), by=people.rosa, at=cast.NOON)


# -- where it stands -----------------------------------------------------------------------------------------------


def test_a_draft_and_then_its_page_are_known_to_print_it(people):
    fact = kept.recorded()
    article = kept.draft(fact)
    assert rows() == [(None, 1)]
    cast.published(article)
    assert rows() == [(1, 1), (None, 1)]
    cast.edited(article)
    assert rows() == [(1, 1)]
    assert [(len(use.draft), len(use.online)) for use in facts.uses(facts.printing(fact), fact)] == [(0, 1)]


def test_an_update_is_news_of_the_page_and_brings_its_date_forward(people):
    fact = kept.recorded()
    article = cast.published(kept.draft(fact)).article
    before = Published.objects.get(article=article)
    assert before.event_since == date(2027, 2, 1)  # when the value will have expired
    kept.renewed(fact)
    after = Published.objects.get(article=article)
    assert after.event_since == cast.later(days=1).date()
    assert after.next_due < before.next_due
    assert events.since([article.pk]) == {article.pk: after.event_since}


def test_rows_that_drifted_are_noticed_and_mended(people):
    article = cast.published(kept.draft(kept.recorded())).article
    assert not list(verifying.problems())
    FactMention.objects.all().delete()
    assert [str(one) for one in verifying.problems()] == [
        f"/{article.slug}/: is not known to print the facts that stand in it",
        f"the draft “{article}”: is not known to print the facts that stand in it",
    ]
    mentions.post(article)
    mentions.account(article, article.content())
    assert not list(verifying.problems())


def test_facts_are_found_by_words_and_the_newest_value_is_what_is_found(people):
    fact = kept.recorded()
    kept.renewed(fact)
    kept.recorded("Survival of example disease", value="81 %", unit="of children")
    assert [value.number for value in facts.search("united CASES")] == [2]
    assert not facts.search("6,660")
    assert len(facts.search("")) == 2


def test_a_value_is_good_through_its_last_day(people):
    fact = kept.recorded()
    last = fact.values.get().expires
    assert not fact.values.expired(last).exists()
    assert fact.values.expired(last + timedelta(days=1)).exists()
