"""A file that is cut, damaged, foreign or of another time is refused in one sentence, before anything is done."""

import contextlib
import hashlib
import io
import json
import tarfile

import pytest

from leukemia_site.backups import archive
from leukemia_site.backups.refusals import Refused

PARTS = {"rows/a.B.jsonl.gz": b"x" * 700, "media/picture.png": b"\x89PNG" * 200}


@pytest.fixture
def file(tmp_path):
    return written(tmp_path / "site.tar")


def written(path, *, parts=PARTS, **said):
    with tarfile.open(path, "w") as tar:
        writer = archive.Writer(tar, at=0)
        for name, data in parts.items():
            writer.add(name, io.BytesIO(data), len(data))
        writer.finish({"release": "v7", **said})
    return path


def read(path):
    with archive.opened(path) as found:
        return {name: found.bytes_of(name).read() for name in found.parts}


def why(path):
    with pytest.raises(Refused) as caught:
        read(path)
    return str(caught.value)


def test_what_was_written_is_read(file):
    assert read(file) == PARTS


def test_anybody_can_check_it_without_us(file):
    with tarfile.open(file) as tar:
        text, said = (tar.extractfile(name).read() for name in (archive.MANIFEST, archive.SEAL))
    assert said.decode() == f"{hashlib.sha256(text).hexdigest()}  manifest.json\n"  # sha256sum -c takes it
    hashes = {name: part["sha256"] for name, part in json.loads(text)["parts"].items()}
    assert hashes == {name: hashlib.sha256(data).hexdigest() for name, data in PARTS.items()}


def test_a_file_cut_anywhere_is_refused(file):
    whole = file.read_bytes()
    end = whole.index(archive.SEAL.encode()) + 512 + 80  # behind this a tar holds nothing but padding
    for length in range(0, end, 100):
        file.write_bytes(whole[:length])
        assert str(file) in why(file)


def test_a_changed_byte_is_noticed_wherever_it_says_something(file):
    whole = file.read_bytes()
    for place in range(0, len(whole), 61):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with contextlib.suppress(Refused):  # what says nothing, such as the time of a part, may change
            assert read(file) == PARTS


@pytest.mark.parametrize(("name", "data"), [("text", b"Dear reader"), ("empty", b""), ("tar", None)])
def test_a_foreign_file_is_refused(tmp_path, name, data):
    path = tmp_path / name
    if data is None:
        with tarfile.open(path, "w") as tar:
            tar.addfile(tarfile.TarInfo("letters/one.txt"))
    else:
        path.write_bytes(data)
    assert "backup of this site" in why(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    assert "There is no file" in why(tmp_path / "nowhere.tar")
    assert "can not be read" in why(tmp_path)


@pytest.mark.parametrize("number", [0, 2])
def test_another_format_names_the_release_that_reads_it(tmp_path, number, monkeypatch):
    monkeypatch.setattr(archive, "FORMAT", number)
    path = written(tmp_path / "site.tar")
    monkeypatch.undo()
    assert f"has format {number}" in why(path)
    assert "v7" in why(path)


def test_a_part_more_or_a_link_is_refused(file):
    link = tarfile.TarInfo("media/link")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    for member in (tarfile.TarInfo("rows/c.D.jsonl.gz"), tarfile.TarInfo("media/picture.png"), link):
        whole = file.read_bytes()
        with tarfile.open(file, "a") as tar:
            tar.addfile(member)
        assert str(file) in why(file)
        file.write_bytes(whole)
