"""The reading screen: what moved, what it leans on, what was said about it, and what is signed."""

import re
from dataclasses import replace

import pytest
from django.utils import timezone
from lxml import html

from articles import commenting, reviewing
from articles.content import FIGURE, HELP, CitedSource
from articles.models import Comment, Review
from tests import cast
from tests.articles.admin import reading, signing
from tests.articles.admin.signing import client, text, url
from tests.articles.admin.test_reviewing import answer
from tests.articles.pictures import library

pytestmark = pytest.mark.django_db


def opened(review, *, by="rosa", since=""):
    return client(by).get(url("review_read", review), {"since": since} if since else {})


def changes(response):
    """The text beside the page."""
    part = html.fromstring(response.content.decode()).get_element_by_id("changes")
    return " ".join(part.text_content().split())


# -- what moved ----------------------------------------------------------------------------------------------------


def test_every_kind_of_change_is_shown_and_numbered():
    said = changes(opened(reading.second_edition()))
    for words in (
        "[moved to another place]",
        "Doses [was: heading]",
        "water [formatting changed]",
        "[removed: 102] [added: 102]",
        "[removed: [Example Society, 2024]]",
        "[removed: 1.5][added: 15] mg/m²",
        "[was: item of a bulleted list]",
        "link changed from https://a.example.org/guide to https://b.example.org/guide",
        "[moved here, words unchanged]",
    ):
        assert words in said
    assert "Change 10 of 10." in said


def unnamed_figure():
    """Rosa is asked for the first time to read a page with a figure that has no heading, and an emergency."""
    words = library.words()
    first, figure, last, *rest = words.sections
    sections = (first, replace(figure, heading=""), replace(last, form=HELP[0]), *rest)
    return cast.requested(cast.draft(replace(words, sections=sections)), at=timezone.now())


def test_a_first_reader_sees_what_stands_for_the_picture_and_how_urgent_a_box_is(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    said = changes(opened(unnamed_figure()))
    for words in (f"The picture in words: {library.ALT}", "Credit: Drawing: A. Roe", "When to get help: emergency"):
        assert words in said


def test_a_figure_without_a_heading_has_a_name_to_be_spoken_of(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    review = unnamed_figure()
    page = html.fromstring(opened(review).content.decode())
    (anchor,) = [one.anchor for one in review.words().sections if one.form == FIGURE]
    assert page.xpath("//div[@class='comment']//option[@value=$a]/text()", a=anchor) == ["Figure"]
    assert all(heading.text_content().strip() for heading in page.xpath("//h3"))
    said = commenting.comment(
        review.article, text="Which bone?", by=cast.reviewer().account, at=timezone.now(), review=review, anchor=anchor
    )
    assert said.heading == "Figure"


def test_a_changed_dose_stays_in_its_cell():
    page = html.fromstring(opened(reading.second_edition()).content.decode())
    (cell,) = [cell for cell in page.xpath("//div[@class='text']//td") if "mg/m²" in cell.text_content()]
    assert [one.tag for one in cell] == ["a", "del", "ins"]


def test_the_second_round_shows_first_what_moved_since_the_same_person_read_it():
    page = opened(reading.second_round())
    assert "What moved since you last read it" in changes(page)
    assert "The dose is ten times too high." in changes(page)
    assert "Change 1 of 1." in changes(page)
    assert "[was: heading]" not in changes(page)


def test_everything_since_the_signed_words_is_one_click_away():
    review = reading.second_round()
    assert any(link.get("href") == "?since=signed#changes" for link in links(opened(review)))
    said = changes(opened(review, since="signed"))
    assert "What is new since the last signed words" in said
    assert "[was: heading]" in said


def test_another_reviewer_starts_from_the_signed_words():
    review = reading.second_round()
    reviewing.recall(review, by=review.requested_by, at=timezone.now())
    client("ravi")
    other = reviewing.request(review.article, reviewer=cast.reviewer("ravi"), by=review.requested_by, at=timezone.now())
    assert "What is new since the last signed words" in changes(opened(other, by="ravi"))


def test_a_source_that_changed_in_the_library_is_a_change_of_the_page():
    edition = cast.published(cast.draft(reading.words()), at=timezone.now())
    reading.Source.objects.update(title="What is it, and more?")
    said = changes(opened(cast.requested(edition.article, at=timezone.now())))
    assert "References" in said
    assert "[added: it, and more]" in said


def test_a_first_review_lists_every_part_and_offers_the_whole_page_only():
    page = opened(signing.requested())
    assert "all of it is new" in changes(page)
    assert "Treatment" in changes(page)
    assert "What have you checked?" not in text(page)


# -- citations -----------------------------------------------------------------------------------------------------


def links(response):
    return html.fromstring(response.content.decode()).xpath("//a")


def test_a_citation_in_the_redline_leads_to_its_source():
    page = opened(reading.second_edition())
    cited = [link.get("href")[1:] for link in links(page) if link.get("class") == "cited"]
    assert len(cited) == 2
    for anchor in cited:
        html.fromstring(page.content.decode()).get_element_by_id(anchor)


def test_two_records_of_one_work_have_places_of_their_own():
    words = reading.words()
    twin = replace(words.sources[0], key="ref-9")
    body = reading.OLD + '<p>Again.<cite data-source="ref-9"></cite></p>'
    review = signing.requested(
        cast.draft(replace(cast.with_body(words, "treatment", body), sources=(*words.sources, twin)))
    )
    found = re.findall(r'<li id="(source-[^"]+)"', opened(review).content.decode())
    assert len(found) == len(set(found)) == len(review.words().cited_keys())


# -- signing -------------------------------------------------------------------------------------------------------


def test_neither_scope_is_chosen_beforehand():
    page = opened(reading.second_edition()).content.decode()
    assert page.count('type="radio" name="scope"') == 2
    assert "required checked" not in page


def test_the_scope_and_the_interests_are_stored_with_the_signature():
    review = reading.second_edition()
    answer(review, "attest", scope="changes", interests="Advises Example Pharma.")
    review.refresh_from_db()
    assert (review.scope, review.interests) == ("changes", "Advises Example Pharma.")


@pytest.mark.parametrize("word", ["None", "none.", " NONE "])
def test_no_interests_are_said_and_not_assumed(word):
    review = signing.requested()
    assert "Declare your interests." in text(answer(review, "attest", interests=" "))
    answer(review, "attest", interests=word)
    review.refresh_from_db()
    assert review.interests == Review.NO_INTERESTS


def test_what_was_typed_stays_when_a_signature_is_refused():
    page = answer(reading.second_edition(), "attest", scope="", interests="Advises Example Pharma.")
    assert "Say what you have checked" in text(page)
    assert "Advises Example Pharma.</textarea>" in page.content.decode()


def test_interests_are_proposed_from_the_record_else_from_the_last_signature():
    review = reading.second_edition()
    Review.objects.first()
    answer(review, "attest", scope="full", interests="None")
    again = signing.requested(cast.edited(review.article, at=timezone.now()))
    assert ">None</textarea>" in opened(again).content.decode()
    doctor = cast.reviewer()
    doctor.interests = "Advises Example Pharma."
    doctor.save()
    assert ">Advises Example Pharma.</textarea>" in opened(again).content.decode()


def test_changes_can_not_be_signed_where_there_are_none():
    assert "check and sign the whole page" in text(answer(signing.requested(), "attest", scope="changes"))
    assert not Review.objects.attested().exists()


def test_the_last_review_is_told():
    review = reading.second_edition()
    answer(review, "attest", scope="full", interests="Advises Example Pharma.")
    page = text(opened(signing.requested(cast.edited(review.article, at=timezone.now()))))
    assert "Attested (The whole page). Interests: Advises Example Pharma." in page


# -- comments ------------------------------------------------------------------------------------------------------


def test_a_comment_keeps_all_else_that_was_typed():
    review = signing.requested()
    more = {"comment_place": "treatment", "comment_text": "Really?", "reason": "Half an hour of thoughts."}
    page = answer(review, "comment", **more)
    assert "rosa" in changes(page)
    assert "Really?" in changes(page)
    assert "Half an hour of thoughts.</textarea>" in page.content.decode()
    assert "Really?</textarea>" not in page.content.decode()


def test_comments_are_answered_and_resolved_on_the_screen():
    review = reading.second_round()
    said = Comment.objects.get()
    answer(review, f"reply:{said.pk}", **{f"reply_{said.pk}": "One and a half."})
    assert "One and a half." in changes(opened(review))
    answer(review, f"resolve:{said.pk}")
    assert "Resolved by rosa" in changes(opened(review))


@pytest.mark.parametrize("number", ["", "0", "x", "²", "9" * 30])
def test_a_comment_that_is_not_there_is_refused(number):
    assert "The comment is not there." in text(answer(signing.requested(), f"resolve:{number}"))


def test_a_refused_comment_stays_in_its_box():
    page = answer(signing.requested(), "comment", comment_place="nowhere", comment_text="Really?")
    assert "The section is not there." in text(page)
    assert "Really?</textarea>" in page.content.decode()


def test_what_was_said_about_a_section_that_went_is_still_there():
    review = signing.requested()
    commenting.comment(review.article, text="Why?", by=review.requested_by, at=timezone.now(), anchor="treatment")
    words = replace(review.words(), sections=review.words().sections[:1])
    reviewing.recall(review, by=review.requested_by, at=timezone.now())
    article = reading.drafting.revise(
        review.article, words, by=review.requested_by, at=timezone.now(), base_revision=review.revision
    )
    assert "Why?" in changes(opened(signing.requested(article)))


# -- a section by itself -------------------------------------------------------------------------------------------


def test_one_section_is_corrected_by_itself():
    review = signing.requested()
    address = f"{url('review_correct', review)}?section=treatment"
    page = client("rosa").get(address).content.decode()
    assert "section-1-body" in page
    assert "section-0-body" not in page
    fields = {"section-1-heading": "Treatment", "section-1-body": "<p>The usual dose is 4 mg.</p>"}
    fields |= {"digest": review.digest, "step": "sign", "scope": "full", "interests": "None"}
    client("rosa").post(address, fields)
    signed = Review.objects.get(corrects=review)
    assert signed.words() == cast.with_body(review.words(), "treatment", "<p>The usual dose is 4 mg.</p>")


def test_a_corrected_section_stays_when_others_are_opened_too():
    review = signing.requested()
    fields = {"section-1-heading": "Treatment", "section-1-body": "<p>The usual dose is 4 mg.</p>", "step": "edit"}
    page = client("rosa").post(f"{url('review_correct', review)}?section=", fields).content.decode()
    assert "The usual dose is 4 mg." in page
    assert "section-0-body" in page


@pytest.mark.parametrize(("name", "field"), [("title", "title"), ("summary", "summary")])
def test_title_and_summary_are_parts_too(name, field):
    page = client("rosa").get(f"{url('review_correct', signing.requested())}?section={name}").content.decode()
    assert f'name="{field}"' in page
    assert "section-1-body" not in page


def test_an_unknown_section_opens_them_all():
    page = client("rosa").get(f"{url('review_correct', signing.requested())}?section=nowhere").content.decode()
    assert "section-0-body" in page
    assert "section-1-body" in page


# -- how much it asks ----------------------------------------------------------------------------------------------


def long_review(sections, citations, comments, reviews):
    """A second edition of a long page with a past."""
    keys = [f"ref-{number}" for number in range(3, citations + 3)]
    cites = "".join(f'<p>Word {key}.<cite data-source="{key}"></cite></p>' for key in keys)
    words = reading.words(cast.words().sections[1].body + cites, more=sections)
    sources = [CitedSource(key=key, title=f"Source {key}", url=f"https://example.org/{key}") for key in keys]
    edition = cast.published(cast.draft(replace(words, sources=(*words.sources, *sources))), at=timezone.now())
    for _number in range(reviews):
        _declined(edition.review)
    review = cast.requested(cast.edited(edition.article, "10 mg", at=timezone.now()), at=timezone.now())
    for number in range(comments):
        place = {"anchor": "treatment", "review": review}
        commenting.comment(review.article, text=f"{number}?", by=review.requested_by, at=timezone.now(), **place)
    return review


def _declined(like):
    """An earlier request for other words, which Rosa sent back."""
    same = {name: getattr(like, name) for name in ("article", "reviewer", "content", "revision", "requested_by")}
    times = {"requested_at": timezone.now(), "answered_at": timezone.now()}
    Review.objects.create(
        **same, **times, digest="0" * 64, answer="changes", answered_by=like.answered_by, reason="No."
    )


@pytest.mark.parametrize(("sections", "citations", "comments", "reviews"), [(0, 0, 0, 2), (60, 200, 30, 20)])
def test_it_asks_few_questions_at_any_length(django_assert_max_num_queries, sections, citations, comments, reviews):
    review, browser = long_review(sections, citations, comments, reviews), client("rosa")
    with django_assert_max_num_queries(25):
        page = browser.get(url("review_read", review))
    assert page.status_code == 200
