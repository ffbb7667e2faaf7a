"""Pages are read in a process of its own, which a page may bring down without anybody else noticing."""

import asyncio
import os
import signal

import pytest

from references import apart, visible
from references.looking import Page
from tests.references.misbehaving import page
from tests.references.network import in_a_loop


@pytest.fixture
def reading():
    """Runs a coroutine that is given a reader."""

    def reading(use):
        async def run():
            reader = apart.Reader()
            try:
                return await use(reader)
            finally:
                await reader.aclose()

        return in_a_loop(run())

    return reading


@pytest.mark.parametrize(
    "body", [page(), page("Überschrift – ½", "№ " * 50), b"", b"\0\n\0", b"<title>" + b"x" * 10**6]
)
@pytest.mark.parametrize("charset", ["", "utf-8", "latin-1", "nonsense"])
def test_it_reads_what_we_would_read(reading, body, charset):
    assert reading(lambda reader: reader.read(body, charset)) == visible.read(body, charset)


def test_many_who_ask_at_once_each_get_their_own_page(reading):
    async def use(reader):
        return await asyncio.gather(*(reader.read(page(f"Page {n}"), "") for n in range(50)))

    assert [found.title for found in reading(use)] == [f"Page {n}" for n in range(50)]


def test_a_page_that_brings_the_reader_down_is_empty_and_the_next_one_is_read(reading):
    async def use(reader):
        await reader.read(page(), "")
        os.kill(reader._child.pid, signal.SIGKILL)
        await reader._child.wait()
        return await reader.read(page("Deadly"), ""), await reader.read(page("Next"), "")

    deadly, after = reading(use)
    assert (deadly, after.title) == (Page(), "Next")


def test_a_page_that_is_never_finished_is_given_up(reading, monkeypatch):
    async def use(reader):
        await reader.read(page(), "")
        os.kill(reader._child.pid, signal.SIGSTOP)
        monkeypatch.setattr(apart, "LONGEST", 0.05)
        stuck = await reader.read(page("Stuck"), "")
        monkeypatch.undo()
        return stuck, await reader.read(page("Next"), "")

    stuck, after = reading(use)
    assert (stuck, after.title) == (Page(), "Next")


def test_who_gives_up_waiting_leaves_no_answer_to_the_next(reading):
    async def use(reader):
        await reader.read(page(), "")
        waiting = asyncio.create_task(reader.read(page("Given up"), ""))
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait([waiting])
        return await reader.read(page("Next"), "")

    assert reading(use).title == "Next"


def test_a_charset_that_is_no_text_at_all_does_no_harm(reading):
    assert reading(lambda reader: reader.read(page(), 'x"\n[]')).title == "Acute leukemia"


def test_the_process_ends_with_its_reader(reading):
    async def use(reader):
        await reader.read(page(), "")
        return reader._child

    assert reading(use).returncode is not None


def test_it_ends_also_when_whoever_closes_it_is_called_away(reading):
    async def use(reader):
        await reader.read(page(), "")
        child = reader._child
        closing = asyncio.create_task(reader.aclose())
        await asyncio.sleep(0)
        closing.cancel()
        await asyncio.wait([closing])
        return child.returncode

    assert reading(use) is not None
