"""A superuser may call every deed, and is still one person: no word goes to readers that nobody else has seen."""

from datetime import date

import pytest

from articles import drafting, publishing, recording, redacting, reviewing
from articles.content import sha256
from articles.models import Edition, Reviewer
from articles.refusals import Refused
from tests import cast
from tests.permissions import people

pytestmark = pytest.mark.django_db
TREATMENT = "<p>The usual dose is 4 mg.</p>"


@pytest.fixture
def root():
    """A superuser who is a doctor, too."""
    user = people.account(people.SUPERUSER)
    Reviewer.objects.create(account=user, slug="root", name="Root", credentials="MD", institution="Example Hospital")
    return user


def asked(root, article):
    doctor = Reviewer.objects.get(account=root)
    return reviewing.request(article, reviewer=doctor, by=cast.cast().wanda, at=cast.NOON)


def corrected(root):
    review = asked(root, cast.draft())
    words = cast.with_body(review.words(), "treatment", TREATMENT)
    return reviewing.correct_and_attest(review, words, by=root, at=cast.NOON, digest=review.digest)


def publish(article, root):
    note = {"change_class": "wording", "change_note": "A note."}
    return publishing.publish(article, by=root, at=cast.later(hours=1), **note)


def signs_own_words(root):
    review = asked(root, drafting.start(cast.words(), by=root, at=cast.NOON))
    reviewing.attest(review, by=root, at=cast.NOON, digest=review.digest)


def signs_own_part(root):
    article = cast.draft()
    words = cast.with_body(article.content(), "treatment", TREATMENT)
    review = asked(root, drafting.revise(article, words, by=root, at=cast.NOON, base_revision=1))
    reviewing.attest(review, by=root, at=cast.NOON, digest=review.digest)


def signs_for_another(root):
    review = cast.requested()
    reviewing.attest(review, by=root, at=cast.NOON, digest=review.digest)


def publishes_unsigned_words(root):
    publish(cast.draft(), root)


def publishes_own_words_beside_signed_ones(root):
    article = cast.signed().article
    words = cast.with_body(article.content(), "our-program", "<p>We are there.</p>")
    publish(drafting.revise(article, words, by=root, at=cast.NOON, base_revision=1), root)


def publishes_own_corrections(root):
    publish(corrected(root).article, root)


def accepts_own_corrections(root):
    review = corrected(root)
    reviewing.accept(review, by=root, at=cast.NOON, digest=review.digest)


def confirms_own_redaction(root):
    article = cast.draft()
    hashes = [sha256(article.sections.get(anchor="treatment").body)]
    redaction = redacting.ask(article, hashes=hashes, reason="A name.", by=root, at=cast.NOON)
    redacting.confirm(redaction, by=root, at=cast.NOON)


def vouches_for_own_words(root):
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64)
    article = drafting.start(cast.words(), by=root, at=cast.NOON, manuscript=facts)
    said = {"reviewer": cast.reviewer(), "on": date(2026, 10, 1), "evidence": "A letter."}
    recording.prior(article, **said, by=root, at=cast.NOON)


def records_own_review(root):
    article = cast.published().article
    said = {"reviewer": Reviewer.objects.get(account=root), "on": date(2026, 11, 2), "evidence": "I say so."}
    recording.on_behalf(article, **said, by=root, at=cast.NOON)


ALONE = [
    (signs_own_words, "CannotSign"),
    (signs_own_part, "CannotSign"),
    (signs_for_another, "NotTheReviewer"),
    (publishes_unsigned_words, "NotPublishable"),
    (publishes_own_words_beside_signed_ones, "NotPublishable"),
    (publishes_own_corrections, "NotPublishable"),
    (accepts_own_corrections, "NothingToAccept"),
    (confirms_own_redaction, "NotRedacted"),
    (vouches_for_own_words, "NotRecorded"),
    (records_own_review, "NotRecorded"),
]


@pytest.mark.parametrize(("deed", "refusal"), ALONE, ids=lambda value: getattr(value, "__name__", None))
def test_a_superuser_alone_gets_no_further_than_one_person(deed, refusal, root):
    with pytest.raises(Refused) as refused:
        deed(root)
    assert type(refused.value).__name__ == refusal
    assert not Edition.objects.filter(published_by=root).exists()
