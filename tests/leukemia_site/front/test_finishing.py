"""What a page lacks when its first reader gets it: other encodings, and its place on the disk."""

from types import SimpleNamespace

from tests.leukemia_site.front.kept import PAGE, Later, get, site


def test_the_first_reader_waits_for_their_own_encoding_alone(tmp_path):
    there = site(tmp_path)
    there.watch.look()
    there.front.background = later = Later()
    first = get(there.front, HTTP_ACCEPT_ENCODING="gzip, br;q=0.5")
    assert first.headers["Content-Encoding"] == "gzip"
    assert set(there.store.get(PAGE).ready) == {"gzip", ""}
    assert not there.store.disk.has(PAGE)
    assert get(there.front, HTTP_ACCEPT_ENCODING="br").body == get(there.front).body  # as it is, meanwhile
    for job in later:
        job()
    assert set(there.store.get(PAGE).ready) == {"br", "gzip", ""}
    assert there.store.disk.load(PAGE).ready == there.store.get(PAGE).ready
    again = get(there.front, HTTP_ACCEPT_ENCODING="gzip")
    assert (again.body, again.headers["ETag"]) == (first.body, first.headers["ETag"])
    assert get(there.front, HTTP_ACCEPT_ENCODING="br").headers["Content-Encoding"] == "br"


def test_what_changes_before_it_is_packed_is_not_kept_after_all(tmp_path):
    there = site(tmp_path)
    there.watch.look()
    there.front.background = later = Later()
    get(there.front)
    there.log.add("page:a-page")
    there.watch.look()
    later[0]()
    assert there.store.get(PAGE) is None
    assert not there.store.disk.has(PAGE)


def test_a_page_is_kept_whole_where_too_much_waits(tmp_path):
    there = site(tmp_path)
    there.watch.look()
    there.front.background = SimpleNamespace(do=lambda job: False)
    get(there.front)
    assert set(there.store.disk.load(PAGE).ready) == {"br", "gzip", ""}
