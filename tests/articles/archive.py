"""One row of every frozen model, made by deeds."""

from datetime import date

from articles import drafting, keeping, publishing, reviewing
from articles.models import Edition, FrozenModel, Review
from articles.triggers import frozen_models
from tests import cast


def fill() -> dict[str, FrozenModel]:
    """A page that was imported, corrected, accepted, published twice, deferred, and is under review again: for
    every frozen model its oldest row, by name."""
    people = cast.cast()
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64)
    article = drafting.start(cast.words(), by=people.wanda, at=cast.NOON, manuscript=facts)
    asked = cast.requested(article)
    corrected = cast.with_body(asked.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    signed = reviewing.correct_and_attest(asked, corrected, by=people.rosa, at=cast.NOON, digest=asked.digest)
    reviewing.accept(signed, by=people.wanda, at=cast.NOON, digest=signed.digest)
    cast.publish(article)
    keeping.defer(article, until=date(2027, 12, 1), reason="A guideline is due.", by=people.stan, at=cast.NOON)
    cast.requested(cast.edited(article))
    return {model.__name__: model.objects.earliest("pk") for model in frozen_models()}


def open_review() -> Review:
    """The review that waits for its answer."""
    return Review.objects.open().get()


def open_edition() -> Edition:
    """The edition that readers see."""
    return Edition.objects.open().get()


def withdraw() -> None:
    """Take the page down."""
    publishing.withdraw(
        open_edition().article, by=cast.cast().paula, at=cast.later(hours=1), reason="It was found to be wrong."
    )
