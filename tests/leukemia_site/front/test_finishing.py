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
    assert there.store.get(PAGE) is None  # nobody has asked for it since


def test_a_page_that_was_crowded_out_before_it_was_kept_is_kept_all_the_same(there):
    get(there.front)
    there.store._remove(PAGE)
    there.waiting.pop(0)()
    assert there.store.disk.has(PAGE)


def test_what_another_process_keeps_later_does_not_undo_what_was_made_in_advance(there, tmp_path):
    other = site(tmp_path, log=there.log, pages=there.pages)
    other.watch.look()
    other.front.background, other.front.now = Later(), there.front.now
    other.store.place(PAGE, there.front._asked(there.front.rules.environ(PAGE))[1])
    get(there.front)
    until_due(there)
    there.waiting.finish()
    other.front.keep(PAGE, other.store.get(PAGE))
    assert there.store.disk.load(PAGE).later is not None


def test_what_could_not_be_made_in_advance_for_a_while_is_made_afterwards(there):
    get(there.front)
    until_due(there)
    there.log.away = True
    there.watch.look()
    there.waiting.finish()
    assert there.store.disk.load(PAGE).later is None
    there.log.away = False
    there.watch.look()
    there.waiting.finish()
    assert there.store.disk.load(PAGE).later is not None


def test_an_older_one_on_a_full_disk_does_not_count_as_made_in_advance(there):
    get(there.front)
    until_due(there)
    there.waiting.finish()
    there.store.disk.save = lambda address, entry: False
    there.pages.offer.update(valid_until=DUE + 9, wrong_from=DUE + 9)
    there.front.now = lambda: DUE
    get(there.front)
    until_due(there)
    there.waiting.finish()
    assert there.store.get(PAGE).wrong_from == DUE + 9
    assert there.store.get(PAGE).later is not None


def test_words_that_were_withdrawn_while_they_were_written_do_not_stay_on_disk(there):
    save = there.store.disk.save

    def slowly(address, entry):
        there.log.add("page:a-page")
        there.watch.look()
        return save(address, entry)

    there.store.disk.save = slowly
    get(there.front)
    there.waiting.pop(0)()
    assert not there.store.disk.has(PAGE)


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


def test_what_was_just_published_is_on_disk_as_soon_as_it_is_made(there):
    get(there.front)
    there.log.add("page:a-page")
    there.pages.words = "New. "
    there.front.background = SimpleNamespace(do=lambda job, when=SOON: when > SOON or job() or True)
    there.watch.look()
    assert there.store.disk.load(PAGE).body == b"<main>New. </main>"
