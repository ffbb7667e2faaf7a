"""Recording a review with a file, its download, and the way to say that it is not so."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html

from articles import papers, recording
from articles.models import Message, Published, Review, ReviewPaper
from tests import cast
from tests.articles.admin import desk
from tests.articles.admin.signing import client, text, url

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 I have read it."


@pytest.fixture(autouse=True)
def _own_papers(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def article():
    return cast.published(at=timezone.now() - timedelta(days=30)).article


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def send(page, **fields):
    """Fill in the form for a review done elsewhere, as Stan."""
    browser, there = client("stan"), f"/admin/articles/article/{page.pk}/dates/"
    shown = html.fromstring(browser.get(there).content.decode())
    [form] = [one for one in shown.forms if one.action.startswith(f"{there}record/")]
    assert form.get("enctype") == "multipart/form-data"
    said = {"seen": form.fields["seen"], "reviewer": cast.reviewer().pk, "on": yesterday().isoformat(), "scope": "full"}
    return browser.post(f"{there}record/", {**said, **fields}, follow=True)


def file(data=PDF, name="Letter.pdf"):
    return SimpleUploadedFile(name, data)


def test_a_file_alone_is_evidence():
    answer = send(article(), paper=file())
    assert "Record a review: done." in text(answer)
    review = Review.objects.get(origin="on_behalf")
    assert (review.evidence, review.papers.get().name) == ("Letter.pdf", "Letter.pdf")
    assert "Evidence: Letter.pdf" in Message.objects.get(kind="digest").body
    assert "stan: “Letter.pdf” Letter.pdf" in text(answer)


def test_without_file_and_words_nothing_is_recorded():
    answer = send(article(), evidence=" ")
    assert desk.errors(answer) == ["Choose a file, or say where the evidence is: a message, a letter, a form."]
    answer = send(Published.objects.get().article, paper=file(b"GIF89a\x01", "a.pdf"))
    assert "This is no PDF, JPEG, PNG or text file" in text(answer)
    assert not Review.objects.filter(origin="on_behalf").exists()


def test_a_review_of_changes_that_can_not_be_is_refused_in_words():
    assert "No other signed words stand before these" in text(send(article(), evidence="A letter.", scope="changes"))


def recorded():
    said = {"reviewer": cast.reviewer(), "on": yesterday(), "evidence": "A letter."}
    paper = recording.Paper("Brief “Größe”.pdf", PDF)
    return recording.on_behalf(article(), **said, papers=[paper], by=cast.cast().stan, at=timezone.now())


def test_a_paper_is_a_download_and_nothing_else():
    there = url("review_paper", recorded().papers.get())
    answer = client("wanda").get(there)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert desk.client("sam", "").get(there).status_code in (302, 403)
    assert client("wanda").post(there).status_code == 405


def test_a_lost_paper_says_so():
    row = recorded().papers.get()
    papers.REVIEWS.drop(row.file)
    answer = client("wanda").get(url("review_paper", row), follow=True)
    assert "is lost. An administrator can look for it in a backup." in text(answer)


def test_papers_lie_in_the_evidence_pack():
    review = recorded()
    pack = client("wanda").get(url("article_evidence", review.article))
    archive = zipfile.ZipFile(io.BytesIO(pack.content))
    [name] = [name for name in archive.namelist() if "/papers/" in name]
    assert archive.read(name) == PDF
    assert name.endswith(ReviewPaper.objects.get().file)


def test_whoever_is_named_is_led_to_the_record_and_can_deny_it():
    send(article(), evidence="A letter.")
    review = Review.objects.get(origin="on_behalf")
    there = url("review_not_so", review)
    assert Message.objects.get(kind="digest").path == there
    page = client("rosa").get(there)
    assert "stan recorded that Rosa Example, MD reviewed this page on" in text(page)
    answer = client("rosa").post(there, {"reason": ""})
    assert "Say what is wrong with it" in text(answer)
    answer = client("rosa").post(there, {"reason": "I was on leave."}, follow=True)
    assert "It no longer counts." in text(answer)
    assert "I was on leave." in text(client("rosa").get(there))
    assert Published.objects.get().last_reviewed_on == timezone.localdate(timezone.now() - timedelta(days=30))
    dates = text(client("stan").get(f"/admin/articles/article/{review.article_id}/dates/"))
    assert "Denied by whoever it names: it counts no longer." in dates
    assert "This denies a recorded review: I was on leave." in dates


def test_somebody_else_only_reads_it():
    there = url("review_not_so", recorded())
    assert "Only Rosa Example, MD can say that this is not so." in text(client("stan").get(there))
    assert "This review names" in text(client("stan").post(there, {"reason": "No."}))
