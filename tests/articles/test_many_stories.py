"""Stories and pictures in many hands at once: what was withdrawn is gone, and what is used stays."""

from threading import Event

import pytest
from django.db import transaction

from articles import drafting, figures, stories
from articles.models import Article, Figure, StoryText
from tests import cast
from tests.articles.pictures import library
from tests.articles.stories import SENTENCE, agreed, fresh, placed, told
from tests.articles.test_concurrency import at_once, entries
from tests.articles.test_concurrency import fresh as again
from tests.articles.test_many_hands import in_order, others_wait

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_story_that_is_withdrawn_while_pages_with_it_are_published_is_gone_from_all(client):
    story, people = fresh(), cast.cast()
    pages = [cast.signed(placed(story, cast.draft(cast.words(f"Disease {n}")))).article for n in range(3)]

    def one_of_five(number):
        page, step = pages[number % 3], number // 3
        if step == 0:
            return cast.publish(again(page))
        if step == 1:
            return cast.edited(page, dose=f"{number} mg")
        if step == 2:
            return stories.withdraw(story, by=people.paula, at=cast.NOON, reason="She asked for it.")
        if step == 3:
            return stories.write(story, told(title=f"Title {number}"), by=people.wanda, at=cast.NOON)
        return stories.consent(story, agreed(evidence=f"Binder {number}"), by=people.edith, at=cast.NOON)

    said = at_once(one_of_five, hands=15)
    assert set(said) <= {"done", "Over", "NotPublishable", "StaleRevision"}
    assert entries("story_withdrawn") == 3
    assert not StoryText.objects.exclude(content="").exists()
    for page in Article.objects.all():
        assert SENTENCE not in client.get(f"/{page.slug}/").content.decode()
    in_order()


@pytest.mark.only_on("postgresql")
def test_a_picture_that_an_article_takes_while_unused_ones_go_stays():
    figure, taking = library.uploaded(), Event()
    page = library.words(figure)
    cast.cast()

    def either(number):
        if number:
            taking.wait(timeout=60)
            figures.forget_unused(at=cast.later(days=8))
            return
        with transaction.atomic():
            drafting.start(page, by=cast.person("wanda"), at=cast.NOON)
            taking.set()
            others_wait()

    assert at_once(either, hands=2) == ["done", "done"]
    assert Figure.objects.get().saved
    in_order()
