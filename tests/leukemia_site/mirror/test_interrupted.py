"""An export that stops anywhere leaves readers what they had, and the next one goes on where it was."""

import os
import signal
import time
from contextlib import suppress

import pytest
from django.db import OperationalError

from leukemia_site.mirror import exporting, giving, trees, working
from leukemia_site.mirror.making import Maker
from leukemia_site.mirror.refusals import Refused
from tests import cast
from tests.leukemia_site.backups.machines import Machine, said
from tests.leukemia_site.mirror import mirrors

TITLES = ("One page", "Two pages", "Three pages")


class Stop(Exception):
    """Somebody pulled the plug."""


@pytest.fixture
def root(tmp_path):
    for title in TITLES:
        cast.published(cast.draft(cast.words(title)))
    return tmp_path / "mirror"


def stopping(call, after):
    """`call`, which stops when it has been called so often."""
    left = [after]

    def stops(*args, **named):
        left[0] -= 1
        if left[0] < 0:
            raise Stop
        return call(*args, **named)

    return stops


@pytest.mark.django_db
@pytest.mark.parametrize("after", [0, 1, 5, 40])
def test_stopped_while_it_makes_pages(root, monkeypatch, after):
    mirrors.export(root)
    before = mirrors.files(root)
    with monkeypatch.context() as patch:
        patch.setattr(trees, "put", stopping(trees.put, after))
        with pytest.raises(Stop):
            mirrors.export(root)
    assert mirrors.files(root) == before
    assert mirrors.problems(root) == []
    mirrors.export(root, since=True)
    assert mirrors.files(root) == before


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["link", "drop", "put"])
@pytest.mark.parametrize("after", [0, 1, 2])
def test_stopped_while_readers_are_given_it(root, monkeypatch, step, after):
    mirrors.export(root)
    with monkeypatch.context() as patch:
        patch.setattr(giving.trees, step, stopping(getattr(trees, step), after))
        patch.setattr(exporting, "Maker", lambda tree, headers: _written_before(tree, headers))
        with suppress(Stop):
            mirrors.export(root)
    assert mirrors.problems(root) == []
    mirrors.export(root)
    assert mirrors.problems(root) == []
    assert mirrors.files(root) == _of(root / "site-a") == _of(root / "site-b")


def _written_before(tree, headers, put=trees.put):
    """What makes pages, past the step that is to stop."""
    maker = Maker(tree, headers)
    maker._put = lambda path, content: put(tree, path, content)
    return maker


def _of(tree):
    found = {path: (tree / path).read_bytes() for path in trees.files(tree)}
    return {path: content for path, content in found.items() if not path.startswith(".mirror/")}


@pytest.mark.django_db
def test_what_was_made_is_not_made_again(root, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(working, "_AT_ONCE", 1)
        patch.setattr(Maker, "__call__", stopping(Maker.__call__, 4))
        with pytest.raises(Stop):
            mirrors.export(root)
    assert not (root / "current").exists()
    report = mirrors.export(root)
    assert report.kept == 4
    assert mirrors.problems(root) == []


@pytest.mark.django_db
def test_a_page_that_can_not_be_made_is_named(root, monkeypatch):
    monkeypatch.setattr("articles.reading.views.current.lasting", lambda *_args, **_named: 1 / 0)
    with pytest.raises(Refused, match=r"/one-page/ could not be made"):
        mirrors.export(root)


@pytest.mark.django_db
def test_while_the_database_is_away_nothing_is_exported(root, monkeypatch):
    def away(*_args, **_named):
        raise OperationalError

    mirrors.export(root)
    before = mirrors.files(root)
    monkeypatch.setattr("articles.reading.views.current.lasting", away)
    with pytest.raises(Refused, match="database"):
        mirrors.export(root)
    assert mirrors.files(root) == before


@pytest.mark.pure
def test_killed_with_all_its_processes_it_goes_on(tmp_path):
    machine, root = Machine(tmp_path / "var"), tmp_path / "mirror"
    machine.var.mkdir()
    said(machine.manage("migrate", "--verbosity", "0"))
    said(machine.manage("demo"))
    begun = machine.start(f"print('begin', flush=True); run('export_site', {str(root)!r}, processes=2, verbosity=0)")
    begun.stdout.readline()
    _wait_for(root / trees.PROGRESS)
    os.kill(begun.pid, signal.SIGKILL)
    begun.communicate()
    assert not (root / "current").exists()
    said(machine.manage("export_site", root, "--since"))
    said(machine.manage("export_site", root, "--verify"))


def _wait_for(path):
    while not (path.exists() and path.stat().st_size > 2_000):
        time.sleep(0.02)
