"""Two trees of files: readers get one of them, whole, while the other one is written."""

import pytest

from leukemia_site.mirror import trees
from leukemia_site.mirror.refusals import Busy, Refused

pytestmark = pytest.mark.pure


@pytest.fixture
def mirror(tmp_path):
    with trees.opened(tmp_path / "mirror") as found:
        yield found


def write(mirror, **files):
    mirror.begin()
    for name, text in files.items():
        trees.put(mirror.spare, f"{name}/index.html", text.encode())


def read(mirror, name="a"):
    return (mirror.root / "current" / name / "index.html").read_text()


def test_readers_get_what_is_written_with_the_switch(mirror):
    write(mirror, a="first")
    assert mirror.live is None
    mirror.switch()
    assert read(mirror) == "first"
    write(mirror, a="second")
    assert read(mirror) == "first"
    mirror.switch()
    assert read(mirror) == "second"


def test_a_file_that_both_trees_have_is_never_written_to(mirror):
    write(mirror, a="first")
    mirror.switch()
    trees.link(mirror.live, mirror.spare, {"a/index.html"})
    assert trees.same(mirror.live / "a/index.html", mirror.spare / "a/index.html")
    write(mirror, a="second")
    assert read(mirror) == "first"


def test_what_was_left_of_a_write_is_not_written_to(mirror):
    write(mirror, a="first")
    mirror.switch()
    trees.put(mirror.spare, "b/index.html", b"")
    (mirror.spare / "a").mkdir()
    (mirror.spare / "a/index.html.part").hardlink_to(mirror.live / "a/index.html")
    write(mirror, a="second")
    assert read(mirror) == "first"


def test_what_is_as_it_was_keeps_its_time(mirror):
    write(mirror, a="first")
    before = (mirror.spare / "a/index.html").stat()
    write(mirror, a="first")
    after = (mirror.spare / "a/index.html").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_is_dropped_leaves_no_empty_folder(mirror):
    write(mirror, **{"a/b/c": "gone", "a": "stays"})
    trees.drop(mirror.spare, {"a/b/c/index.html"})
    assert not (mirror.spare / "a/b").exists()
    assert (mirror.spare / "a/index.html").exists()


def test_trees_are_even_only_by_their_manifests(mirror):
    write(mirror, a="first")
    trees.put(mirror.spare, trees.MANIFEST, b"")
    mirror.switch()
    assert not mirror.is_even
    (mirror.spare / ".mirror").mkdir(parents=True)
    trees.link(mirror.live, mirror.spare, {trees.MANIFEST})
    assert mirror.is_even
    mirror.begin()
    assert not mirror.is_even


@pytest.mark.parametrize("name", ["precious.txt", "site-a", "current"])
def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path, name):
    (tmp_path / name).write_text("precious")
    with pytest.raises(Refused, match=name), trees.opened(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_file_put_into_a_mirror_is_foreign_too(tmp_path):
    with trees.opened(tmp_path):
        pass
    (tmp_path / "notes.txt").write_text("precious")
    with pytest.raises(Refused, match=r"notes\.txt"), trees.opened(tmp_path):
        pass


def test_two_exports_are_kept_apart(mirror, monkeypatch):
    monkeypatch.setattr(trees, "PATIENCE", 0)
    with pytest.raises(Busy, match="Another process"), trees.opened(mirror.root):
        pass


def test_a_folder_that_can_not_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="file"), trees.opened(tmp_path / "file" / "mirror"):
        pass
