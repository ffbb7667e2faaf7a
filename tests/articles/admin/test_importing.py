"""Importing in the admin: see what was found, then make the draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html

from articles import roles
from articles.models import Article, Manuscript
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db

URL = "/admin/articles/article/import/"
PAGE = b"""<html><head><title>Rare disease</title></head><body><h1>Rare disease</h1>
<p>A rare disease of the blood.</p><h2>Symptoms</h2><p>People feel tired.<sup>1</sup></p>
<h2>References</h2><ol><li>Example Society. What is it? https://example.org/what</li></ol></body></html>"""


def upload(data: bytes = PAGE, name: str = "rare.html"):
    return {"file": SimpleUploadedFile(name, data)}


def token_of(answer) -> str:
    found = html.fromstring(answer.content.decode()).xpath("//input[@name='token']/@value")
    assert found, desk.errors(answer)
    return found[0]


def created(browser, answer):
    return browser.post(f"{URL}create/", {"token": token_of(answer)})


def test_it_works():
    browser = desk.client()
    shown = browser.post(URL, upload())
    assert "Symptoms" in shown.content.decode()
    assert not Article.objects.exists()
    answer = created(browser, shown)
    article = Article.objects.get()
    assert answer.url == desk.change_url(article)
    assert (article.title, article.started_by.username) == ("Rare disease", "wanda")
    assert Manuscript.objects.get().file_name == "rare.html"


def test_a_pasted_text_is_as_good_as_a_file():
    browser = desk.client()
    text = "Rare disease\n\nSymptoms\n\nPeople with this disease often feel tired and weak.\n"
    created(browser, browser.post(URL, {"text": text, "format": "text"}))
    assert "tired and weak" in str(Article.objects.get().content())


@pytest.mark.parametrize("fields", [{}, {**upload(), "text": "Something"}])
def test_one_of_the_two_is_needed(fields):
    assert "one of the two" in desk.errors(desk.client().post(URL, fields))[0]


def test_a_file_that_cannot_be_read_is_refused_with_a_reason():
    answer = desk.client().post(URL, upload(b"\x00\x01\x02\x03" * 500, "picture.txt"))
    assert "picture.txt" in desk.errors(answer)[0]
    assert "Nothing was imported." in answer.content.decode()


def test_the_same_file_is_imported_once():
    browser = desk.client()
    first = browser.post(URL, upload())
    created(browser, first)
    assert "This file was imported before" in browser.post(URL, upload()).content.decode()
    again = created(browser, first)
    assert again.url == desk.change_url(Article.objects.get())


def test_a_damaged_upload_is_refused():
    answer = desk.client().post(f"{URL}create/", {"token": "nonsense"}, follow=True)
    assert "Choose the file again." in answer.content.decode()


def test_script_in_a_manuscript_does_not_reach_the_report():
    answer = desk.client().post(URL, upload(PAGE.replace(b"Symptoms", b"<script>alert(1)</script><b>Symptoms</b>")))
    assert "alert(1)" not in answer.content.decode()


@pytest.mark.parametrize("url", [URL, f"{URL}create/"])
def test_those_who_may_not_write_may_not_import(url):
    browser = desk.client("paula", roles.PUBLISHER)
    assert browser.post(url, upload()).status_code == 403


def test_the_list_leads_to_it():
    cast.draft()
    assert URL in desk.client().get("/admin/articles/article/").content.decode()
