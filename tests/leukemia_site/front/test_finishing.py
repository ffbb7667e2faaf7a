"""What a page lacks when its first reader gets it: its place on the disk, and how it will read later."""

from types import SimpleNamespace

import pytest

from leukemia_site.front.background import LAST, LATER, SOON
from tests.leukemia_site.front.kept import PAGE, Later, get, site

DUE = 2_000_000_000.0
CODINGS = {"br", "gzip", ""}


@pytest.fixture
def there(tmp_path):
    """A process whose work in the background waits; its page reads differently from DUE on."""
    made = site(tmp_path)
    made.watch.look()
    made.front.background = made.waiting = Later()
    made.pages.offer.update(valid_until=DUE, wrong_from=DUE)
    made.front.now = lambda: DUE - 1
    return made


def until_due(there):
    """From DUE on it reads the same for ever."""
    there.pages.offer.update(valid_until=None, wrong_from=None)


def test_the_first_reader_waits_for_no_disk_and_the_next_has_every_encoding(there):
    first = get(there.front, HTTP_ACCEPT_ENCODING="gzip, br;q=0.5")
    assert first.headers["Content-Encoding"] == "gzip"
    assert not there.store.disk.has(PAGE)
    assert get(there.front, HTTP_ACCEPT_ENCODING="br").headers["Content-Encoding"] == "br"
    assert get(there.front).body == b"<main>%s</main>" % there.pages.words.encode()
    assert there.pages.asked[1:] == []
    there.waiting.pop(0)()
    assert there.store.disk.load(PAGE).ready == there.store.get(PAGE).ready
    assert set(there.store.get(PAGE).ready) == CODINGS


def test_it_is_on_disk_before_anything_is_made_in_advance(there):
    kinds = []
    there.front.background = SimpleNamespace(do=lambda job, when=SOON: kinds.append((job, when)) or True)
    get(there.front)
    kinds[0][0]()
    assert [when for _job, when in kinds] == [LATER, LAST]
    assert there.store.disk.load(PAGE).later is None


def test_what_comes_later_takes_no_room_in_memory(there):
    get(there.front)
    before = there.store.size
    until_due(there)
    there.waiting.finish()
    assert there.store.size == before
    assert there.store.disk.load(PAGE).later.body == b"<main>%s in %d</main>" % (there.pages.words.encode(), DUE)


def test_it_is_found_there_when_it_is_due_and_nobody_can_make_it(there):
    get(there.front)
    until_due(there)
    there.waiting.finish()
    there.pages.away = there.log.away = True
    there.watch.look()
    there.front.now = lambda: DUE
    assert get(there.front).body.endswith(b" in %d</main>" % DUE)


def test_where_nothing_can_be_written_it_stays_in_memory(there):
    there.store.disk.save = lambda address, entry: False
    get(there.front)
    until_due(there)
    there.waiting.finish()
    assert there.store.get(PAGE).later is not None


def test_what_another_process_made_in_advance_is_not_made_again(there):
    get(there.front)
    until_due(there)
    there.waiting.finish()
    asked = len(there.pages.asked)
    there.front.foresee(PAGE)
    assert len(there.pages.asked) == asked


def test_a_page_that_was_crowded_out_meanwhile_is_made_in_advance_all_the_same(there):
    get(there.front)
    until_due(there)
    there.waiting.pop(0)()
    there.store._remove(PAGE)
    there.waiting.finish()
    assert there.store.disk.load(PAGE).later is not None


def test_what_changes_before_it_is_kept_is_not_kept_after_all(there):
    get(there.front)
    there.log.add("page:a-page")
    there.watch.look()
    there.waiting[0]()
    assert there.store.get(PAGE) is None
    assert not there.store.disk.has(PAGE)


def test_what_was_made_anew_meanwhile_is_not_undone(there):
    get(there.front)
    until_due(there)
    there.waiting.pop(0)()
    foresee = there.waiting.pop(0)
    make = there.front.application

    def meanwhile(environ, start):
        there.front.application = make
        there.pages.offer.update(valid_until=DUE + 9, wrong_from=None)
        there.front.now = lambda: DUE
        get(there.front)
        return make(environ, start)

    there.front.application = meanwhile
    foresee()
    assert there.store.get(PAGE).valid_until == DUE + 9


def test_a_page_is_kept_at_once_where_too_much_waits(there):
    there.front.background = SimpleNamespace(do=lambda job, when=SOON: False)
    get(there.front)
    assert set(there.store.disk.load(PAGE).ready) == CODINGS
