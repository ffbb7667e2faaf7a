"""Several reviewers and several kinds of review: which a page needs, and which signatures count."""

import pytest

from articles import publishing, reviewing, roles, signoffs
from articles.models import Cover, Review, SignOff
from tests import cast

pytestmark = pytest.mark.django_db


def need(kind="plain", *, required=True):
    SignOff.objects.create(tier="standard", kind=kind, required=required)


def ask(article, reviewer, *, kind="clinical", at=cast.NOON):
    wanda = cast.person("wanda", roles.WRITER)
    return reviewing.request(article, reviewer=reviewer, by=wanda, at=at, kind=kind)


def sign(review, *, at=cast.NOON):
    return reviewing.attest(review, by=review.reviewer.account, at=at, digest=review.digest)


def decline(review, *, at):
    by = review.reviewer.account
    return reviewing.decline(review, by=by, at=at, digest=review.digest, reason="The dose is wrong.")


def codes(article, *, at=cast.NOON):
    return [one.code for one in publishing.obstacles(article, by=cast.person("paula", roles.PUBLISHER), at=at)]


# -- kinds ---------------------------------------------------------------------------------------------------------


def test_a_required_kind_that_is_missing_stands_in_the_way():
    need()
    article = cast.signed().article
    assert codes(article) == ["kind-missing"]
    with pytest.raises(publishing.NotPublishable):
        cast.publish(article)


def test_a_required_kind_that_is_signed_lets_the_page_through():
    need()
    article = cast.signed().article
    sign(ask(article, cast.editor(), kind="plain"))
    assert cast.publish(article).number == 1


@pytest.mark.parametrize("sign_off", [{"required": False}, {"kind": "editorial", "required": False}])
def test_an_optional_kind_stands_in_nobodys_way(sign_off):
    need(**sign_off)
    assert cast.published().number == 1


def test_another_tiers_needs_are_not_this_pages():
    SignOff.objects.create(tier="high", kind="plain", required=True)
    assert cast.published().number == 1


def test_a_language_signature_never_stands_in_for_the_clinical_one():
    article = cast.draft()
    sign(ask(article, cast.editor(), kind="plain"))
    assert codes(article) == ["not-signed"]


def test_a_language_signature_of_other_words_does_not_count():
    need()
    article = cast.draft()
    sign(ask(article, cast.editor(), kind="plain"))
    cast.signed(cast.edited(article))
    assert codes(article) == ["kind-missing"]


def test_nobody_signs_for_the_language_of_their_own_words():
    article = cast.edited(cast.draft(), by="edith")
    review = ask(article, cast.editor(), kind="plain")
    with pytest.raises(reviewing.CannotSign, match="You wrote part"):
        sign(review)


def test_not_even_after_a_doctor_has_signed_them():
    article = cast.signed(cast.edited(cast.draft(), by="edith")).article
    review = ask(article, cast.editor(), kind="plain")
    with pytest.raises(reviewing.CannotSign):
        sign(review)


def test_an_editor_without_credentials_is_not_asked_for_the_medicine():
    with pytest.raises(reviewing.CannotSign, match="no credentials"):
        ask(cast.draft(), cast.editor())


def test_a_doctor_who_may_not_sign_for_language_is_not_asked_to():
    with pytest.raises(reviewing.CannotSign, match="does not allow"):
        ask(cast.draft(), cast.reviewer(), kind="plain")


def test_who_signs_for_language_does_not_correct_and_sign_at_once():
    review = ask(cast.draft(), cast.editor(), kind="plain")
    words = cast.with_body(review.words(), "treatment", "<p>Take 4 mg.</p>")
    with pytest.raises(reviewing.CannotSign, match="Request changes"):
        reviewing.correct_and_attest(review, words, by=review.reviewer.account, at=cast.NOON, digest=review.digest)


def test_a_language_review_moves_no_date():
    article = cast.published().article
    sign(ask(article, cast.editor(), kind="plain", at=cast.later(days=3)), at=cast.later(days=3))
    assert article.addresses.get().last_reviewed_on.day == 2


# -- several reviewers ---------------------------------------------------------------------------------------------


def test_several_people_are_asked_and_each_is_asked_once():
    article = cast.draft()
    ask(article, cast.reviewer())
    ask(article, cast.reviewer("ravi"))
    with pytest.raises(reviewing.AlreadyRequested):
        ask(article, cast.reviewer("ravi"))
    assert Review.objects.open().count() == 2


def test_an_edit_closes_every_open_request():
    article = cast.draft()
    ask(article, cast.reviewer())
    ask(article, cast.editor(), kind="plain")
    cast.edited(article)
    assert [review.answer for review in Review.objects.all()] == ["superseded", "superseded"]


def test_one_signature_suffices_though_another_is_awaited():
    article = cast.draft()
    waiting = ask(article, cast.reviewer("ravi"))
    sign(ask(article, cast.reviewer()))
    assert cast.publish(article).number == 1
    assert Review.objects.open().get() == waiting


@pytest.mark.parametrize("order", ["before", "after"])
def test_an_objection_by_one_of_two_stands_in_the_way_whoever_answers_first(order):
    article = cast.draft()
    first, second = ask(article, cast.reviewer()), ask(article, cast.reviewer("ravi"))
    minutes = {"before": 1, "after": 3}[order]
    decline(second, at=cast.later(minutes=minutes))
    sign(first, at=cast.later(minutes=2))
    assert codes(article, at=cast.later(minutes=5)) == ["objected"]


def test_an_objection_is_answered_by_a_review_that_was_asked_for_after_it():
    article = cast.draft()
    decline(ask(article, cast.reviewer("ravi")), at=cast.later(minutes=1))
    sign(ask(article, cast.reviewer(), at=cast.later(minutes=2)), at=cast.later(minutes=3))
    assert codes(article, at=cast.later(minutes=5)) == []


def test_an_objection_is_answered_by_who_made_it():
    article = cast.draft()
    first, second = ask(article, cast.reviewer()), ask(article, cast.reviewer("ravi"))
    decline(second, at=cast.later(minutes=1))
    sign(first, at=cast.later(minutes=2))
    sign(ask(article, cast.reviewer("ravi"), at=cast.later(minutes=3)), at=cast.later(minutes=4))
    assert codes(article, at=cast.later(minutes=5)) == []


def test_everybody_whose_signature_counts_covers_the_edition_clinical_first():
    article = cast.draft()
    sign(ask(article, cast.editor(), kind="plain"))
    sign(ask(article, cast.reviewer()))
    sign(ask(article, cast.reviewer("ravi")), at=cast.later(minutes=1))
    edition = cast.publish(article, at=cast.later(hours=1))
    covers = Cover.objects.filter(edition=edition)
    assert [(c.review.signed_name, c.review.kind) for c in covers] == [
        ("Ravi Example", "clinical"),
        ("Rosa Example", "clinical"),
        ("Edith Example", "plain"),
    ]
    assert edition.review == covers[0].review


def test_a_signature_that_lapsed_covers_nothing():
    article = cast.draft()
    sign(ask(article, cast.reviewer("ravi")))
    sign(ask(article, cast.reviewer()))
    ravi = cast.reviewer("ravi")
    ravi.active = False
    ravi.save()
    edition = cast.publish(article)
    assert [cover.review.signed_name for cover in edition.covers.all()] == ["Rosa Example"]


# -- the checklist -------------------------------------------------------------------------------------------------


def test_the_checklist_says_what_is_required_asked_signed_and_why_it_does_not_count():
    need()
    article = cast.signed().article
    ask(article, cast.editor(), kind="plain")
    late = cast.later(days=100)
    clinical, plain = signoffs.standing(article, article.content(), late)
    assert [obstacle.code for obstacle in clinical.signed[0].why_not] == ["too-old"]
    assert (clinical.required, clinical.counts, clinical.asked) == (True, False, ())
    assert (plain.required, plain.counts, plain.signed) == (True, False, ())
    assert plain.asked[0].reviewer == cast.editor()
