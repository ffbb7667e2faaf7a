"""Uploads on the disk: whole or not there, once under their name, and the private ones for their owner alone."""

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile

from leukemia_site.media import Disk

pytestmark = pytest.mark.pure


class Torn(ContentFile):
    """A file whose upload breaks off."""

    def chunks(self, chunk_size=None):
        yield b"half"
        raise ConnectionError


@pytest.fixture
def disk(tmp_path):
    return Disk(location=tmp_path)


def test_a_name_that_is_there_is_written_again(disk, tmp_path):
    assert [disk.save("figures/a.png", ContentFile(content)) for content in (b"1", b"2")] == ["figures/a.png"] * 2
    assert [(path.name, path.read_bytes()) for path in (tmp_path / "figures").iterdir()] == [("a.png", b"2")]


def test_what_is_private_is_for_its_owner_alone(disk, tmp_path):
    disk.save("private/consents/a.pdf", ContentFile(b"%PDF-"))
    folder = tmp_path / "private" / "consents"
    assert [path.stat().st_mode & 0o777 for path in (folder, folder / "a.pdf")] == [0o700, 0o600]


def test_an_upload_that_breaks_off_leaves_what_was_there(disk):
    disk.save("figures/a.png", ContentFile(b"whole"))
    with pytest.raises(ConnectionError):
        disk.save("figures/a.png", Torn(b"new"))
    with disk.open("figures/a.png") as file:
        assert file.read() == b"whole"


def test_no_file_leaves_the_folder(disk):
    with pytest.raises(SuspiciousFileOperation):
        disk.save("../x", ContentFile(b"evil"))
