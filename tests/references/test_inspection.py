"""A source's health in the admin."""

import pytest

from articles import roles
from references import examining
from references.looking import Hop, Look, Outcome, Page
from references.models import Examination, Source
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db
LIST = "/admin/references/source/"
URL = "https://example.org/facts"


@pytest.fixture
def facts():
    return Source.objects.create(title="Facts", url=URL)


@pytest.fixture
def answers(monkeypatch):
    """What every look of this test sees."""
    said = {"outcome": Outcome.ANSWERED, "status": 200, "page": Page("Facts", words=300)}

    async def looks(addresses, *, manners):
        for key, address in addresses.items():
            yield key, Look(address, **said)

    monkeypatch.setitem(examining.examine.__kwdefaults__, "looks", looks)
    return said


def shown(source, **who):
    return desk.client(**who).get(f"{LIST}{source.pk}/change/").content.decode()


def examine(source, **who):
    return desk.client(**who).post(f"{LIST}{source.pk}/examine/", follow=True)


@pytest.mark.usefixtures("answers")
def test_it_works(facts):
    assert "Examined: alive." in examine(facts).content.decode()
    assert Examination.objects.get().source == facts
    assert "Last examinations" in shown(facts)


@pytest.mark.usefixtures("answers")
def test_looking_by_hand_asks_for_a_post_and_for_the_right_to_change(facts):
    assert desk.client().get(f"{LIST}{facts.pk}/examine/").status_code == 405
    assert examine(facts, name="paula", role=roles.PUBLISHER).status_code == 403
    assert "Examine now" not in shown(facts, name="paula", role=roles.PUBLISHER)
    assert not Examination.objects.exists()


def test_what_was_seen_is_shown_and_escaped(facts, answers):
    answers |= {"outcome": Outcome.BROKEN, "status": 0, "detail": "<b>oops</b>", "hops": (Hop(URL, 302),)}
    examine(facts)
    page = shown(facts)
    assert "broken: &lt;b&gt;oops&lt;/b&gt;" in page
    assert "<strong>failing</strong>" in page


def test_a_source_without_an_address_says_so():
    book = Source.objects.create(title="A book")
    assert "this source has no address" in examine(book).content.decode()
    assert "Examine now" not in shown(book)


def test_the_list_tells_the_dead_from_the_living(facts):
    dead = Source.objects.create(title="Gone", url="https://example.org/gone")
    for day in (0, 1, 3):
        examining.write([(dead.pk, Look(dead.url, Outcome.ANSWERED, status=404))], at=cast.later(days=day))
    page = desk.client().get(LIST, {"health": "dead"}).content.decode()
    assert "Gone" in page
    assert "Facts" not in page


def test_the_list_finds_those_that_nobody_has_looked_at(facts):
    seen = Source.objects.create(title="Seen", url="https://example.org/seen", looked_at=cast.NOON)
    found = {
        key: desk.client().get(LIST, {"unseen": key}).context["cl"].queryset.count() for key in ("never", "365", "x")
    }
    assert (found["never"], found["x"]) == (1, 2)
    assert seen.looked_at


def test_a_source_does_not_take_its_own_place(facts):
    data = {"kind": "web", "title": "Facts", "url": URL, "superseded_by": facts.pk}
    answer = desk.client().post(f"{LIST}{facts.pk}/change/", data)
    assert "A source does not take its own place." in desk.errors(answer)
    # Nor by way of the record that it has replaced, or of one that was merged into it.
    Source.objects.create(title="Older", superseded_by=facts)
    Source.objects.create(title="Alias", merged_into=facts)
    for other in Source.objects.exclude(pk=facts.pk):
        answer = desk.client().post(f"{LIST}{facts.pk}/change/", {**data, "superseded_by": other.pk})
        assert "A source does not take its own place." in desk.errors(answer)


def test_a_source_that_was_examined_stays(facts, answers):
    examine(facts)
    answer = desk.client("ada", roles.ADMINISTRATOR).get(f"{LIST}{facts.pk}/delete/")
    assert answer.status_code == 403
