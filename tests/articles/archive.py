"""One row of every frozen model, made by deeds."""

from datetime import date

from django.apps import apps

from articles import drafting, keeping, publishing, reviewing
from articles.models import Comment, Edition, Erasure, FrozenModel, Redaction, Review, Schedule
from articles.triggers import frozen_models
from references import examining
from references.looking import Look, Outcome
from references.models import Source
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
    asked = cast.requested(cast.edited(article))
    Comment.objects.create(article=article, review=asked, text="Is this so?", by=people.rosa, at=cast.NOON)
    Schedule.objects.create(
        article=article,
        full_hash="0" * 64,
        digest="0" * 64,
        publish_at=cast.later(days=1),
        change_class="wording",
        change_note="A note.",
        by=people.paula,
        at=cast.NOON,
    )
    redaction = Redaction.objects.create(
        article=article, hashes=["0" * 64], reason="A name.", asked_by=people.paula, asked_at=cast.NOON
    )
    Erasure.objects.create(redaction=redaction, table="nothing", row=1, content=asked.content)
    source = Source.objects.create(title="Facts", url="https://example.org/facts")
    examining.write([(source.pk, Look(source.url, Outcome.UNREACHABLE))], at=cast.NOON)
    source.refresh_from_db()
    source.title = "More facts"
    source.save()
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


def unfilled(name: str) -> FrozenModel:
    """A row whose one later change is still to come."""
    model = apps.get_model("articles", name)
    return next(row for row in model.objects.order_by("pk") if not getattr(row, model.fill_once[0]))


def filled(name: str) -> FrozenModel:
    """A row whose one later change was made."""
    by, at = cast.cast().paula, cast.later(hours=1)
    if name == "Edition":
        withdraw()
    ends = {
        "Comment": lambda row: row.resolve(by=by, at=at),
        "Redaction": lambda row: row.end("declined", by=by, at=at),
        "Revision": lambda row: row.thin(at=at),
        "Schedule": lambda row: row.end("cancelled", by=by, at=at),
    }
    if name in ends:
        ends[name](unfilled(name))
    model = apps.get_model("articles", name)
    return next(row for row in model.objects.order_by("pk") if getattr(row, model.fill_once[0]))
