"""Killed before any of its steps (signal 9), an export leaves readers all of the old mirror or all of the new one."""

import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from random import Random

import pytest
from django.db import connections

from leukemia_site.mirror import trees
from tests import cast
from tests.conftest import PROOF
from tests.leukemia_site.mirror import mirrors

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
KILLS = {"sample": 3, "full": 120}[PROOF]
WRITTEN = "file written by half"
# What Python tells of before it is done: everything by which an export changes the disk.
STEPS = {"open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.symlink"}


@pytest.fixture
def site(tmp_path):
    """A mirror, and a site that has changed since: a page in another edition, one that was not there."""
    edition = cast.published()
    cast.published(cast.draft(cast.words("Other page")))
    mirrors.export(tmp_path / "before")
    at = cast.later(days=1)
    cast.published(cast.edited(edition.article, at=at), at=at)
    cast.published(cast.draft(cast.words("New page")))
    return tmp_path


@pytest.mark.parametrize("since", [True, False])
def test_readers_have_the_old_mirror_or_the_new_one(site, since):
    old = mirrors.files(site / "before")
    steps = killed(copied(site), since=since, at=-1)
    new = mirrors.files(site / "killed")
    assert steps > 40
    assert old != new
    random = Random(steps)
    found = [left_by_a_kill(site, since, random.randrange(steps)) for _kill in range(KILLS)]
    # The switch is one of the last steps; killed at the very last one, they have the new mirror.
    found.append(left_by_a_kill(site, since, steps - 1))
    assert all(one in (old, new) for one in found)
    assert found[-1] == new


def left_by_a_kill(site, since, at):
    """What readers have after it. The next export makes it new, whatever is left."""
    root = copied(site)
    assert killed(root, since=since, at=at) == 0
    left = mirrors.files(root)
    assert mirrors.problems(root) == []
    mirrors.export(root, since=True)
    assert mirrors.problems(root) == []
    assert mirrors.files(root) == mirrors.files(whole(site))
    assert sorted(trees.files(root / "site-a")) == sorted(trees.files(root / "site-b"))
    return left


def whole(site):
    if not (site / "whole").exists():
        mirrors.export(site / "whole")
    return site / "whole"


def copied(site):
    """The old mirror again, with its hard links."""
    shutil.rmtree(site / "killed", ignore_errors=True)
    subprocess.run(["cp", "-a", site / "before", site / "killed"], check=True)
    return site / "killed"


def killed(root, *, since, at):
    """Export in a process that is killed at that step. Returns how many steps it took, 0 if it was killed."""
    told, tell = os.pipe()
    connections.close_all()  # two processes never share one
    child = os.fork()
    if child == 0:
        os.close(told)
        try:
            with counting(root, at) as steps:
                mirrors.export(root, since=since)
            with open(tell, "w") as file:  # not by os.write, which writes half of it
                file.write(str(len(steps)))
        finally:
            os._exit(0)
    os.close(tell)
    with open(told, "rb") as file:
        steps = int(file.read() or 0)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == (0 if at < 0 else signal.SIGKILL)
    return steps


@contextmanager
def counting(root, at):
    """All steps within the folder; at one of them this process is killed."""
    steps = []

    def step(name):
        steps.append(name)
        if len(steps) - 1 == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def heard(event, args):
        if event in STEPS and any(str(one).startswith(str(root)) for one in args[:2]):
            step(event)

    def write(file, content, write=os.write):
        half = write(file, bytes(content[: len(content) // 2 + 1]))
        step(WRITTEN)
        return half

    os.write = write
    sys.addaudithook(heard)
    yield steps
