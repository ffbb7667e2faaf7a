"""What a process keeps is bounded, and nothing outdated is in it."""

import random

import pytest

from leukemia_site.front.changes import Answer, touches
from leukemia_site.front.disk import Disk
from leukemia_site.front.journal import Journal
from leukemia_site.front.store import Store
from tests.leukemia_site.front.kept import entry, put

TAGS = ("page:a", "page:b", "source:x", "*")


def store(**more):
    made = Store(1_000_000, **more)
    made.changed(Answer(0))
    return made


def heard(number, *tags):
    return Answer(number, tuple((number - len(tags) + n, tag) for n, tag in enumerate(tags, 1)))


def test_it_keeps_a_page():
    kept, page = store(), entry()
    assert put(kept, "/a/", page)
    assert kept.get("/a/") is page
    assert kept.get("/b/") is None


def test_before_anything_was_heard_nothing_is_kept():
    assert not put(Store(1_000_000), "/a/", entry())


@pytest.mark.parametrize(
    ("leans_on", "tag", "goes"),
    [
        (("page:a",), "page:a", True),
        (("page:a",), "page:b", False),
        (("page:a", "source:x"), "source:x", True),
        (("page:a",), "*", True),
        (("*",), "page:b", True),
        ((), "page:b", False),
        ((), "*", True),
    ],
)
def test_a_change_outdates_what_leans_on_it(leans_on, tag, goes):
    kept = store()
    put(kept, "/a/", entry(leans_on=leans_on))
    assert kept.changed(heard(1, tag)) == ["/a/"] * goes
    assert (kept.get("/a/") is None) == goes == touches(tag, frozenset(leans_on))


def test_what_was_begun_before_a_change_is_refused_after_it():
    kept, page = store(), entry(number=0)
    kept.changed(heard(1, "page:a-page"))
    assert not put(kept, "/a/", page)
    assert put(kept, "/a/", entry(number=1))


def test_a_page_made_after_a_change_survives_the_next():
    kept = store()
    kept.changed(heard(1, "page:a-page"))
    put(kept, "/a/", entry(number=1))
    assert kept.changed(heard(2, "page:other")) == []


def test_a_log_that_went_back_outdates_everything():
    kept = store()
    kept.changed(heard(3))
    put(kept, "/a/", entry(number=3))
    assert kept.changed(heard(1)) == ["/a/"]
    assert kept.known.number == 1


def test_it_holds_no_more_than_it_may_and_forgets_what_was_used_least():
    kept, size = store(), entry().size
    kept.bytes_limit = 10 * size
    for number in range(30):
        put(kept, f"/{number}/", entry())
        kept.get("/0/")
        assert kept.size <= kept.bytes_limit
    assert kept.get("/0/")
    assert kept.get("/29/")
    assert kept.get("/1/") is None


def test_the_size_is_that_of_what_is_in_it():
    kept, dice = store(), random.Random(7)
    for step in range(1, 200):
        put(
            kept,
            f"/{dice.randrange(9)}/",
            entry("word " * dice.randrange(300), leans_on=(dice.choice(TAGS),), number=kept.known.number),
        )
        if dice.random() < 0.2:
            kept.changed(heard(step, dice.choice(TAGS)))
        assert kept.size == sum(kept.get(address).size for address in kept.addresses())


def test_whatever_happens_nothing_outdated_is_found(tmp_path):
    """Random pages and changes, against a list of all that was ever said; now and then the process starts anew."""
    dice, said, number = random.Random(11), [], 0
    more = {"disk": Disk(tmp_path / "release", bytes_limit=10**6), "journal": Journal(tmp_path / "journal")}
    kept = store(**more)
    for step in range(400):
        if dice.random() < 0.3:
            number += 1
            said.append((number, dice.choice(TAGS)))
        if dice.random() < 0.3:
            kept.changed(Answer(number, tuple(one for one in said if one[0] > kept.known.number)))
        address = f"/{dice.randrange(6)}/"
        put(kept, address, entry(str(step), leans_on=dice.sample(TAGS, 2), number=dice.randint(0, kept.known.number)))
        if dice.random() < 0.1:
            kept = Store(1_000_000, **more)
        for found in filter(None, (kept.get(address), kept.recall(address))):
            later = [tag for at, tag in said if found.number < at <= kept.known.number]
            assert not any(touches(tag, found.leans_on) for tag in later)
