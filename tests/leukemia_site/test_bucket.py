"""Uploads in a bucket: pictures, papers and backups do there what they do on a disk, and nobody else reads them."""

import gc
import urllib.error
import urllib.request
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from articles import figures, papers, publishing
from articles.pictures import store
from leukemia_site import environment
from leukemia_site.backups import archive, media
from leukemia_site.backups.refusals import Refused
from tests import bucket, cast
from tests.articles.pictures import library
from tests.leukemia_site.backups.test_archive import written

PDF = b"%PDF-1.7 I agree."


@pytest.fixture
def uploads(settings, monkeypatch):
    """An empty bucket, in which the site keeps what is uploaded."""
    with bucket.serving() as found:
        monkeypatch.setenv("MEDIA_STORAGE", found.address)
        settings.STORAGES = {**settings.STORAGES, "default": environment.media("MEDIA_STORAGE")}
        yield found
        storages["default"].connection.meta.client.close()
        gc.collect()


def test_a_file_is_there_once_whole_and_can_go(uploads):
    media = storages["default"]
    assert [media.save("figures/a.png", ContentFile(content)) for content in (b"1", b"2")] == ["figures/a.png"] * 2
    assert uploads.files == {"site/figures/a.png": b"2"}
    assert (media.exists("figures/a.png"), media.exists("figures/b.png")) == (True, False)
    assert media.get_modified_time("figures/a.png") > timezone.now() - timedelta(hours=1)
    media.delete("figures/a.png")
    assert uploads.files == {}


@pytest.mark.parametrize("ask", ["open", "get_modified_time"])
def test_a_file_that_is_not_there_is_not_found(uploads, ask):
    with pytest.raises(FileNotFoundError):
        getattr(storages["default"], ask)("figures/none.png")


def test_no_file_has_an_address_of_its_own(uploads):
    with pytest.raises(NotImplementedError):
        storages["default"].url("figures/a.png")
    storages["default"].save("figures/a.png", ContentFile(b"1"))
    with pytest.raises(urllib.error.HTTPError, match="403") as refusal:
        urllib.request.urlopen(f"http://127.0.0.1:{uploads.port}/{bucket.NAME}/site/figures/a.png")
    refusal.value.close()


@pytest.mark.django_db
def test_readers_get_a_picture_through_the_site_while_its_page_is_online(uploads, client):
    figure = library.uploaded()
    page = cast.published(cast.draft(library.words(figure)))
    address = f"/figures/{figure.pk}-480.jpg"
    assert client.get(address).content == uploads.files[f"site{address}"]
    publishing.withdraw(page.article, by=cast.cast().paula, at=cast.later(days=1), reason="It was wrong.")
    assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_a_picture_that_nobody_used_goes(uploads):
    figure = library.uploaded()
    assert {picture for picture, _name in store.there()} == {figure.pk}
    figures.forget_unused(at=timezone.now() + timedelta(days=8))
    assert uploads.files == {}


def test_a_picture_for_paper_is_copied_for_the_typesetter(uploads, tmp_path):
    storages["default"].save("figures/a-900.jpg", ContentFile(b"jpeg"))
    assert store.has(store.place("a", 900, "jpg"))
    assert store.on_disk(store.place("a", 900, "jpg"), tmp_path).read_bytes() == b"jpeg"


def test_papers_are_kept_read_and_erased(uploads):
    name, hashed = papers.CONSENTS.keep(PDF)
    assert list(uploads.files) == [f"site/private/consents/{name}"]
    assert (papers.CONSENTS.read(name), papers.CONSENTS.fault(name, hashed)) == (PDF, "")
    assert papers.CONSENTS.drop_others({name}, before=timezone.now() + timedelta(days=1)) == 0
    assert papers.CONSENTS.drop_others(set(), before=timezone.now() - timedelta(days=1)) == 0
    assert papers.CONSENTS.drop_others(set(), before=timezone.now() + timedelta(days=1)) == 1
    assert papers.CONSENTS.fault(name, hashed) == "has lost its paper"


# -- backups -------------------------------------------------------------------------------------------------------


def test_a_backup_holds_what_lies_in_the_bucket(uploads):
    for name in ("figures/a.png", "private/consents/b.pdf"):
        storages["default"].save(name, ContentFile(name.encode()))
    kept = {}
    assert media.add(SimpleNamespace(add=lambda name, file, _size: kept.update({name: file.read()}))) == 2
    assert kept == {"media/figures/a.png": b"figures/a.png", "media/private/consents/b.pdf": b"private/consents/b.pdf"}


def restored(tmp_path, parts):
    with archive.opened(written(tmp_path / "site.tar", parts=parts)) as found:
        media.require_room(found)
        return media.write(found)


def test_a_backup_comes_back_into_the_bucket_also_twice(uploads, tmp_path):
    parts = {"media/a/b.png": b"1", "media/c.txt": b"2"}
    assert restored(tmp_path, parts) == restored(tmp_path, parts) == 2
    assert uploads.files == {"site/a/b.png": b"1", "site/c.txt": b"2"}


def test_a_backup_replaces_nothing_and_leaves_the_bucket_nowhere(uploads, tmp_path):
    storages["default"].save("a.txt", ContentFile(b"theirs"))
    with pytest.raises(Refused, match="other content"):
        restored(tmp_path, {"media/a.txt": b"ours"})
    with pytest.raises(Refused, match="outside"):
        restored(tmp_path, {"media/../x": b"evil"})
    assert uploads.files == {"site/a.txt": b"theirs"}
