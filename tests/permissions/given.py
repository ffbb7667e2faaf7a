"""What the deeds of the table are done to, made on the spot."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, User

from articles import (
    accounts,
    alerting,
    binning,
    commenting,
    drafting,
    importing,
    news,
    readdressing,
    recording,
    redacting,
    reviewing,
    roles,
    snoozing,
)
from articles import answering as remarking
from articles.content import sha256
from articles.models import (
    Article,
    BulkRow,
    BulkRun,
    Comment,
    Redaction,
    Review,
    Reviewer,
    SavedFilter,
    Section,
)
from references.models import Source
from tests import cast
from tests.articles import figures_kept, sources


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


def asked_by(by: User) -> dict[str, Any]:
    """A request that the very person who tries has made, while they held every role."""
    held = list(by.groups.all())
    by.groups.set(Group.objects.all())
    doctor = cast.reviewer("ravi")
    review = reviewing.request(cast.published().article, reviewer=doctor, by=by, at=cast.NOON)
    by.groups.set(held)
    return {"review": review}


def doctor_of(by: User) -> Reviewer:
    """Whoever tries is on the list of reviewers."""
    return Reviewer.objects.create(account=by, slug="doer", name="Doer Example", credentials="MD")


def read_again(by: User) -> dict[str, Any]:
    """A page online, as it is on the screen of a reviewer."""
    edition = cast.published()
    doctor_of(by)
    return {"article": edition.article, "digest": edition.digest}


def recorded_of(by: User) -> Review:
    """A review that a steward recorded in the name of whoever tries."""
    said = {"reviewer": doctor_of(by), "on": date(2026, 11, 2), "evidence": "A letter."}
    susan = cast.person("susan", roles.RECORDS_STEWARD)
    return recording.on_behalf(cast.published().article, **said, by=susan, at=cast.NOON)


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


def many(by: User, **more: Any) -> BulkRun:
    """Work on one article that this person has looked over."""
    run = BulkRun.objects.create(deed="assign", terms={"reviewer": None}, by=by, at=cast.NOON, **more)
    BulkRow.objects.create(run=run, position=1, article=cast.draft(), seen="x")
    return run


def remark() -> dict[str, Any]:
    article = cast.draft()
    (finding,) = remarking.remarks(article, article.content(), at=cast.NOON).open
    return {"article": article, "finding": finding, "reason": "common"}


def answered() -> dict[str, Any]:
    return {"answer": remarking.answer(**remark(), by=cast.cast().wanda, at=cast.NOON)}


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


def twins() -> dict[str, Source]:
    return {name: Source.objects.create(title=f"Facts ({name})") for name in ("keep", "gone")}


def about(happens: Callable[[], object], **more: Any) -> dict[str, Any]:
    """A page, and the key of what happened."""
    article = cast.published().article
    happens()
    return {"article": article, "about": [one.key for one in news.of_page(article)], **more}


def named() -> dict[str, Any]:
    """News about one page, and another."""
    first, second = (cast.published(cast.draft(cast.words(title))).article for title in ("First", "Second"))
    return {"alert": sources.alerted(first), "articles": [second]}


def moved() -> Any:
    cast.published()
    return sources.moves()


def readdressed() -> Article:
    source = moved()
    readdressing.use_new_address(source, by=cast.cast().stan, at=cast.NOON)
    return Article.objects.get()


def read_by(by: User) -> Article:
    """A page to which the very person who tries is assigned, who keeps no dates."""
    article = cast.published().article
    article.reviewer = Reviewer.objects.create(account=by, slug="doer", name="Doer Example", credentials="MD")
    article.save()
    return article


def paused() -> Article:
    article = cast.published().article
    snoozing.snooze(article, **PAUSE, by=cast.cast().stan, at=cast.NOON)
    return article


PAUSE = {"until": date(2026, 12, 1), "reason": "On leave."}


def outdated() -> dict[str, Any]:
    """A draft that prints a former value of a fact."""
    fact = figures_kept.recorded()
    article = figures_kept.draft(fact)
    figures_kept.renewed(fact)
    return {"article": article, "fact": fact}


GUIDELINE = alerting.Brought(kind="guideline", title="A new guideline")


def kept(by: User) -> SavedFilter:
    return SavedFilter.objects.create(person=by, name="Mine", query="when=overdue", at=cast.NOON)


NO_IMPACT = {"kind": "no impact", "reason": "We say nothing that rests on it."}
NOTE = {"change_class": "wording", "change_note": "A note for readers."}
