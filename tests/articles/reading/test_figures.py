"""Pictures for readers: whole without them, served for ever once published, and never those of a draft."""

import re

import pytest

from articles.models import Showing
from articles.verifying import problems
from tests import cast
from tests.articles.pictures import library
from tests.articles.reading.pages import ADDRESS, read, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def addresses(shown):
    return sorted(set(re.findall(r"/figures/[0-9a-f]{64}-\d+\.\w+", shown)))


def published():
    """A page with a figure, and the picture."""
    figure = library.uploaded()
    return cast.published(cast.draft(library.words(figure))), figure


def file_of(figure, name="480.avif"):
    return f"/figures/{figure.pk}-{name}"


def status(client, address):
    return client.get(address).status_code


# -- on the page -------------------------------------------------------------------------------------------------------


def test_a_page_offers_its_picture_in_every_width_and_kind_and_each_is_served(client):
    published()
    found = addresses(read(client))
    assert len(found) == 6
    for address in found:
        response = client.get(address)
        kind = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}[address.rpartition(".")[2]]
        assert (response.status_code, response["Content-Type"]) == (200, kind)


def test_it_says_in_words_what_there_is_to_see_and_moves_nothing_when_it_comes(client):
    published()
    (image,) = re.findall("<img[^>]*>", read(client))
    assert f'alt="{library.ALT}"' in image
    assert 'width="900" height="600" decoding="async"' in image
    assert "<p>Where blood is made.</p>" in read(client)
    assert '<span class="credit">Drawing: A. Roe</span>' in read(client)


def test_a_preview_asks_for_files_that_only_staff_get(client):
    figure = library.uploaded()
    article = cast.draft(library.words(figure))
    client.force_login(cast.cast().wanda)
    shown = read(client, f"/admin/articles/article/{article.pk}/preview/")
    assert not addresses(shown.replace("/admin/articles/figure/", "/staff/"))
    mine = f"/admin/articles/figure/{figure.pk}-480.avif"
    assert mine in shown
    assert client.get(mine)["Cache-Control"].startswith("private, no-store")
    client.logout()
    assert status(client, mine) == 302
    client.force_login(cast.cast().sam)
    assert status(client, mine) in (302, 403)


# -- who gets it -------------------------------------------------------------------------------------------------------


def test_no_picture_of_a_draft_is_served(client):
    figure = library.uploaded()
    article = cast.draft(library.words(figure))
    assert status(client, file_of(figure)) == 404
    cast.signed(article)
    assert status(client, file_of(figure)) == 404
    cast.publish(article)
    assert status(client, file_of(figure)) == 200


def test_a_new_picture_in_the_draft_of_a_page_online_is_not_served(client):
    edition, old = published()
    new = library.uploaded(800, 500)
    library.revised(edition.article, figure=new.pk, size=new.size)
    assert (status(client, file_of(old)), status(client, file_of(new))) == (200, 404)


def test_the_picture_of_an_old_edition_is_served_with_it(client):
    edition, old = published()
    new = library.uploaded(800, 500)
    cast.published(library.revised(edition.article, figure=new.pk, size=new.size), at=cast.later(days=1))
    assert (status(client, file_of(old)), status(client, file_of(new))) == (200, 200)
    assert addresses(read(client, f"{ADDRESS}editions/1/"))[0].startswith(f"/figures/{old.pk}")
    shown = read(client, f"{ADDRESS}editions/2/changes/1/")
    assert "[picture replaced]" in shown
    assert len(addresses(shown)) == 2


def test_the_pictures_of_a_page_that_was_taken_down_are_not_served(client):
    edition, figure = published()
    withdraw(edition.article)
    assert status(client, file_of(figure)) == 404
    shown = read(client, f"{ADDRESS}editions/1/", status=410)
    assert "<img" not in shown
    assert f"The picture is no longer shown. It showed: {library.ALT}" in shown
    assert "Where blood is made." in shown


def test_a_page_that_comes_back_shows_the_pictures_of_its_editions_again(client):
    edition, figure = published()
    withdraw(edition.article)
    library.without(edition.article)
    cast.published(edition.article, at=cast.later(days=2))
    assert status(client, file_of(figure)) == 200
    assert "<img" not in read(client)
    assert "<img" in read(client, f"{ADDRESS}editions/1/")


@pytest.mark.parametrize(
    "name", ["481.avif", "480.png", "480.gif", "0480.jpg", "480.avif/", "99999.jpg", "480.avif.html"]
)
def test_nothing_else_is_served(client, name):
    _edition, figure = published()
    assert status(client, file_of(figure, name)) == 404
    assert status(client, f"/figures/{figure.pk}.png") == 404
    assert status(client, "/figures/") == 404


# -- how it is served --------------------------------------------------------------------------------------------------


def test_it_is_kept_for_ever_and_can_be_nothing_but_a_picture(client):
    _edition, figure = published()
    response = client.get(file_of(figure))
    assert response["Cache-Control"] == "public, max-age=31536000, s-maxage=86400, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in response
    assert "Vary" not in response


def test_it_is_not_sent_twice_and_head_is_answered(client):
    _edition, figure = published()
    first = client.get(file_of(figure))
    assert client.get(file_of(figure), headers={"If-None-Match": first["ETag"]}).status_code == 304
    head = client.head(file_of(figure))
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])
    assert client.post(file_of(figure)).status_code == 405


def test_it_takes_one_question(client, django_assert_num_queries):
    _edition, figure = published()
    with django_assert_num_queries(1):
        client.get(file_of(figure))


def test_a_caller_who_has_it_hears_when_it_was_taken_down(client):
    edition, figure = published()
    tag = client.get(file_of(figure))["ETag"]
    withdraw(edition.article)
    assert client.get(file_of(figure), headers={"If-None-Match": tag}).status_code == 404


# -- what follows from the words, follows ------------------------------------------------------------------------------


def test_rows_that_say_anything_else_than_the_editions_are_found():
    _edition, _figure = published()
    assert [str(one) for one in problems()] == []
    Showing.objects.all().delete()
    assert any("does not show readers the pictures" in str(one) for one in problems())


def test_machines_are_shown_the_first_figure_and_told_what_it_shows(client, settings):
    _edition, figure = published()
    shown = read(client)
    address = re.search('<meta property="og:image" content="([^"]+)">', shown)[1]
    assert address.startswith(f"{settings.SITE_URL}/figures/{figure.pk}-")
    image = f'"image":{{"@type":"ImageObject","url":"{address}","description":"{library.ALT}"}}'
    assert image in shown
    assert client.get(address.removeprefix(settings.SITE_URL)).status_code == 200
