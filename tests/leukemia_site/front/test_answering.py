"""The front: one way to answer, whether a page was kept or is made; and what it does while the database is away."""

import gzip
import threading
import time

import pytest

from leukemia_site.front.aging import AFTER
from leukemia_site.front.offer import ENVIRON
from tests.leukemia_site.front.kept import PAGE, Later, get, site

MIDNIGHT = 2_000_000_000.0


@pytest.fixture
def there():
    made = site()
    made.watch.look()
    return made


def at(there, when):
    there.front.now = lambda: when


def test_a_page_is_made_once_and_then_kept(there):
    made, kept = get(there.front), get(there.front)
    assert made.body == kept.body
    assert len(there.pages.asked) == 1
    assert [one.headers.pop("Cache-Status") for one in (made, kept)] == [
        "leukemia_site; fwd=miss; stored",
        "leukemia_site; hit",
    ]
    assert made.headers == kept.headers


def test_every_visitor_gets_the_encoding_they_like(there):
    packed = get(there.front, HTTP_ACCEPT_ENCODING="gzip")
    assert gzip.decompress(packed.body) == get(there.front).body
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.body)
    assert packed.headers["ETag"] != get(there.front).headers["ETag"]


@pytest.mark.parametrize("accepted", ["", "gzip", "br, gzip"])
def test_who_has_it_gets_no_words(there, accepted):
    first = get(there.front, HTTP_ACCEPT_ENCODING=accepted)
    again = get(there.front, HTTP_ACCEPT_ENCODING=accepted, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert "Content-Type" not in again.headers


def test_head_has_the_headers_and_no_words(there):
    head, whole = get(there.front, method="HEAD"), get(there.front)
    assert head.body == b""
    assert head.headers | {"Cache-Status": ""} == whole.headers | {"Cache-Status": ""}


def test_what_is_not_offered_is_neither_kept_nor_touched(there):
    there.pages.offer = {}
    for number in (1, 2):
        assert get(there.front, HTTP_ACCEPT_ENCODING="gzip").body == b"<main>" + b"words " * 100 + b"</main>"
        assert len(there.pages.asked) == number


def test_a_request_that_is_not_plain_sees_django_alone(there):
    get(there.front, HTTP_COOKIE="sessionid=abc")
    get(there.front, "/a//b/")
    assert not any(ENVIRON in asked for asked in there.pages.asked)
    assert get(there.front, HTTP_COOKIE="sessionid=abc").headers.get("Cache-Status") is None


def test_a_change_is_seen_after_the_next_look(there):
    get(there.front)
    there.pages.words = "New. "
    there.log.add("page:a-page")
    assert b"New. " not in get(there.front).body
    there.watch.look()
    assert get(there.front).body == b"<main>New. </main>"


def test_what_changes_while_it_is_made_is_not_kept(there):
    there.front.application = lambda environ, start: (
        [there.log.add("page:a-page"), there.watch.look()] and there.pages(environ, start)
    )
    get(there.front)
    assert there.store.get(PAGE) is None


def test_outdated_pages_are_made_anew_before_anybody_asks(there):
    get(there.front)
    there.pages.words = "New. "
    there.log.add("page:a-page")
    there.watch.look()
    assert there.store.get(PAGE).body == b"<main>New. </main>"


def test_before_the_first_answer_a_page_is_whole_and_not_kept():
    there = site()
    assert get(there.front).headers["ETag"]
    assert there.store.get(PAGE) is None


def test_after_its_time_a_page_is_made_anew(there):
    there.pages.offer["valid_until"] = MIDNIGHT
    at(there, MIDNIGHT - 1)
    get(there.front), get(there.front)
    assert len(there.pages.asked) == 1
    at(there, MIDNIGHT)
    get(there.front)
    assert len(there.pages.asked) == 2


def test_many_who_ask_at_once_cause_one_rendering(there):
    began, slow = threading.Barrier(9), there.pages

    def pages(environ, start):
        time.sleep(0.2)
        return slow(environ, start)

    def ask():
        began.wait()
        got.append(get(there.front).body)

    there.front.application, got = pages, []
    threads = [threading.Thread(target=ask) for _ in range(9)]
    for one in (*threads,):
        one.start()
    for one in threads:
        one.join()
    assert len(there.pages.asked) == 1
    assert len(got) == 9
    assert len({*got}) == 1


def test_who_waits_for_one_that_fails_asks_for_themselves(there):
    def broken(environ, start):
        raise LookupError("broken")

    there.front.application = broken
    for _time in range(2):  # nobody is left waiting for the first
        with pytest.raises(LookupError, match="broken"):
            get(there.front)
    there.front.application = there.pages
    assert get(there.front).status == 200


# -- It could not be asked in time ---------------------------------------------------------------------------------


def seconds_ago(there, seconds):
    there.watch._answered_at = time.monotonic() - seconds


def is_marked(answer):
    return answer.headers["Cache-Status"].endswith("; detail=stale")


def test_what_is_kept_says_that_it_may_be_old_when_nobody_could_look(there):
    get(there.front)
    for seconds, marked in ((1.2, False), (1.6, True)):
        seconds_ago(there, seconds)
        assert is_marked(get(there.front)) is marked
        assert is_marked(get(there.front, HTTP_IF_NONE_MATCH="*")) is marked


def test_however_late_it_is_held_up_it_says_so(there):
    """Between finding a page and sending it a process may be stopped for any time."""
    get(there.front)
    page = there.store.get(PAGE)
    there.store.get = lambda address: seconds_ago(there, 9) or page
    assert is_marked(get(there.front))


def test_what_was_just_made_is_not_old(there):
    seconds_ago(there, 9)
    assert not is_marked(get(there.front))
    assert is_marked(get(there.front))


def test_what_was_made_from_a_copy_is_as_old_as_what_was_heard(there):
    there.pages.offer["of_copy"] = True
    seconds_ago(there, 9)
    assert is_marked(get(there.front))


def test_an_answer_is_as_old_as_the_question(there):
    asked = there.log.since

    def slow(number):
        answer = asked(number)
        time.sleep(0.3)
        return answer

    there.watch._ask = slow
    began = time.monotonic()
    there.watch.look()
    assert there.watch._answered_at - began < 0.2


def test_whoever_renders_hears_what_the_page_has_to_know(there):
    """Of all that this machine has heard, by whichever process: a copy of the database may be behind it."""
    there.log.add("page:other")
    there.watch.look()
    there.front.application = lambda environ, start: (
        numbers.append(environ[ENVIRON].number) or there.pages(environ, start)
    )
    numbers = []
    get(there.front)
    assert numbers == [1] == [there.store.get(PAGE).number]


# -- The database is away ------------------------------------------------------------------------------------------


def lose(there):
    there.log.away = there.pages.away = True
    there.watch.look()
    there.watch._answered_at = float("-inf")


def test_what_is_kept_goes_on_and_says_that_it_is_stale(there):
    get(there.front)
    lose(there)
    assert get(there.front).headers["Cache-Status"] == "leukemia_site; hit; detail=stale"
    assert get(there.front, "/other/").status == 503


def test_it_recovers_by_itself(there):
    get(there.front)
    lose(there)
    there.log.away = there.pages.away = False
    there.pages.words = "New. "
    there.log.add("page:a-page")
    there.watch.look()
    assert get(there.front).body == b"<main>New. </main>"
    assert get(there.front).headers["Cache-Status"] == "leukemia_site; hit"


def test_a_process_that_starts_then_finds_the_pages_of_the_last_one(tmp_path):
    before = site(tmp_path)
    before.watch.look()
    get(before.front)
    after = site(tmp_path)
    after.pages.away = after.log.away = True
    assert get(after.front).status == 200  # before it has even heard that nobody answers
    lose(after)
    assert get(after.front).headers["Cache-Status"] == "leukemia_site; hit; detail=stale"


def test_a_process_that_starts_shows_nothing_old_while_the_database_answers(tmp_path):
    before = site(tmp_path)
    before.watch.look()
    get(before.front)
    after = site(tmp_path, log=before.log)
    after.pages.words = "New. "
    before.log.add("page:a-page")  # and nobody of this machine has heard of it
    assert get(after.front).body == b"<main>New. </main>"
    after.watch.look()
    assert get(after.front).body == b"<main>New. </main>"


def test_a_withdrawn_page_never_comes_from_disk(tmp_path):
    before = site(tmp_path)
    before.watch.look()
    get(before.front)
    before.front.application = lambda environ, start: start("410 Gone", []) or [b"Gone"]
    before.log.add("page:a-page")
    before.watch.look()
    after = site(tmp_path)
    lose(after)
    assert get(after.front).status == 503


def test_a_process_that_starts_uses_the_disk_once_it_has_heard_that_nothing_changed(tmp_path):
    before = site(tmp_path)
    before.watch.look()
    get(before.front)
    after = site(tmp_path, log=before.log)
    after.watch.look()
    get(after.front)
    assert after.pages.asked == []


def test_past_its_time_the_page_made_in_advance_is_shown(there):
    there.front.background = jobs = Later()
    there.pages.offer.update(valid_until=MIDNIGHT, wrong_from=MIDNIGHT)
    at(there, MIDNIGHT - 1)
    get(there.front)
    there.pages.offer.update(valid_until=None, wrong_from=None)
    jobs.finish()
    lose(there)
    assert b" in " not in get(there.front).body
    at(there, MIDNIGHT)
    assert f" in {MIDNIGHT:.0f}".encode() in get(there.front).body


def test_past_its_time_a_page_without_one_is_not_shown(there):
    there.front.background = Later()
    there.pages.offer.update(valid_until=MIDNIGHT, wrong_from=MIDNIGHT)
    at(there, MIDNIGHT - 1)
    get(there.front)
    lose(there)
    at(there, MIDNIGHT)
    assert get(there.front).status == 503


def test_a_page_that_only_ages_is_shown_past_its_time(there):
    there.pages.offer.update(valid_until=MIDNIGHT)
    at(there, MIDNIGHT - 1)
    get(there.front)
    lose(there)
    at(there, MIDNIGHT + 9)
    assert get(there.front).status == 200


def test_after_a_day_the_page_says_how_old_it_is(tmp_path):
    there = site(tmp_path)
    there.watch.look()
    young = get(there.front)
    lose(there)
    at(there, time.time() + AFTER - 60)
    assert get(there.front).body == young.body
    at(there, time.time() + AFTER + 60)
    old = get(there.front)
    assert old.body.startswith(b"<main><p>Old.</p>words")
    assert old.headers["ETag"] != young.headers["ETag"]
    assert int(old.headers["Content-Length"]) == len(old.body)
    assert gzip.decompress(get(there.front, HTTP_ACCEPT_ENCODING="gzip").body) == old.body
