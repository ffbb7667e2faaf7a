"""Reviews recorded by staff on a reviewer's behalf."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.utils import timezone

from articles import drafting, papers, publishing, recording, roles
from articles.models import Article, Message, Published, Reviewer, ReviewPaper
from articles.verifying import problems
from references.models import Source
from tests import cast

pytestmark = pytest.mark.django_db
DECEMBER = cast.later(days=30)


def record(article, *, by="stan", evidence="Letter of 1 December", at=DECEMBER, deed=recording.on_behalf, **more):
    said = {"reviewer": cast.reviewer(), "on": date(2026, 12, 1), **more}
    return deed(article, evidence=evidence, by=cast.person(by, roles.RECORDS_STEWARD), at=at, **said)


def test_it_moves_the_date_of_an_unchanged_page():
    review = record(cast.published().article)
    row = Published.objects.get()
    assert (row.last_reviewed_on, row.next_due) == (date(2026, 12, 1), date(2027, 12, 1))
    assert (row.review, review.origin, review.answered_by.username) == (review, "on_behalf", "stan")


def in_emergency():
    """Online, and signed by nobody yet; the words before it were."""
    article = cast.edited(cast.published().article, at=cast.later(days=1))
    said = {"reason": "A recall.", "change_class": "correction", "change_note": "A note."}
    return publishing.publish_in_emergency(article, by=cast.cast().paula, at=cast.later(days=2), **said).article


def of_changes(article, **said):
    people = {"reviewer": cast.reviewer(), "by": cast.cast().stan, "at": DECEMBER}
    return recording.on_behalf(article, on=date(2026, 12, 1), evidence="A letter.", scope="changes", **people, **said)


def test_a_review_of_the_changes_answers_for_them_and_moves_no_date():
    review = of_changes(in_emergency())
    row = Published.objects.get()
    assert (review.scope, review.base_digest) == ("changes", row.article.reviews.earliest("pk").digest)
    assert (row.last_reviewed_on, row.unreviewed_since) == (date(2026, 11, 2), None)


def test_changes_need_other_words_that_were_signed():
    with pytest.raises(recording.NotRecorded, match="No other signed words"):
        of_changes(cast.published().article)
    with pytest.raises(recording.NotRecorded, match="whole page, or the changes"):
        record(cast.published(cast.draft(cast.words("Other"))).article, scope="some")


def test_changes_since_a_withdrawal_are_not_enough():
    article = cast.published().article
    publishing.withdraw(article, by=cast.cast().paula, at=cast.later(days=1), reason="Wrong.")
    cast.published(cast.edited(article, at=cast.later(days=2)), at=cast.later(days=3))
    with pytest.raises(recording.NotRecorded, match="withdrawn"):
        of_changes(article)


def test_changes_that_would_move_the_date_are_refused():
    """Words that were signed in between and never published would lend it theirs."""
    article = cast.published().article
    cast.signed(cast.edited(article, "6 mg", at=cast.later(days=3)), at=cast.later(days=4))
    cast.edited(article, "7 mg", at=cast.later(days=5))
    article.refresh_from_db()
    said = {"reason": "A recall.", "change_class": "correction", "change_note": "A note."}
    publishing.publish_in_emergency(article, by=cast.cast().paula, at=cast.later(days=6), **said)
    with pytest.raises(recording.NotRecorded, match="moves no date"):
        of_changes(article)
    assert Published.objects.get().last_reviewed_on == date(2026, 11, 2)


# -- papers --------------------------------------------------------------------------------------------------------

LETTER = recording.Paper("C:\\letters\\Letter of Dr Rosa.pdf", b"%PDF-1.7 I have read it.")
MESSAGE = recording.Paper("Re_ page.eml", b"From: rosa@example.org\r\nSubject: page\r\n\r\nIt is right.\r\n")


def test_papers_are_kept_with_their_hash_for_their_owner_alone(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    review = record(cast.published().article, evidence="", papers=[LETTER, MESSAGE])
    first, second = review.papers.all()
    assert (first.name, first.size, first.hash) == ("Letter of Dr Rosa.pdf", 24, sha256(LETTER.data).hexdigest())
    assert review.evidence == "Letter of Dr Rosa.pdf, Re_ page.eml"
    assert [one.file[-4:] for one in (first, second)] == [".pdf", ".eml"]
    there = tmp_path / "private" / "reviews"
    assert {path.stat().st_mode & 0o077 for path in [there, *there.iterdir()]} == {0}


@pytest.mark.parametrize(
    "bad", [b"GIF89a\x01", b"\x7fELF\x00", b"", b"MZ\x90\x00\x03", b"%PDF-" + bytes(papers.LARGEST)]
)
def test_a_file_that_proves_nothing_leaves_nothing(bad, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    article = cast.published().article
    with pytest.raises(papers.NoPaper):
        record(article, papers=[LETTER, recording.Paper("letter.pdf", bad)])
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not ReviewPaper.objects.exists()


def test_what_is_refused_keeps_no_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(recording.NotRecorded):
        record(cast.published().article, on=date(2026, 12, 9), papers=[LETTER])
    with pytest.raises(recording.NotRecorded, match="At most 5"):
        record(Article.objects.get(), papers=[LETTER] * 6)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_paper_that_is_lost_or_another_one_is_found_out(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = record(cast.published().article, papers=[LETTER]).papers.get()
    assert not list(problems())
    (tmp_path / "private" / "reviews" / row.file).write_bytes(b"%PDF-1.7 I have not read it.")
    assert [str(one) for one in problems()] == [f"reviewpaper {row.pk}: has another paper than was recorded"]
    papers.REVIEWS.drop(row.file)
    assert [str(one) for one in problems()] == [f"reviewpaper {row.pk}: has lost its paper"]


def test_files_without_a_review_are_erased_a_day_later(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    kept = record(cast.published().article, papers=[LETTER]).papers.get()
    left, _hash = papers.REVIEWS.keep(LETTER.data)
    recording.drop_left_papers(at=timezone.now())
    assert papers.REVIEWS.read(left)
    recording.drop_left_papers(at=timezone.now() + timedelta(days=2))
    assert [path.name for path in (tmp_path / "private" / "reviews").iterdir()] == [kept.file]


def test_words_that_differ_from_the_page_are_refused():
    article = cast.published().article
    cast.edited(article)
    with pytest.raises(recording.NotRecorded, match="differs"):
        record(article)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"on": date(2026, 12, 3)}, "future"),
        ({"on": date(2026, 11, 1)}, "not online"),
        ({"evidence": "  "}, "evidence"),
    ],
)
def test_impossible_reviews_are_refused(change, why):
    with pytest.raises(recording.NotRecorded, match=why):
        record(cast.published().article, **change)


def test_a_source_that_changed_in_the_library_makes_the_words_differ():
    article = cast.published().article
    Source.objects.update(title="Another title")
    with pytest.raises(recording.NotRecorded, match="differs"):
        record(article)


def test_the_same_review_is_recorded_once():
    article = cast.published().article
    record(article)
    with pytest.raises(recording.NotRecorded, match="on record already"):
        record(article, evidence="The same letter, sent again")


def test_an_older_review_is_kept_and_moves_no_date_back():
    article = cast.published().article
    record(article)
    record(article, on=date(2026, 11, 20))
    assert Published.objects.get().last_reviewed_on == date(2026, 12, 1)


def test_who_could_not_sign_on_that_day_is_refused():
    article = cast.published().article
    Reviewer.objects.update(credentials_until=date(2026, 11, 30))
    with pytest.raises(recording.NotRecorded, match="could not sign"):
        record(article)


def test_the_reviewer_is_told_once_of_all_that_was_recorded():
    articles = [cast.published(cast.draft(cast.words(title=title))).article for title in ("One", "Two")]
    stan = cast.person("stan", roles.RECORDS_STEWARD)
    recording.tell(cast.reviewer(), articles, on=date(2026, 12, 1), evidence="Letter", by=stan)
    message = Message.objects.get(kind=Message.Kind.DIGEST)
    assert (message.person.username, message.subject) == ("rosa", "Your reviews of 2 pages were recorded")
    assert "stan recorded that you reviewed these pages on Dec. 1, 2026. Evidence: Letter\n\nOne\nTwo\n" in message.body


def test_a_writer_may_not_record_a_review():
    said = {"reviewer": cast.reviewer(), "on": date(2026, 12, 1), "evidence": "Letter"}
    article = cast.published().article
    with pytest.raises(roles.NotAllowed):
        recording.on_behalf(article, **said, by=cast.person("wanda"), at=DECEMBER)


def test_a_draft_has_no_page_that_could_have_been_reviewed():
    with pytest.raises(recording.NotRecorded, match="not online"):
        record(cast.draft())


def test_nobody_records_their_own_review():
    with pytest.raises(recording.NotRecorded, match="own review"):
        record(cast.published().article, by="rosa")


def imported():
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64)
    return drafting.start(cast.words(), by=cast.person("wanda", roles.WRITER), at=cast.NOON, manuscript=facts)


def test_an_imported_page_carries_one_earlier_review_of_its_words():
    article = imported()
    record(article, on=date(2024, 4, 19), deed=recording.prior)
    cast.publish(article, at=DECEMBER)
    row = Published.objects.get()
    assert (row.last_reviewed_on, row.review.origin) == (date(2024, 4, 19), "prior")
    with pytest.raises(recording.NotRecorded, match="Only one"):
        record(article, on=date(2024, 4, 19), deed=recording.prior)


def test_an_earlier_review_was_before_the_import():
    with pytest.raises(recording.NotRecorded, match=r"imported on Nov\. 2, 2026"):
        record(imported(), on=date(2026, 11, 3), deed=recording.prior)


def test_an_earlier_review_keeps_the_words_that_stand_there():
    article = imported()
    review = record(article, on=date(2024, 4, 19), deed=recording.prior)
    assert review.words() == article.content()
    assert review.words().digest == review.digest


def test_an_earlier_review_is_of_no_word_written_since_the_import():
    article, paula = imported(), cast.person("paula", roles.WRITER)
    content = cast.with_body(article.content(), "our-program", "<p>Nobody else saw this.</p>")
    drafting.revise(article, content, by=paula, at=cast.NOON, base_revision=1)
    review = record(article, on=date(2024, 4, 19), deed=recording.prior)
    assert "Nobody else" not in review.content
    with pytest.raises(publishing.NotPublishable):
        cast.publish(article, at=DECEMBER)


def test_an_earlier_review_of_other_words_is_refused():
    article = imported()
    cast.edited(article)
    with pytest.raises(recording.NotRecorded, match="differ"):
        record(article, on=date(2024, 4, 19), deed=recording.prior)


def test_who_imported_the_words_can_not_vouch_for_them():
    with pytest.raises(recording.NotRecorded, match="Two people"):
        record(imported(), on=date(2024, 4, 19), deed=recording.prior, by="wanda")


def test_an_article_that_was_not_imported_has_no_earlier_review():
    with pytest.raises(recording.NotRecorded, match="not imported"):
        record(cast.draft(), deed=recording.prior)


def test_nobody_without_credentials_is_said_to_have_signed():
    article = cast.published().article
    doctor = cast.reviewer("olga")
    type(doctor).objects.filter(pk=doctor.pk).update(credentials="")
    doctor.refresh_from_db()
    with pytest.raises(recording.NotRecorded, match="could not sign"):
        recording.on_behalf(
            article,
            reviewer=doctor,
            on=date(2026, 11, 3),
            evidence="A letter.",
            by=cast.cast().stan,
            at=cast.later(days=2),
        )
