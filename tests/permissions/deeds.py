"""Role by deed: one row a deed, made so that it would succeed but for the role."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, User

from articles import (
    accounts,
    binning,
    commenting,
    drafting,
    earlier,
    handing,
    importing,
    intake,
    keeping,
    leaving,
    outbox,
    publishing,
    recording,
    redacting,
    reviewing,
    roles,
    scheduling,
    unsaved,
)
from articles.content import sha256
from articles.models import Article, Comment, Message, Redaction, Review, Reviewer, Section
from tests import cast

WRITE, DATES = "WEU", "PSU"


@dataclass(frozen=True)
class Row:
    """`allowed` are letters of people.py; `given(by)` makes what the deed needs besides `by` and `at`."""

    allowed: str
    deed: Callable[..., Any]
    given: Callable[[User], dict[str, Any]]

    @property
    def name(self) -> str:
        return f"{self.deed.__module__}.{self.deed.__name__}"

    def do(self, by: User, given: dict[str, Any]) -> None:
        at = {"at": cast.NOON} if "at" in inspect.signature(self.deed).parameters else {}
        self.deed(**given, by=by, **at)


def other_words() -> Any:
    return cast.words("Another example disease")


def imported() -> Article:
    facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="2" * 64)
    return drafting.start(cast.words(), by=cast.cast().wanda, at=cast.NOON, manuscript=facts)


def saved_by_a_form(*, new: bool) -> Article:
    """Rows that the admin has saved and nobody has accounted for yet."""
    if new:
        return Article.objects.create(title="New", slug="new", started_by=cast.cast().wanda, started_at=cast.NOON)
    article = cast.draft()
    Section.objects.filter(article=article, anchor="treatment").update(body="<p>The usual dose is 7 mg.</p>")
    return article


def asked_of(by: User, kind: str = "clinical") -> Review:
    """A request to the very person who tries, made while they held every role."""
    held = list(by.groups.all())
    by.groups.set(Group.objects.all())
    names = {"name": "Doer Example", "credentials": "MD", "role": "Chair", "institution": "Example Hospital"}
    doctor = Reviewer.objects.create(account=by, slug="doer", **names)
    review = reviewing.request(cast.draft(), reviewer=doctor, kind=kind, by=cast.cast().wanda, at=cast.NOON)
    by.groups.set(held)
    return review


def answering(by: User, kind: str = "clinical", **more: Any) -> dict[str, Any]:
    review = asked_of(by, kind)
    return {"review": review, "digest": review.digest, **more}


def correcting(by: User) -> dict[str, Any]:
    given = answering(by)
    words = given["review"].words()
    return {**given, "corrected": cast.with_body(words, "treatment", "<p>The usual dose is 4 mg.</p>")}


def corrected() -> dict[str, Any]:
    asked, rosa = cast.requested(), cast.reviewer().account
    words = cast.with_body(asked.words(), "treatment", "<p>The usual dose is 4 mg.</p>")
    review = reviewing.correct_and_attest(asked, words, by=rosa, at=cast.NOON, digest=asked.digest)
    return {"review": review, "digest": review.digest}


def elsewhere(article: Article, on: date) -> dict[str, Any]:
    return {"article": article, "reviewer": cast.reviewer("ravi"), "on": on, "evidence": "A letter of that day."}


def of_a_dose() -> dict[str, Any]:
    article = cast.draft()
    body = article.sections.get(anchor="treatment").body
    return {"article": article, "hashes": [sha256(body)], "reason": "A name."}


def asked_for() -> Redaction:
    return redacting.ask(**of_a_dose(), by=cast.cast().paula, at=cast.NOON)


def manuscript() -> Any:
    return importing.read(b"Example disease\n\nIt begins in the marrow.\n", "a.txt", "text", today=date(2026, 11, 2))


def said() -> Comment:
    return commenting.comment(cast.draft(), text="Is this so?", by=cast.cast().wanda, at=cast.NOON)


def binned() -> Article:
    return binning.bin_draft(cast.draft(), by=cast.cast().wanda, at=cast.NOON)


def changed_since() -> dict[str, Any]:
    """A page whose draft has moved on."""
    article = cast.edited(cast.published().article)
    return {"article": article, "base_revision": article.revision}


def newcomer() -> dict[str, Any]:
    account = User(username="new", email="new@example.org")
    return {"account": account, "roles": [Group.objects.get(name=roles.WRITER)], "tell": str}


def invited() -> dict[str, Any]:
    account = accounts.invite(**newcomer(), by=cast.cast().ada, at=cast.NOON)
    return {"account": account, "tell": str}


def typed(key: str) -> dict[str, Any]:
    return {"article": cast.draft(), "fields": {"title": ["Not yet"]}, "draft_key": key}


NOTE = {"change_class": "wording", "change_note": "A note for readers."}

DEEDS = [
    # Words
    Row(WRITE, drafting.start, lambda _by: {"content": other_words()}),
    Row(WRITE, drafting.revise, lambda _by: {"article": cast.draft(), "content": other_words(), "base_revision": 1}),
    Row(WRITE, drafting.settle, lambda _by: {"article": saved_by_a_form(new=True)}),
    Row(WRITE, drafting.settle, lambda _by: {"article": saved_by_a_form(new=False)}),
    Row(WRITE, drafting.confirm_headings, lambda _by: {"article": cast.draft()}),
    Row(WRITE, drafting.bring_back, lambda _by: {**(now := changed_since()), "edition": now["article"].editions.get()}),
    Row(WRITE, earlier.bring_back, lambda _by: {**changed_since(), "number": 1}),
    Row(WRITE, binning.bin_draft, lambda _by: {"article": cast.draft()}),
    Row(WRITE, binning.unbin, lambda _by: {"article": binned()}),
    Row(WRITE, unsaved.keep, lambda _by: typed("a-form")),
    Row("WEMU", unsaved.keep, lambda _by: typed(f"{unsaved.CORRECTION}1")),
    Row(WRITE, intake.draft, lambda _by: {"manuscript": manuscript()}),
    # Reviews
    Row(WRITE, reviewing.request, lambda _by: {"article": cast.draft(), "reviewer": cast.reviewer()}),
    Row(WRITE, reviewing.recall, lambda _by: {"review": cast.requested()}),
    Row("MU", reviewing.attest, answering),
    Row("MU", reviewing.decline, lambda by: answering(by, reason="Too long.")),
    Row("MU", reviewing.correct_and_attest, correcting),
    Row("EU", reviewing.attest, lambda by: answering(by, "plain")),
    Row("EU", reviewing.decline, lambda by: answering(by, "editorial", reason="Too long.")),
    Row("WEMPSAU", handing.hand_on, lambda by: {"review": asked_of(by), "reason": "Not my field."}),
    Row(
        "ESU",
        handing.reassign,
        lambda _by: {"review": cast.requested(), "to": cast.reviewer("ravi"), "reason": "Away."},
    ),
    Row("WEMU", commenting.comment, lambda _by: {"article": cast.draft(), "text": "Is this so?"}),
    Row("WEMU", commenting.answer, lambda _by: {"said": said(), "text": "It is."}),
    Row("WEMU", commenting.resolve, lambda _by: {"said": said()}),
    Row(WRITE, commenting.object_to, lambda _by: {"review": corrected()["review"], "text": "It was right."}),
    Row(WRITE, reviewing.accept, lambda _by: corrected()),
    # Readers
    Row("PU", publishing.publish, lambda _by: {"article": cast.signed().article, **NOTE}),
    Row("PU", publishing.withdraw, lambda _by: {"article": cast.published().article, "reason": "Wrong."}),
    Row("PU", publishing.publish_in_emergency, lambda _by: {"article": cast.draft(), "reason": "A recall.", **NOTE}),
    Row(
        "PU",
        scheduling.schedule,
        lambda _by: {"article": cast.signed().article, "publish_at": cast.later(days=1), **NOTE},
    ),
    Row("PU", scheduling.cancel, lambda _by: {"schedule": cast.scheduled(), "reason": ""}),
    # Dates
    Row("SU", recording.on_behalf, lambda _by: elsewhere(cast.published().article, date(2026, 11, 2))),
    Row("SU", recording.prior, lambda _by: elsewhere(imported(), date(2026, 10, 1))),
    Row(DATES, keeping.set_cadence, lambda _by: {"article": cast.draft(), "tier": "high", "months": 3}),
    Row(
        DATES,
        keeping.defer,
        lambda _by: {"article": cast.published().article, "until": date(2027, 12, 1), "reason": "A guideline is due."},
    ),
    # What must not remain, and people
    Row("PU", redacting.ask, lambda _by: of_a_dose()),
    Row("AU", redacting.confirm, lambda _by: {"redaction": asked_for()}),
    Row("AU", redacting.decline, lambda _by: {"redaction": asked_for(), "reason": "It may stay."}),
    Row("AU", accounts.invite, lambda _by: newcomer()),
    Row("AU", accounts.invite_again, lambda _by: invited()),
    Row("AU", leaving.leave, lambda _by: {"person": cast.cast().sam, "reason": "Retired."}),
    Row("AU", outbox.try_again, lambda _by: {"messages": Message.objects.all()}),
]

# Steps inside deeds, and questions: they ask nobody's permission, so neither the admin nor a command may call the
# first kind (tests/test_permissions.py).
STEPS = {
    "articles.drafting.changing.rewrite",
    "articles.asking.ask",
    "articles.asking.note_deed",
    "articles.handing.give_back",
    "articles.handing.pass_on",
    "articles.plans.close",
    "articles.plans.drop",
    "articles.settling.account",
    "articles.timeline.note",
}
QUESTIONS = {
    "articles.publishing.emergency_obstacles",
    "articles.publishing.obstacles",  # what stands in the way, for this publisher
    "articles.unsaved.discard",  # a person's own unsaved text, and whether they are there
    "articles.unsaved.enter",
    "articles.unsaved.leave",
    "articles.unsaved.of_form",
    "articles.unsaved.others",
    "articles.recording.tell",  # mail about what was recorded
    "articles.admin.state.rows.look_up",  # where an article stands, for somebody with these permissions
    "articles.admin.sheets.rehearse",  # these two call the deed of a form, row by row
    "articles.admin.sheets.do",
}
