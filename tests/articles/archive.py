"""One row of every frozen model, made by deeds."""

from datetime import date
from typing import Any

from articles import (
    alerting,
    answering,
    drafting,
    facts,
    keeping,
    library,
    papers,
    policy,
    publishing,
    reviewing,
    rewording,
    surveillance,
)
from articles.models import (
    Article,
    Comment,
    Edition,
    Erasure,
    FrozenModel,
    Message,
    Redaction,
    Reminder,
    Review,
    ReviewPaper,
    Schedule,
    Snooze,
)
from articles.triggers import frozen_models
from references import examining
from references.looking import Hop, Look, Outcome
from references.models import Source
from tests import cast
from tests.articles import stories
from tests.remembering import remembered

PAPER = b"%PDF-1.7 a letter"


@remembered
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
    article.refresh_from_db()
    (dose,) = answering.remarks(article, article.content(), at=cast.NOON).open
    answering.answer(article, dose, reason="ours", by=people.wanda, at=cast.NOON)
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
    _sources(article)
    rewording.reword("privacy", body="<p>We keep no list.</p>", base=0, by=people.ada, at=cast.NOON)
    stories.added()
    _dates(article, signed)
    return {model.__name__: model.objects.earliest("pk") for model in frozen_models()}


def _dates(article: Article, signed: Review) -> None:
    """What keeps dates: a policy, news from a person, a fact, a reminder, a pause, a paper."""
    people = cast.cast()
    by = {"by": people.stan, "at": cast.NOON}
    policy.set_policy(policy.current(), reason="As it was.", **by)
    alerting.raise_alert(alerting.Brought(kind="guideline", title="A new guideline"), [article], **by)
    until = {"as_of": date(2024, 1, 1), "expires": date(2027, 1, 1), "source": article.citations.get().source}
    facts.add("New cases a year", facts.Said(value="about 6,550", **until), **by)
    message = Message.objects.create(person=people.rosa, subject="Due", made_at=cast.NOON)
    told = {"person": people.rosa, "message": message, "at": cast.NOON}
    Reminder.objects.create(article=article, due=date(2027, 11, 2), rung="soon", **told)
    Snooze.objects.create(article=article, until=date(2027, 1, 1), reason="On leave.", **by)
    file, hashed = papers.REVIEWS.keep(PAPER)
    ReviewPaper.objects.create(review=signed, name="letter.pdf", file=file, hash=hashed, size=len(PAPER))


def _sources(article: Article) -> None:
    """What happens to sources: one moved and that is decided about, one is mended, two are made one."""
    people = cast.cast()
    leaned_on = article.citations.get().source
    look = Look(leaned_on.url, Outcome.ANSWERED, f"{leaned_on.url}-moved", (Hop(leaned_on.url, 301),), status=200)
    examining.write([(leaned_on.pk, look)], at=cast.later(hours=1))
    number = {
        "about": [f"change.{leaned_on.changes.get().pk}"],
        "kind": "no impact",
        "reason": "The old one leads there.",
    }
    surveillance.decide(article, **number, by=people.stan, at=cast.NOON)
    source = Source.objects.create(title="Facts", url="https://example.org/facts")
    examining.write([(source.pk, Look(source.url, Outcome.UNREACHABLE))], at=cast.NOON)
    source.refresh_from_db()
    source.title = "More facts"
    source.save()
    policy.settle()
    twins = [Source.objects.create(title=f"The same facts, record {n}") for n in (1, 2)]
    library.merge(*twins, by=people.edith, at=cast.NOON)


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


def _model(name: str) -> Any:
    return next(model for model in frozen_models() if model.__name__ == name)


def unfilled(name: str) -> FrozenModel:
    """A row whose one later change is still to come."""
    model = _model(name)
    return next(row for row in model.objects.order_by("pk") if not getattr(row, model.fill_once[0]))


def filled(name: str) -> FrozenModel:
    """A row whose one later change was made."""
    by, at = cast.cast().paula, cast.later(hours=1)
    if name == "Edition":
        withdraw()
    ends = {
        "Comment": lambda row: row.resolve(by=by, at=at),
        "Deferral": lambda row: row.end(by=by, at=at),
        "FindingAnswer": lambda row: row.withdraw(by=by, at=at),
        "Merge": lambda row: row.undo(by=by, at=at),
        "Redaction": lambda row: row.end("declined", by=by, at=at),
        "Revision": lambda row: row.thin(at=at),
        "Schedule": lambda row: row.end("cancelled", by=by, at=at),
        "StoryConsent": lambda row: row.erase(at=at),
        "StoryText": lambda row: row.erase(by=by, at=at),
    }
    if name in ends:
        ends[name](unfilled(name))
    model = _model(name)
    return next(row for row in model.objects.order_by("pk") if getattr(row, model.fill_once[0]))
