"""Who makes a handout, when, and what happens when it can not be made. Set by a quick stand-in."""

import fcntl
import os
import threading
from dataclasses import replace

import pytest

from articles.content import SectionContent
from articles.handouts import extra, making, sheet, shelf
from tests.articles.handouts.papers import QUICK, WORDS, paper

pytestmark = [pytest.mark.pure, pytest.mark.usefixtures("typesetter")]


@pytest.fixture(autouse=True)
def root(tmp_path, settings, monkeypatch):
    settings.HANDOUTS_ROOT = tmp_path / "handouts"
    monkeypatch.setattr(making, "PROGRAM", QUICK)
    return settings.HANDOUTS_ROOT


def saying(words):
    section = SectionContent(anchor="p", heading="P", body=f"<p>{words}</p>")
    return paper(replace(WORDS, sections=(section,)))


def make(one=None, **more):
    return making.make(one or paper(), sheet.PLAIN, **more)


def test_it_is_made_once(monkeypatch):
    first = make()
    assert (first.edition, first.sheets, first.read()[:5]) == (3, 3, b"%PDF-")
    monkeypatch.setattr(making, "_typeset", None)
    assert make() == first


def test_many_hands_make_it_once(monkeypatch):
    typeset, calls = making._typeset, []
    monkeypatch.setattr(making, "_typeset", lambda *job: calls.append(1) or typeset(*job))
    hands = [threading.Thread(target=make, kwargs={"patience": 30}) for _hand in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(calls) == 1


def test_while_another_is_made_nobody_waits_long(root):
    root.mkdir()
    with (root / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(making.Busy):
            make(patience=0)
    assert make(patience=0)


def test_what_is_complained_about_is_no_file_and_is_not_tried_again(monkeypatch, caplog):
    with pytest.raises(making.NotMade, match="A complaint"):
        make(saying("Please complain"))
    assert "no handout of /example-disease/ (handout): A complaint" in caplog.text
    monkeypatch.setattr(making, "_typeset", None)
    with pytest.raises(making.NotMade):
        make(saying("Please complain"))
    assert list(shelf.of(7)) == []


def test_what_takes_too_long_is_ended(monkeypatch, caplog):
    monkeypatch.setattr(making, "SECONDS", 0.3)
    with pytest.raises(making.NotMade, match=r"not done after 0\.3 seconds"):
        make(saying("Please linger"))


def test_it_knows_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    seen = {}
    monkeypatch.setattr(making.subprocess, "run", lambda *_args, **options: seen.update(options) or 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make()
    assert "DATABASE_URL" not in seen["env"]
    assert set(seen["env"]) <= {*making._ENVIRONMENT}
    assert "DATABASE_URL" in os.environ


# -- what this machine lacks ---------------------------------------------------------------------------------------


def lacking(monkeypatch, *names):
    monkeypatch.setattr(extra, "missing", lambda: names)
    return [message.id for message in extra.half_there(None)]


def test_half_of_the_extra_is_a_warning(monkeypatch):
    assert lacking(monkeypatch, "libpango-1.0") == ["articles.W001"]
    assert lacking(monkeypatch, "segno") == ["articles.W001"]


def test_none_or_all_of_it_is_none(monkeypatch):
    assert lacking(monkeypatch) == []
    assert lacking(monkeypatch, *sheet.TYPESETTERS) == []
