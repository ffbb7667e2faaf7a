"""For how long a public page is right though nobody writes, and what outdates it when somebody does."""

import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory
from django.utils import timezone

from articles import drafting
from articles.models import Published
from articles.reading import handouts, lasting, serving
from leukemia_site.front.offer import ENVIRON, Offer
from references.models import Source
from tests import cast
from tests.articles import stories
from tests.articles.reading.pages import ADDRESS, move, wanda, withdraw

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NEXT_DAYS = 400


def at(day, clock=time(12)):
    return datetime.combine(day, clock, timezone.get_default_timezone()).timestamp()


def offered(client, address=ADDRESS, **more):
    """The offer as it was filled, and what was said."""
    offer = Offer(**more)
    response = client.get(address, **{ENVIRON: offer, "HTTP_ACCEPT_ENCODING": "gzip", "HTTP_IF_NONE_MATCH": "*"})
    return offer, response


@pytest.fixture
def aging():
    """A page with everything that ends by itself: a story, a correction, and a review that falls due."""
    article = stories.placed(stories.fresh(given_on=date(2026, 11, 1), ends_on=TODAY + timedelta(days=70)))
    cast.published(article)
    later = cast.later(days=3)
    review = cast.signed(cast.edited(article, at=later), at=later)
    corrected = {"change_class": "correction", "change_note": "The dose was wrong."}
    serving_since = datetime.combine(TODAY - timedelta(days=5), time(12), UTC)
    cast.publishing.publish(
        review.article, by=cast.person("paula", cast.roles.PUBLISHER), at=serving_since, **corrected
    )
    Published.objects.update(overdue_from=TODAY + timedelta(days=40), next_due=TODAY + timedelta(days=40))


@pytest.mark.usefixtures("aging")
def test_until_it_says_a_page_reads_the_same_and_from_then_on_it_does_not(client):
    dice, ends = random.Random(3), set()
    for _time in range(12):
        now = at(TODAY) + dice.random() * 90 * 86_400
        offer, page = offered(client, at=now)
        if offer.valid_until:
            assert now < offer.valid_until == offer.wrong_from
            ends.add(timezone.localdate(datetime.fromtimestamp(offer.valid_until, UTC)))
            between = now + dice.random() * (offer.valid_until - now - 1)
            for same in (between, offer.valid_until - 1):
                assert offered(client, at=same)[1].content == page.content
            assert offered(client, at=offer.valid_until)[1].content != page.content
        else:
            assert offered(client, at=now + dice.random() * NEXT_DAYS * 86_400)[1].content == page.content
    assert ends == {TODAY + timedelta(days=25), TODAY + timedelta(days=40), TODAY + timedelta(days=71)}


@pytest.mark.usefixtures("aging")
@pytest.mark.parametrize("below", ["editions/1/", "editions/2/changes/1/"])
def test_a_story_is_shown_nowhere_after_its_last_day(client, below):
    offer, page = offered(client, f"{ADDRESS}{below}", at=at(TODAY))
    assert offer.valid_until == offer.wrong_from == at(TODAY + timedelta(days=71), time())
    assert (b"My zebra year" in page.content) == (below == "editions/1/")  # a comparison shows what changed
    assert b"My zebra year" not in offered(client, f"{ADDRESS}{below}", at=offer.wrong_from)[1].content


def test_a_page_leans_on_its_address_its_sources_and_its_stories(client):
    story = stories.fresh()
    cast.published(stories.placed(story))
    (source,) = Source.objects.all()
    offer, _page = offered(client)
    assert offer.leans_on == {"page:acute-example-disease", f"source:{source.key}", f"story:{story.key}"}


def test_a_page_leans_on_the_record_that_a_source_was_merged_into(client):
    cast.published()
    (source,) = Source.objects.all()
    whole = Source.objects.create(title="Whole", key="whole-1")
    Source.objects.update_or_create(pk=source.pk, defaults={"merged_into": whole})
    assert {"source:whole-1", f"source:{source.key}"} <= offered(client)[0].leans_on


def test_other_pages_lean_on_everything_and_are_made_anew_daily(client):
    for address in ("/", "/reviewers/", "/sitemap.xml", "/feeds/updates.atom", "/robots.txt", "/editorial-policy/"):
        offer, _page = offered(client, address, at=at(TODAY))
        assert offer == Offer(
            leans_on=lasting.EVERYTHING, valid_until=at(TODAY + timedelta(days=1), time()), at=at(TODAY)
        )


def test_what_moved_or_was_withdrawn_lasts_until_that_changes(client):
    move(cast.published(drafting.start(cast.words("Former"), by=wanda(), at=cast.NOON)).article)
    withdraw(cast.published().article)
    assert offered(client, "/former/")[0] == Offer(leans_on=frozenset({"page:former"}))
    assert offered(client)[0] == Offer(leans_on=frozenset({"page:acute-example-disease"}))


def test_who_offers_to_keep_a_page_gets_it_whole(client):
    cast.published()
    _offer, page = offered(client)
    assert page.status_code == 200
    assert not page.has_header("Content-Encoding")
    assert not page.has_header("ETag")


@pytest.mark.parametrize("address", ["/nothing/", "/healthz", f"{ADDRESS}changes/?since=1&edition=2", "/figures/x"])
def test_nothing_else_may_be_kept(client, address):
    cast.published()
    assert not offered(client, address)[0].kept


def test_a_page_that_offers_a_handout_which_is_not_made_is_looked_at_again_soon():
    right = lasting.on_day(timezone.localdate() + timedelta(days=1))
    soon = handouts.until([handouts.Offer(variant=None, made=None)], right)
    assert soon.until - timezone.now() < timedelta(seconds=61)
    assert soon.wrong_from == right.wrong_from
    assert handouts.until([], right) == right


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Santiago", "Asia/Beirut", "Pacific/Apia"])
def test_a_day_ends_when_the_next_begins(settings, zone):
    settings.TIME_ZONE = zone
    for number in range(0, 400):
        day = date(2026, 1, 1) + timedelta(days=number)
        end = lasting.end(day)
        assert timezone.localdate(end - timedelta(seconds=1)) == day
        assert timezone.localdate(end) == day + timedelta(days=1)


def test_the_day_is_the_one_that_is_asked_about():
    asked = RequestFactory().get("/", **{ENVIRON: Offer(at=datetime(2030, 1, 1, 7, tzinfo=UTC).timestamp())})
    assert serving.today(asked) == date(2029, 12, 31)
    assert serving.today(RequestFactory().get("/")) == datetime.now(ZoneInfo("America/Los_Angeles")).date()
