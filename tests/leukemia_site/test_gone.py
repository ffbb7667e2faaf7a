"""What is heard to be withdrawn is noted on this machine, for when nothing can be asked."""

import pytest

from leukemia_site.front.changes import ANY, Answer
from leukemia_site.gone import Gone

pytestmark = pytest.mark.pure
NOBODY = frozenset()


def never(_slugs):
    raise AssertionError("asked though the answer says it")


@pytest.fixture
def gone(tmp_path):
    return Gone(tmp_path / "withdrawn")


def hear(gone, *tags, withdrawn=(), still=never):
    gone.heard(Answer(7, tuple((7, tag) for tag in tags), gone=frozenset(withdrawn)), still=still)


def test_a_page_that_is_withdrawn_is_known_with_all_that_belongs_to_it(gone, tmp_path):
    hear(gone, "page:a-page", "page:another", "source:x", withdrawn=["page:a-page"])
    for known in (gone, Gone(tmp_path / "withdrawn")):  # also to a process that starts later
        assert [known.holds(f"/a-page/{end}") for end in ("", "editions/1/", "handout.pdf")] == [True] * 3
        assert not known.holds("/another/")


@pytest.mark.parametrize("address", ["/", "/a-page", "/a-page-2/", "/../a-page/", "/./", "/x/a-page/", "/%61-page/"])
def test_no_other_address_is(gone, address):
    hear(gone, "page:a-page", withdrawn=["page:a-page"])
    assert not gone.holds(address)


def test_one_that_came_back_is_not(gone):
    hear(gone, "page:a-page", withdrawn=["page:a-page"])
    hear(gone, "source:x")
    assert gone.holds("/a-page/")
    hear(gone, "page:a-page")
    assert not gone.holds("/a-page/")


def test_where_an_answer_does_not_say_it_is_asked(gone):
    hear(gone, "page:a-page", "page:another", withdrawn=["page:a-page", "page:another"])
    hear(gone, ANY, still=lambda slugs: slugs & {"a-page"})
    assert [gone.holds("/a-page/"), gone.holds("/another/")] == [True, False]


def test_before_anything_was_withdrawn_nothing_is(gone):
    hear(gone, ANY, still=lambda slugs: slugs)
    assert not gone.holds("/a-page/")


def test_without_room_the_site_goes_on(gone, tmp_path, caplog):
    (tmp_path / "withdrawn").write_text("")
    hear(gone, "page:a-page", withdrawn=["page:a-page"])
    assert not gone.holds("/a-page/")
    assert "could not be noted" in caplog.text
