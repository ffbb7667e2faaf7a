"""The picture of a section at the desk: uploaded, kept, chosen again, compared, corrected, and listed."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from articles import reviewing, roles
from articles.admin.correcting import CorrectionForm
from articles.models import Article, Autosave, Figure, Section
from articles.pictures import apart, making
from tests import cast
from tests.articles.admin import desk
from tests.articles.pictures import library, samples

pytestmark = pytest.mark.django_db
PNG = samples.saved(samples.drawing(320, 200))


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(apart, "read", lambda data, *, pixels: making.make(data, pixels=pixels))


@pytest.fixture
def browser():
    return desk.client()


def file(data=PNG, name="marrow.png"):
    return SimpleUploadedFile(name, data)


def send_new(browser, **fields):
    """A new article with one figure."""
    row = {
        "form": "figure",
        "heading": "Marrow",
        "kind": "medical",
        "body": "<p>Where blood is made.</p>",
        "position": 1,
    }
    page = desk.opened(browser, desk.ADD) | {
        "sections-TOTAL_FORMS": "1",
        "title": "Rare",
        "slug": "rare",
        "risk_tier": "low",
    }
    return desk.send(browser, desk.ADD, page | desk.row(0, **row | {"alt": library.ALT} | fields))


def send(browser, article, **changes):
    url = desk.change_url(article)
    return desk.send(browser, url, desk.opened(browser, url), **changes)


def figure_of(article) -> Section:
    return Section.objects.get(article=article, form="figure")


# -- uploading ---------------------------------------------------------------------------------------------------------


def test_it_works(browser):
    assert send_new(browser, upload=file(), credit="Drawing: A. Roe").status_code == 302
    found, figure = figure_of(Article.objects.get()), Figure.objects.get()
    assert (found.figure, found.size, found.alt, found.credit) == (figure.pk, "320x200", library.ALT, "Drawing: A. Roe")
    assert (figure.file_name, figure.uploaded_by.username, figure.saved) == ("marrow.png", "wanda", True)
    assert Article.objects.get().content().sections[0].figure == figure.pk


def test_a_picture_alone_makes_a_section(browser):
    assert send_new(browser, upload=file(), alt="", body="", heading="").status_code == 302
    assert figure_of(Article.objects.get()).figure


def test_without_a_new_file_the_picture_stays(browser):
    article = cast.draft(library.words())
    before = article.content()
    assert send(browser, article).status_code == 302
    article.refresh_from_db()
    assert (article.content(), article.revision) == (before, 1)


def test_a_new_file_takes_the_place_of_the_old_one(browser):
    article = cast.draft(library.words())
    send(browser, article, **desk.row(1, upload=file()))
    assert figure_of(article).size == "320x200"
    article.refresh_from_db()
    assert article.revision == 2


def test_an_upload_is_kept_though_another_field_is_wrong(browser):
    answer = send_new(browser, upload=file(), title="", alt="Image of a bone")
    assert "Leave out “image of”" in " ".join(desk.errors(answer))
    figure = Figure.objects.get()
    kept = desk.values(answer)
    assert kept["sections-0-figure"] == figure.pk
    assert f"/admin/articles/figure/{figure.pk}-320.jpg" in answer.content.decode()
    kept |= {"sections-0-alt": library.ALT, "title": "Rare"}
    assert desk.send(browser, desk.ADD, kept, **{"sections-0-upload": None}).status_code == 302
    assert figure_of(Article.objects.get()).figure == figure.pk


def test_a_file_that_is_not_taken_is_told_beside_its_field_and_nothing_is_lost(browser):
    answer = send_new(browser, upload=file(b"<svg/>", "marrow.svg"))
    assert desk.errors(answer) == [
        "SVG drawings can hold programs, and are not taken. Export the drawing as PNG, about 1600 pixels wide."
    ]
    assert desk.values(answer)["sections-0-alt"] == library.ALT
    assert not Article.objects.exists()


def test_of_an_animation_the_first_picture_is_taken_and_that_is_said(browser):
    url = desk.ADD
    answer = send_new(browser, upload=file(samples.animation(), "moves.gif"))
    shown = browser.get(answer.url if answer.status_code == 302 else url).content.decode()
    assert "Only the first picture of moves.gif was taken, for it moves." in shown


@pytest.mark.parametrize("alt", ["IMG_1234.jpg", "Picture of a bone"])
def test_words_that_help_nobody_are_refused(browser, alt):
    assert desk.errors(send_new(browser, upload=file(), alt=alt))
    assert not Article.objects.exists()


def test_a_stale_form_keeps_its_upload(browser):
    article = cast.draft(library.words())
    url = desk.change_url(article)
    fields = desk.opened(browser, url)
    library.revised(article, alt="A bone.")
    answer = desk.send(browser, url, fields, **desk.row(1, upload=file()))
    new = Figure.objects.get(width=320)
    assert desk.values(answer)["sections-1-figure"] == new.pk
    assert "picture replaced" in answer.content.decode()


def test_what_belongs_to_a_figure_goes_with_it(browser):
    article = cast.draft(library.words())
    send(browser, article, **desk.row(1, form=""))
    text = Section.objects.get(article=article, anchor="marrow")
    assert (text.figure, text.size, text.alt, text.credit) == ("", "", "", "")
    assert text.body == "<p>Where blood is made.</p>"


def test_no_invented_picture_is_saved(browser):
    answer = send_new(browser, figure="f" * 64)
    assert desk.errors(answer) == ["This picture is not in the library any more. Upload it again."]


# -- at once, by script ------------------------------------------------------------------------------------------------


def upload(browser, **sent):
    return browser.post("/admin/articles/article/figures/upload/", sent)


def test_a_chosen_file_is_taken_at_once(browser):
    told = upload(browser, upload=file()).json()
    assert told["figure"] == Figure.objects.get().pk
    assert "marrow.png 320x200" in told["now"]
    assert "Taken into the library." in told["said"]


def test_one_that_is_not_taken_is_told_at_once(browser):
    refused = upload(browser, upload=file(b"no"))
    assert (refused.status_code, refused.json()["said"][:28]) == (409, "This is no picture we can re")
    assert upload(browser).status_code == 400
    assert upload(desk.client("sam", ""), upload=file()).status_code == 302
    assert upload(desk.client("paula", roles.PUBLISHER), upload=file()).status_code == 403


# -- choosing again ----------------------------------------------------------------------------------------------------


def test_a_picture_of_the_library_is_chosen_by_name(browser):
    figure = library.uploaded()
    offered = re.findall('<option value="([^"]+)">', browser.get(desk.ADD).content.decode())
    assert (wanted := f"marrow.png ({figure.pk[:12]})") in offered
    assert send_new(browser, library=wanted).status_code == 302
    assert figure_of(Article.objects.get()).size == "900x600"


def test_a_name_that_says_too_little_is_refused(browser):
    library.uploaded()
    library.uploaded(400, 300)
    for name in ("marrow.png", "other.png", "x (0123456789ab)"):
        assert desk.errors(send_new(browser, library=name)) == [
            "The library has no picture, or several, of this name. Choose one of the list."
        ]


# -- what was typed, and hints -----------------------------------------------------------------------------------------


def test_unsaved_text_brings_the_picture_back(browser):
    article, figure = cast.draft(library.words()), library.uploaded(400, 300)
    url = desk.change_url(article)
    typed = desk.opened(browser, url) | desk.row(1, figure=figure.pk, alt="Three cells.")
    browser.post(f"/admin/articles/article/{article.pk}/unsaved/keep/", typed)
    shown = desk.opened(browser, f"{url}?unsaved={Autosave.objects.get().pk}")
    assert (shown["sections-1-figure"], shown["sections-1-alt"]) == (figure.pk, "Three cells.")


def test_a_figure_that_lacks_something_is_remarked_while_typing(browser):
    article = cast.draft(library.words())
    typed = desk.opened(browser, desk.change_url(article)) | desk.row(1, alt="", body="")
    told = browser.post(f"/admin/articles/article/{article.pk}/hints/", typed).json()["hints"]
    fields = {one["field"] for one in told if one["place"] == "Marrow"}
    assert fields == {"id_sections-1-alt", "id_sections-1-body"}


# -- reading and correcting --------------------------------------------------------------------------------------------


def test_a_reviewer_sees_the_old_picture_beside_the_new_one():
    old, new = library.uploaded(), library.uploaded(400, 300)
    article = cast.published(cast.draft(library.words(old))).article
    review = cast.requested(library.revised(article, figure=new.pk, size=new.size, alt="Three cells."))
    rosa = desk.client("rosa", roles.MEDICAL_REVIEWER)
    shown = rosa.get(f"/admin/articles/review/{review.pk}/read/").content.decode()
    assert "[picture replaced]" in shown
    assert shown.index("Picture before") < shown.index(f"{old.pk}-480.jpg") < shown.index("Picture now")
    assert f"{new.pk}-400.jpg" in shown
    frame = rosa.get(f"/admin/articles/review/{review.pk}/page/").content.decode()
    assert f"/admin/articles/figure/{new.pk}-400.avif" in frame
    assert "/figures/" not in frame.replace("/admin/articles/figure/", "")


def test_a_reviewer_corrects_the_words_for_a_picture():
    review = cast.requested(cast.draft(library.words()))
    rosa = desk.client("rosa", roles.MEDICAL_REVIEWER)
    shown = rosa.get(f"/admin/articles/review/{review.pk}/correct/").content.decode()
    assert "The picture in words" in shown
    form = CorrectionForm(review.words(), {"section-1-alt": "Cells leave a bone."})
    assert form.is_valid(), form.errors
    assert [one.alt for one in form.corrected().sections if one.figure] == ["Cells leave a bone."]
    assert replace(form.corrected().sections[1], alt=library.ALT) == review.words().sections[1]
    assert not CorrectionForm(review.words(), {"section-1-alt": "photo of a bone"}).is_valid()


def test_accepted_corrections_reach_the_draft():
    review = cast.requested(article := cast.draft(library.words()))
    corrected = CorrectionForm(review.words(), {"section-1-alt": "Cells leave a bone."})
    assert corrected.is_valid()
    people = cast.cast()
    signed = reviewing.correct_and_attest(
        review, corrected.corrected(), by=people.rosa, at=cast.NOON, digest=review.digest
    )
    reviewing.accept(signed, by=people.wanda, at=cast.NOON, digest=signed.digest)
    assert figure_of(article).alt == "Cells leave a bone."


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_shows_each_picture_who_brought_it_and_where_it_stands(browser):
    figure = library.uploaded()
    cast.draft(library.words(figure))
    library.uploaded(400, 300, by="edith")
    shown = browser.get("/admin/articles/figure/").content.decode()
    assert f"{figure.pk}-480.jpg" in shown
    assert "Acute example disease" in shown
    assert "in no article yet: deleted after a week" in shown


def test_nobody_deletes_a_picture_here(browser):
    figure = library.uploaded()
    boss = desk.client("boss", roles.ADMINISTRATOR)
    for one in (browser, boss):
        assert one.post(f"/admin/articles/figure/{figure.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Figure.objects.exists()


def test_the_frozen_words_show_the_picture_too():
    edition = cast.published(cast.draft(library.words()))
    stan = desk.client("stan", roles.RECORDS_STEWARD)
    shown = stan.get(f"/admin/articles/edition/{edition.pk}/change/").content.decode()
    assert "-480.jpg" in shown
    assert library.ALT in shown


def test_who_may_only_look_sees_the_picture_in_the_article():
    article = cast.draft(library.words())
    shown = desk.client("paula", roles.PUBLISHER).get(desk.change_url(article)).content.decode()
    assert "-480.jpg" in shown
    assert 'type="file"' not in shown
