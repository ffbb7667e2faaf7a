"""Stopped at any step while readers are given a new mirror, they have all of the old one or all of the new one."""

from contextlib import suppress

import pytest

from leukemia_site.mirror import giving, manifests, packing, trees
from leukemia_site.mirror.entries import Entry, Family
from leukemia_site.mirror.manifests import Head, Manifest

pytestmark = pytest.mark.pure
OLD = {"a": "old a", "b": "old b", "gone": "old words"}
NEW = {"a": "new a", "b": "old b", "c": "new c"}


class Stop(Exception):
    """Somebody pulled the plug."""


def manifest(number, pages):
    def line(name, text):
        entry = Entry(address=f"/{name}/", status=200, files={f"{name}/index.html": packing.digest(text.encode())})
        return Family(name=f"/{name}/", number=0, entries=(entry,)).line()

    head = Head(number=number, release="r", made_at="", site="https://patients.example.org", headers={})
    return Manifest(head, {f"/{name}/": line(name, text) for name, text in pages.items()})


def export(mirror, number, pages):
    """What an export does at its end, after it has written what is new."""
    old = manifests.read(mirror.live / trees.MANIFEST) if mirror.live else None
    was_even = mirror.is_even
    mirror.begin()
    made = [name for name, text in pages.items() if not old or OLD.get(name) != text]
    for name in made:
        trees.put(mirror.spare, f"{name}/index.html", pages[name].encode())
    new = manifest(number, pages)
    giving.give(mirror, new, old, made={f"/{name}/" for name in made}, was_even=was_even)


def read(tree):
    """By page, what stands in a tree."""
    return {path.split("/")[0]: (tree / path).read_text() for path in trees.files(tree) if path.endswith(".html")}


@pytest.fixture
def mirror(tmp_path):
    with trees.opened(tmp_path / "mirror") as found:
        export(found, 1, OLD)
        yield found


def test_both_trees_hold_what_was_exported_and_share_their_files(mirror):
    export(mirror, 2, NEW)
    assert read(mirror.live) == read(mirror.spare) == NEW
    assert trees.same(mirror.live / "a/index.html", mirror.spare / "a/index.html")
    assert mirror.is_even


STEPS = [(name, after) for name, most in (("put", 9), ("link", 4), ("drop", 3)) for after in range(most)]


@pytest.mark.parametrize(("name", "after"), [*STEPS, ("switch", 0), ("begin", 0)])
def test_stopped_anywhere(mirror, monkeypatch, name, after):
    with monkeypatch.context() as patch:
        owner = trees if hasattr(trees, name) else trees.Mirror
        patch.setattr(owner, name, stopping(getattr(owner, name), after))
        with suppress(Stop):
            export(mirror, 2, NEW)
    assert read(mirror.live) in (OLD, NEW)
    assert manifests.read(mirror.live / trees.MANIFEST).lines == manifest(0, read(mirror.live)).lines
    export(mirror, 3, NEW)
    assert read(mirror.live) == read(mirror.spare) == NEW


def stopping(call, after):
    left = [after]

    def stops(*args, **named):
        left[0] -= 1
        if left[0] < 0:
            raise Stop
        return call(*args, **named)

    return stops


def test_what_is_in_a_tree_that_nobody_knows_of_goes(mirror):
    (mirror.spare / "evil").mkdir()
    (mirror.spare / "evil/index.html").write_text("Buy this.")
    mirror.begin()
    export(mirror, 2, OLD)
    assert read(mirror.live) == read(mirror.spare) == OLD
