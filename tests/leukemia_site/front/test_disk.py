"""Pages on disk: to the letter or not at all, and never one that is outdated."""

import os

import pytest

from leukemia_site.front.changes import Answer
from leukemia_site.front.disk import Disk
from leukemia_site.front.journal import Journal
from leukemia_site.front.store import Store
from tests.leukemia_site.front.kept import entry, put


@pytest.fixture
def disk(tmp_path):
    return Disk(tmp_path / "release", bytes_limit=10**6)


@pytest.fixture
def journal(tmp_path):
    kept = Journal(tmp_path / "journal")
    kept.begin(Answer(0))
    return kept


def file(disk):
    return next(disk.folder.rglob("*.page"))


def test_it_comes_back_as_it_was_put(disk):
    later = entry("Due. " * 90, valid_until=300.5)
    page = entry(valid_until=200.0, wrong_from=200.0, leans_on=("page:a", "source:x"))
    page = type(page)(**{name: getattr(page, name) for name in page.__dataclass_fields__} | {"later": later})
    disk.save("/a/", page)
    assert disk.load("/a/") == page
    assert disk.load("/b/") is None


@pytest.mark.parametrize("place", [0, 70, 400, -1])
def test_a_flipped_byte_is_noticed(disk, place):
    disk.save("/a/", entry())
    broken = bytearray(file(disk).read_bytes())
    broken[place] ^= 1
    file(disk).write_bytes(broken)
    assert disk.load("/a/") is None


@pytest.mark.parametrize("size", [0, 10, 64, 65, 300])
def test_half_a_file_is_none(disk, size):
    disk.save("/a/", entry())
    os.truncate(file(disk), size)
    assert disk.load("/a/") is None


def test_the_page_of_another_address_is_none(disk):
    disk.save("/a/", entry())
    file(disk).rename(disk._path("/b/").parent.mkdir(parents=True) or disk._path("/b/"))
    assert disk.load("/b/") is None


def test_where_nothing_can_be_written_nothing_is_kept_and_nothing_fails(tmp_path):
    (tmp_path / "file").touch()
    disk = Disk(tmp_path / "file" / "release", bytes_limit=10)
    disk.save("/a/", entry())
    assert disk.load("/a/") is None


def test_the_oldest_make_room(disk):
    for number in range(5):
        disk.save(f"/{number}/", entry())
        os.utime(disk._path(f"/{number}/"), (number, number))
    disk.bytes_limit = 2 * file(disk).stat().st_size
    disk.sweep(lambda leans_on, number: False)
    assert [number for number in range(5) if disk.load(f"/{number}/")] == [3, 4]


def test_outdated_words_do_not_stay_on_disk(disk, journal):
    store = Store(10**6, disk, journal)
    put(store, "/a/", entry(leans_on=("page:a",)))
    put(store, "/b/", entry(leans_on=("page:b",)))
    store = Store(10**6, disk, journal)  # which has neither in memory
    store.changed(Answer(1, ((1, "page:a"),)))
    store.sweep()
    assert [address for address in ("/a/", "/b/") if disk.load(address)] == ["/b/"]


def test_another_process_reads_what_one_has_heard(disk, journal):
    one, other = Store(10**6, disk, journal), Store(10**6, disk, journal)
    put(other, "/a/", entry())
    one.changed(Answer(1, ((1, "page:a-page"),)))
    other.reread()
    assert other.get("/a/") is None
    assert Store(10**6, disk, journal).recall("/a/") is None


def test_a_deed_that_was_half_written_down_is_asked_about_again(disk, journal):
    """All changes of a deed have one number: who has read one of them does not know the others."""
    store = Store(10**6, disk, journal)
    put(store, "/b/", entry(leans_on=("page:b",)))
    journal.write(Answer(1, ((1, "page:a"), (1, "page:b"))))
    written = journal.path.read_bytes()
    journal.path.write_bytes(written[: written.index(b"page:b")])  # whoever wrote it was ended
    assert (journal.read().number, Store(10**6, disk, journal).known.number) == (0, 0)
    journal.write(Answer(1, ((1, "page:a"), (1, "page:b"))))
    assert Store(10**6, disk, journal).known.number == 1
    assert Store(10**6, disk, journal).recall("/b/") is None


def test_what_another_process_made_that_has_heard_more_stays(disk, journal):
    ahead, behind = Store(10**6, disk, journal), Store(10**6, disk, journal)
    put(behind, "/a/", entry("Old. ", leans_on=("page:a", "page:b")))
    ahead.changed(Answer(2, ((1, "page:a"), (2, "page:b"))))
    put(ahead, "/a/", entry("New. ", leans_on=("page:a", "page:b"), number=2))
    put(behind, "/a/", entry("Old. ", leans_on=("page:a", "page:b")))
    assert disk.load("/a/").number == 2
    behind.changed(Answer(1, ((1, "page:a"),)))  # and nothing yet of the second change
    behind.sweep()
    assert (behind.get("/a/"), disk.load("/a/").number) == (None, 2)


def test_a_line_that_was_not_finished_is_none_and_spoils_no_other(journal):
    journal.write(Answer(2, ((1, "page:a"), (2, "page:b"))))
    written = journal.path.read_bytes()
    journal.path.write_bytes(written[: written.index(b"page:b") + 4])
    assert journal.read().newest == {"page:a": 1}
    journal.write(Answer(3, ((2, "page:b"), (3, "page:c"))))
    assert journal.read().newest == {"page:a": 1, "page:b": 2, "page:c": 3}


def test_a_journal_of_nonsense_is_none(journal):
    for nonsense in (b"", b"log\tx\t.\n", b"\xff\xfe", b"log\t1\t.\n1\t.\n"):
        journal.path.write_bytes(nonsense)
        assert journal.read() is None


def test_a_long_journal_is_made_shorter_and_what_it_no_longer_knows_does_not_count(journal, monkeypatch):
    monkeypatch.setattr("leukemia_site.front.journal.LONGEST", 5)
    monkeypatch.setattr("leukemia_site.front.journal.KEPT", 2)
    journal.write(Answer(3, tuple((number, f"page:{number}") for number in range(1, 4))))
    known = journal.read()
    assert known.newest == {"page:2": 2, "page:3": 3}
    assert known.outdates(frozenset({"page:1"}), 1)
    assert not known.outdates(frozenset({"page:1"}), 2)


def test_no_reader_waits_for_the_disk_to_hear_of_a_change(disk, journal, monkeypatch):
    store, seen = Store(10**6, disk, journal), []
    put(store, "/a/", entry())
    told = Answer(1, ((1, "page:a-page"),))
    monkeypatch.setattr(os, "fsync", lambda _file: seen.append((store.get("/a/"), journal.read().number)))
    store.changed(told)
    assert seen == [(None, 1)]


@pytest.mark.parametrize("step", ["write", "settle"])
def test_what_can_not_be_written_down_makes_the_disk_count_for_nothing(disk, journal, monkeypatch, step):
    store = Store(10**6, disk, journal)
    put(store, "/a/", entry())
    monkeypatch.setattr(Journal, step, lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    store.changed(Answer(1, ((1, "page:a-page"),)))
    assert store.get("/a/") is None
    assert Store(10**6, disk, journal).recall("/a/") is None
