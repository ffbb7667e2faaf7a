"""Uploaded files come back into their folder and nowhere else."""

from types import SimpleNamespace

import pytest

from leukemia_site.backups import archive, media
from leukemia_site.backups.refusals import Refused
from tests.leukemia_site.backups.test_archive import written


@pytest.fixture
def root(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


def restored(tmp_path, parts):
    with archive.opened(written(tmp_path / "site.tar", parts=parts)) as found:
        media.require_room(found)
        return media.write(found)


def everything(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_come_back_in_their_folders(tmp_path, root):
    assert restored(tmp_path, {"media/a/b.png": b"1", "media/c.txt": b"2", "rows/a.B.jsonl.gz": b""}) == 2
    assert everything(root) == {"a/b.png": b"1", "c.txt": b"2"}


def test_signed_consents_come_back_for_their_owner_alone(tmp_path, root):
    restored(tmp_path, {"media/private/consents/a.pdf": b"%PDF-", "media/figures/b.jpg": b"1"})
    private = root / "private" / "consents"
    assert [path.stat().st_mode & 0o777 for path in (private, private / "a.pdf")] == [0o700, 0o600]


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x", "..", "a\\..\\x"])
def test_no_file_leaves_the_folder(tmp_path, root, name):
    with pytest.raises(Refused, match="outside"):
        restored(tmp_path, {"media/good.txt": b"1", f"media/{name}": b"evil"})
    assert set(everything(tmp_path)) == {"site.tar"}


def test_no_file_leaves_the_folder_by_a_link_that_stands_in_it(tmp_path, root):
    (tmp_path / "elsewhere").mkdir()
    (root / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="outside"):
        restored(tmp_path, {"media/link/x": b"evil"})


def test_a_file_that_is_there_is_never_replaced_by_another(tmp_path, root):
    (root / "a.txt").write_bytes(b"theirs")
    with pytest.raises(Refused, match="there already"):
        restored(tmp_path, {"media/a.txt": b"ours"})
    assert everything(root) == {"a.txt": b"theirs"}


def test_after_an_interruption_it_can_be_done_again(tmp_path, root):
    (root / "a.txt").write_bytes(b"ours")
    assert restored(tmp_path, {"media/a.txt": b"ours"}) == 1


def test_what_is_made_anew_from_the_backup_is_not_in_it(tmp_path, root, settings):
    settings.HANDOUTS_ROOT = root / "handouts"
    for path in (root / "a.txt", root / "handouts" / "7" / "1.pdf", root / "handouts-of-others.txt"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"1")
    kept = []
    assert media.add(SimpleNamespace(add=lambda name, *_rest: kept.append(name))) == 2
    assert kept == ["media/a.txt", "media/handouts-of-others.txt"]
