"""The reviewer's screen, correcting in place, and the second person's acceptance."""

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles import drafting, reviewing
from articles.admin.correcting import CorrectionForm
from articles.models import Acceptance, Review
from references.models import Source
from tests import cast
from tests.articles.admin import signing
from tests.articles.admin.signing import client, text, url

pytestmark = pytest.mark.django_db

DOSE = "<p>The usual dose is 4 mg.</p>"


def answer(review, kind, *, by="rosa", reason="", digest=None, **more):
    data = {"answer": kind, "reason": reason, "digest": digest or review.digest, "scope": "full", "interests": "None"}
    data |= more
    return client(by).post(url("review_read", review), data, follow=True)


# -- reading -------------------------------------------------------------------------------------------------------


def test_it_works():
    review = signing.requested()
    assert "You attested “Acute example disease”" in text(answer(review, "attest"))
    review.refresh_from_db()
    assert (review.answer, review.answered_by.username) == ("attested", "rosa")


def test_the_screen_shows_who_asks_and_what_will_be_signed():
    page = text(client("rosa").get(url("review_read", signing.requested())))
    assert "wanda asked Rosa Example, MD" in page
    assert "I have checked the whole page and attest that it is accurate and current." in page
    assert "Signed as Rosa Example, MD, Chair, Hematology, Example Hospital" in page


def test_the_screen_shows_which_words_lean_on_which_source():
    page = text(client("rosa").get(url("review_read", signing.requested())))
    assert "Example Society. What is example disease?" in page
    assert "What it is · It begins in the marrow." in page


def test_the_screen_shows_what_is_new_since_the_last_signed_words():
    article = signing.published()
    review = signing.requested(cast.edited(article, at=timezone.now()))
    page = client("rosa").get(url("review_read", review)).content.decode()
    assert "What is new since the last signed words" in page
    assert "removed:" in page
    assert "It begins in the marrow" not in page.split('id="page"')[0]


def test_the_frame_shows_the_frozen_words_though_the_draft_went_on():
    review = signing.requested()
    cast.edited(review.article, "99 mg", at=timezone.now())
    page = client("rosa").get(url("review_page", review)).content.decode()
    assert "The usual dose is 5 mg." in page
    assert "99 mg" not in page
    assert "Preview: not published" in page


def test_only_our_own_pages_may_frame_the_words():
    page = client("rosa").get(url("review_page", signing.requested()))
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]


def test_the_screen_itself_may_be_framed_by_nobody():
    page = client("rosa").get(url("review_read", signing.requested()))
    assert page["X-Frame-Options"] == "DENY"
    assert "script-src 'self';" in page["Content-Security-Policy"]


def test_others_may_read_and_not_answer():
    page = text(client("ravi").get(url("review_read", signing.requested())))
    assert "Only Rosa Example, MD can answer." in page
    assert "Your answer" not in page


def test_a_source_changed_in_the_library_is_said_before_anybody_signs():
    review = signing.requested()
    Source.objects.update(title="Another title")
    assert "A source was changed in the library" in text(client("rosa").get(url("review_read", review)))


def test_reading_asks_the_database_few_questions(django_assert_max_num_queries):
    article = signing.published()
    review = signing.requested(cast.edited(article, at=timezone.now()))
    browser = client("rosa")
    with django_assert_max_num_queries(25):
        browser.get(url("review_read", review))


WRITES = ("INSERT", "UPDATE", "DELETE")
SCREENS = [
    ("rosa", "review_read"),
    ("rosa", "review_page"),
    ("rosa", "review_correct"),
    ("wanda", "review_recall"),
    ("wanda", "article_request_review"),
    ("paula", "article_publish"),
    ("paula", "article_withdraw"),
    ("wanda", "article_change"),
]


@pytest.mark.parametrize(("name", "screen"), SCREENS)
def test_looking_writes_nothing(name, screen, django_assert_max_num_queries):
    review, browser = signing.requested(signing.published()), client(name)
    with django_assert_max_num_queries(60) as asked:
        page = browser.get(url(screen, review if screen.startswith("review") else review.article))
    assert page.status_code == 200
    written = [query["sql"] for query in asked if query["sql"].startswith(WRITES)]
    assert [sql for sql in written if "articles_presence" not in sql] == []  # that she looks is seen by others


def test_a_review_that_is_not_there_leads_back_to_the_desk():
    client("rosa")
    answer = client("rosa").get("/admin/articles/review/4711/read/", follow=True)
    assert answer.redirect_chain == [("/admin/", 302)]
    assert "This review request is not there." in text(answer)


# -- answering -----------------------------------------------------------------------------------------------------


def test_changes_are_requested_with_a_reason():
    review = signing.requested()
    answer(review, "changes", reason="The dose is wrong.")
    review.refresh_from_db()
    assert (review.answer, review.reason) == ("changes", "The dose is wrong.")


def test_changes_without_a_reason_are_refused():
    review = signing.requested()
    assert "Say what should change" in text(answer(review, "changes"))
    assert Review.objects.open().exists()


def test_the_field_that_lacks_the_reason_is_where_the_doctor_lands():
    page = answer(signing.requested(), "changes").content.decode()
    assert 'aria-describedby="reason-error" autofocus' in page
    page = answer(signing.requested(cast.draft(cast.words("Other"))), "attest").content.decode()
    assert "reason-error" not in page


def test_nobody_attests_with_a_written_wish_for_changes():
    page = answer(signing.requested(), "attest", reason="The dose is wrong.")
    assert "Delete it to attest the page as it is" in text(page)
    assert "The dose is wrong.</textarea>" in page.content.decode()
    assert Review.objects.open().exists()


def test_words_that_were_not_on_the_screen_are_not_signed():
    review = signing.requested()
    assert "not the ones that were on your screen" in text(answer(review, "attest", digest="0" * 64))
    assert Review.objects.open().exists()


@pytest.mark.parametrize("close", ["recall", "supersede"])
def test_a_request_that_was_closed_meanwhile_is_refused_and_the_reason_kept(close):
    review, wanda = signing.requested(), cast.person("wanda")
    if close == "recall":
        reviewing.recall(review, by=wanda, at=timezone.now())
    else:
        cast.edited(review.article, at=timezone.now())
    page = answer(review, "changes", reason="Half an hour of thoughts.")
    assert "This request is closed" in text(page)
    assert "Half an hour of thoughts.</textarea>" in page.content.decode()


@pytest.mark.parametrize("name", ["wanda", "edith", "paula", "stan", "ada"])
@pytest.mark.parametrize("screen", ["review_read", "review_correct"])
def test_other_roles_can_not_answer_even_without_the_button(name, screen):
    review = signing.requested()
    data = {"answer": "attest", "digest": review.digest, **signing.correction(review, DOSE)}
    assert client(name).post(url(screen, review), data).status_code == 403
    assert Review.objects.open().exists()


def test_another_reviewer_can_not_answer():
    assert "This review was asked of Rosa Example, MD." in text(answer(signing.requested(), "attest", by="ravi"))
    assert Review.objects.open().exists()


def test_an_answer_from_another_site_is_refused():
    review, browser = signing.requested(), client("rosa")
    browser.handler.enforce_csrf_checks = True
    assert browser.post(url("review_read", review), {"answer": "attest", "digest": review.digest}).status_code == 403


def test_a_visitor_is_asked_to_sign_in(client):
    review = signing.requested()
    for name in ("review_read", "review_page", "review_correct", "review_corrections", "review_recall"):
        assert client.get(url(name, review))["Location"].startswith("/admin/login/")


# -- correcting ----------------------------------------------------------------------------------------------------


def test_correct_and_attest_signs_the_corrected_words():
    review = signing.corrected()
    assert (review.answer, review.origin, review.answered_by.username) == ("attested", "correction", "rosa")
    assert review.words().sections[1].body == DOSE
    assert review.article.content() == review.words()


def test_the_editor_opens_on_the_frozen_words_with_its_own_policy():
    page = client("rosa").get(url("review_correct", signing.requested()))
    assert "script-src-attr 'unsafe-inline'" in page["Content-Security-Policy"]
    assert "The usual dose is 5 mg." in page.content.decode()
    assert 'name="section-2-body"' not in page.content.decode()  # the institution's own


def test_corrections_are_shown_before_they_are_signed():
    review = signing.requested()
    page = client("rosa").post(url("review_correct", review), signing.correction(review, DOSE, "show"))
    assert "What you changed" in text(page)
    assert "removed: 5" in text(page).replace("[", "")
    assert Review.objects.open().exists()
    assert "script-src-attr" not in page["Content-Security-Policy"]


def test_one_can_go_back_from_the_redline_to_the_editor():
    review = signing.requested()
    page = client("rosa").post(url("review_correct", review), signing.correction(review, DOSE, "edit"))
    assert "The usual dose is 4 mg." in page.content.decode()


def test_nothing_corrected_is_nothing_to_sign():
    review = signing.requested()
    # The editor writes the same words in markup of its own.
    same = "<p>The usual dose\n is 5 mg.</p>\n"
    page = client("rosa").post(url("review_correct", review), signing.correction(review, same))
    assert "Nothing is corrected yet." in text(page)
    assert Review.objects.open().exists()


def test_what_was_not_touched_stays_to_the_letter():
    # Frozen by a release that wrote the same words in another way.
    frozen = cast.with_body(cast.words(), "what-it-is", "<p>It begins  in the marrow.</p>\n")
    sent = {"title": frozen.title, "summary": frozen.summary}
    for number, body in enumerate(("<p>It begins in the marrow.</p>", DOSE)):
        sent |= {f"section-{number}-heading": frozen.sections[number].heading, f"section-{number}-body": body}
    form = CorrectionForm(frozen, sent)
    assert form.is_valid()
    assert [s.body for s in form.corrected().sections] == [frozen.sections[0].body, DOSE, "<p>We are here.</p>"]


def test_corrections_of_a_closed_request_stay_on_the_screen():
    review = signing.requested()
    cast.edited(review.article, at=timezone.now())
    page = client("rosa").post(url("review_correct", review), signing.correction(review, DOSE))
    assert "This request is closed" in text(page)
    assert "The usual dose is 4 mg." in text(page)
    assert review.article.content().sections[1].body == "<p>The usual dose is 6 mg.</p>"


def test_a_mark_without_a_source_is_refused_and_the_text_kept():
    review = signing.requested()
    body = DOSE.replace("</p>", '<cite data-source="nowhere"></cite></p>')
    page = client("rosa").post(url("review_correct", review), signing.correction(review, body, "show"))
    assert "cites a source that is not in the library: nowhere" in text(page)
    assert "The usual dose is 4 mg." in page.content.decode()


# -- accepting -----------------------------------------------------------------------------------------------------


def test_a_second_person_accepts_after_a_redline():
    review = signing.corrected()
    page = text(client("wanda").get(url("review_corrections", review)))
    assert "What was corrected" in page
    assert "Accept the corrections" in page
    client("wanda").post(url("review_corrections", review), {"digest": review.digest})
    assert Acceptance.objects.get().by == User.objects.get(username="wanda")


def test_who_accepts_reads_whatever_the_reviewer_wrote_unread():
    rosa = cast.person(cast.reviewer().slug, signing.ROLE["wanda"])
    request = signing.requested(drafting.start(cast.words(), by=rosa, at=timezone.now()))
    client("rosa").post(url("review_correct", request), signing.correction(request, DOSE))
    page = client("edith").get(url("review_corrections", Review.objects.get(corrects=request))).content.decode()
    assert "It begins in the marrow." in page
    assert "4 mg" in page


def test_nothing_with_a_nul_in_it_is_taken():
    review = signing.requested()
    assert answer(review, "changes", reason="The dose\x00is wrong.").status_code == 400
    review.refresh_from_db()
    assert review.answer == ""


def test_the_reviewer_does_not_accept_her_own_corrections():
    review = signing.corrected()
    assert client("rosa").post(url("review_corrections", review)).status_code == 403
    cast.person("rosa", signing.ROLE["wanda"])
    answer = client("rosa").post(url("review_corrections", review), follow=True)
    assert "Somebody else must accept them." in text(answer)
    assert not Acceptance.objects.exists()


def test_corrections_that_were_written_over_can_not_be_accepted():
    review = signing.corrected()
    cast.edited(review.article, at=timezone.now())
    assert "there is nothing to accept" in text(client("wanda").get(url("review_corrections", review)))
    client("wanda").post(url("review_corrections", review), {"digest": review.digest})
    assert not Acceptance.objects.exists()
