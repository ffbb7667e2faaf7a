"""The library of figures: each picture once, kept while anything needs it, and let go when nothing ever did."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from articles import drafting, figures, roles
from articles.models import Figure
from articles.pictures import store
from tests import cast
from tests.articles.pictures import library, samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def add(data, by="wanda", name="marrow.png"):
    return figures.add(data, name=name, by=getattr(cast.cast(), by), at=cast.NOON)


def folder():
    return Path(settings.MEDIA_ROOT) / store.FOLDER


def files():
    return sorted(name.replace(picture, "#") for picture, name in store.there())


def age(days):
    for _picture, name in store.there():
        then = (cast.NOON - timedelta(days=days)).timestamp()
        os.utime(folder() / name, (then, then))


# -- coming in ---------------------------------------------------------------------------------------------------------


def test_it_works():
    figure, moved = add(samples.saved(samples.drawing(300, 200)))
    assert (figure.size, figure.file_name, figure.uploaded_by, moved) == (
        "300x200",
        "marrow.png",
        cast.cast().wanda,
        False,
    )
    assert files() == ["#-300.avif", "#-300.jpg", "#-300.webp", "#.png"]
    assert not figure.saved


def test_the_same_picture_is_there_once_whoever_brings_it():
    first, again = library.uploaded(), library.uploaded(by="edith", at=cast.later(days=1))
    assert first == again
    again.refresh_from_db()
    assert (again.uploaded_by, again.uploaded_at) == (cast.cast().edith, cast.later(days=1))


def test_a_picture_in_use_stays_the_first_ones():
    figure = library.uploaded()
    cast.draft(library.words(figure))
    library.uploaded(by="edith", at=cast.later(days=1))
    figure.refresh_from_db()
    assert figure.uploaded_by == cast.cast().wanda


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "Export the drawing as PNG"),
        (b"no picture", "JPEG, PNG, WebP, AVIF and GIF are taken"),
        (samples.bomb(), "more than 50 million pixels"),
        (samples.saved(samples.drawing(90, 90)), "smaller than 100 pixels"),
        (samples.saved(samples.drawing())[:900], "damaged or was cut off"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    ],
)
def test_what_can_not_be_taken_is_told_with_a_way_out(data, says):
    with pytest.raises(figures.NoPicture, match=says):
        add(data)
    assert not Figure.objects.exists()
    assert files() == []


def test_a_file_that_is_too_long_is_not_read(settings):
    settings.FIGURE_MEGABYTES = 1
    with pytest.raises(figures.NoPicture, match="larger than 1 MB"):
        add(b"\0" * (2**20 + 1))


@pytest.mark.parametrize("who", ["rosa", "paula", "stan", "ada", "sam"])
def test_only_who_writes_brings_pictures(who):
    with pytest.raises(roles.NotAllowed):
        add(samples.saved(samples.drawing(200, 200)), by=who)


def test_the_name_of_a_file_is_only_a_name():
    figure, _moved = add(samples.saved(samples.drawing(200, 200)), name="../../\x00etc/" + "x" * 300 + ".png")
    assert len(figure.file_name) == 255
    assert figure.file_name.endswith("x.png")
    assert {path.name for path in Path(settings.MEDIA_ROOT).iterdir()} == {store.FOLDER}
    assert len(list(store.there())) == len(list(folder().iterdir()))


# -- staying and going -------------------------------------------------------------------------------------------------


def test_what_nobody_used_goes_after_a_week():
    library.uploaded()
    age(days=0)
    assert figures.forget_unused(at=cast.later(days=6)) == 0
    assert len(files()) == 7
    assert figures.forget_unused(at=cast.later(days=8)) == 1
    assert files() == []


def test_what_an_article_has_or_had_stays():
    article = cast.draft(library.words())
    age(days=0)
    assert figures.forget_unused(at=cast.later(days=99)) == 0
    library.without(article)
    assert figures.forget_unused(at=cast.later(days=99)) == 0
    assert len(files()) == 7


def test_a_new_upload_that_no_row_knows_yet_is_left_alone():
    figure = library.uploaded()
    age(days=1)
    Figure.objects.filter(pk=figure.pk).delete()
    figures.forget_unused(at=cast.NOON)
    assert len(files()) == 7
    age(days=9)
    (folder() / ".abc.part").write_bytes(b"half")
    os.utime(folder() / ".abc.part", (1, 1))
    figures.forget_unused(at=cast.NOON)
    assert files() == []


def test_an_upload_that_finds_its_place_meanwhile_stops_nothing(monkeypatch):
    there = [*store.there(), ("", ".moved.part")]
    monkeypatch.setattr(store, "there", lambda: there)
    assert figures.forget_unused(at=cast.later(days=8)) == 0


def test_words_that_show_a_picture_that_is_gone_are_not_saved():
    figure = library.uploaded()
    page = library.words(figure)
    figures.forget_unused(at=cast.later(days=8))
    with pytest.raises(figures.PictureGone):
        cast.draft(page)


def test_an_article_brings_its_picture_back_from_an_edition():
    article = cast.published(cast.draft(library.words())).article
    before = article.content()
    library.without(article)
    article.refresh_from_db()
    drafting.bring_back(
        article, article.editions.get(), by=cast.cast().wanda, at=cast.later(days=1), base_revision=article.revision
    )
    assert article.content() == before
    assert [one.size for one in article.content().sections if one.figure] == ["900x600"]
