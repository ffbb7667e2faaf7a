"""Role by deed: one row a deed, made so that it would succeed but for the role."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User

from articles import (
    accounts,
    alerting,
    binning,
    calendars,
    commenting,
    denying,
    drafting,
    earlier,
    facts,
    figures,
    filters,
    handing,
    intake,
    keeping,
    leaving,
    library,
    outbox,
    policy,
    publishing,
    readdressing,
    reaffirming,
    recording,
    redacting,
    renewing,
    reviewing,
    rewording,
    scheduling,
    snoozing,
    stories,
    surveillance,
    unsaved,
)
from articles import answering as remarking
from articles.bulk import picking, running
from articles.models import (
    Message,
)
from tests import cast
from tests.articles import figures_kept, sources
from tests.articles import stories as telling
from tests.articles.pictures import samples
from tests.permissions.given import (
    GUIDELINE,
    NO_IMPACT,
    NOTE,
    PAUSE,
    about,
    answered,
    answering,
    asked_by,
    asked_for,
    asked_of,
    binned,
    changed_since,
    corrected,
    correcting,
    elsewhere,
    imported,
    invited,
    kept,
    manuscript,
    many,
    moved,
    named,
    newcomer,
    of_a_dose,
    other_words,
    outdated,
    paused,
    read_again,
    read_by,
    readdressed,
    recorded_of,
    remark,
    said,
    saved_by_a_form,
    twins,
    typed,
)

WRITE, ASK, DATES, TELL, FACTS = "WEU", "WESU", "PSU", "WEPU", "WEPSU"


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
    Row(WRITE, remarking.answer, lambda _by: remark()),
    Row(WRITE, remarking.withdraw, lambda _by: answered()),
    Row(WRITE, figures.add, lambda _by: {"data": samples.saved(samples.drawing(120, 120)), "name": "a.png"}),
    Row(WRITE, intake.draft, lambda _by: {"manuscript": manuscript()}),
    # Reviews
    Row(WRITE, reviewing.request, lambda _by: {"article": cast.draft(), "reviewer": cast.reviewer()}),
    Row(ASK, reviewing.request, lambda _by: {"article": cast.published().article, "reviewer": cast.reviewer()}),
    Row(WRITE, reviewing.recall, lambda _by: {"review": cast.requested()}),
    Row(ASK, reviewing.recall, asked_by),
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
    Row(
        WRITE,
        reviewing.request_as,
        lambda _by: {"article": cast.draft(), "reviewer": cast.reviewer(), "asked": reviewing.Asked()},
    ),
    Row(
        ASK,
        reviewing.request_as,
        lambda _by: {"article": cast.published().article, "reviewer": cast.reviewer(), "asked": reviewing.Asked()},
    ),
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
    Row("MU", reaffirming.reaffirm, read_again),
    Row("WEMPSAU", denying.deny, lambda by: {"review": recorded_of(by), "reason": "I was away."}),
    Row("SU", recording.prior, lambda _by: elsewhere(imported(), date(2026, 10, 1))),
    Row(DATES, keeping.set_cadence, lambda _by: {"article": cast.draft(), "tier": "high", "months": 3}),
    Row(
        DATES,
        policy.set_policy,
        lambda _by: {"policy": policy.current(), "reason": "As it was."},
    ),
    Row(
        DATES,
        policy.adopt,
        lambda _by: {"draft": policy.Draft(terms=policy.current(), base=policy.number()), "reason": "As it was."},
    ),
    Row(
        DATES,
        keeping.defer,
        lambda _by: {"article": cast.published().article, "until": date(2027, 12, 1), "reason": "A guideline is due."},
    ),
    Row(DATES, snoozing.snooze, lambda _by: {"article": cast.published().article, **PAUSE}),
    Row("MPSU", snoozing.snooze, lambda by: {"article": read_by(by), **PAUSE}),
    Row(DATES, snoozing.wake, lambda _by: {"article": paused(), "reason": "Back."}),
    Row("WEMPSAU", filters.save, lambda _by: {"name": "Mine", "query": "when=overdue", "shared": False}),
    Row(DATES, filters.save, lambda _by: {"name": "Ours", "query": "when=overdue", "shared": True}),
    Row("WEMPSAU", filters.change, lambda by: {"saved": kept(by), "name": "Other", "shared": False}),
    Row(DATES, filters.change, lambda by: {"saved": kept(by), "name": "Other", "shared": True}),
    Row("WEMPSAU", filters.delete, lambda by: {"saved": kept(by)}),
    Row("WEMPSAU", calendars.make, lambda _by: {"query": ""}),
    Row(DATES, keeping.assign, lambda _by: {"article": cast.draft(), "reviewer": cast.reviewer()}),
    Row(DATES, picking.prepare, lambda _by: {"deed": "defer", "picks": [picking.Pick(cast.draft().pk)], "terms": {}}),
    Row("SU", picking.prepare, lambda _by: {"deed": "record", "picks": [picking.Pick(cast.draft().pk)], "terms": {}}),
    Row(ASK, picking.prepare, lambda _by: {"deed": "request", "picks": [picking.Pick(cast.draft().pk)], "terms": {}}),
    Row(DATES, running.confirm, lambda by: {"run": many(by), "ticked": [1], "shown": [1]}),
    Row(DATES, running.start, lambda by: {"run": many(by)}),
    Row(DATES, running.drop, lambda by: {"run": many(by)}),
    Row(DATES, running.undo, lambda by: {"run": many(by, finished_at=cast.NOON)}),
    # The library
    Row("ESU", library.merge, lambda _by: twins()),
    Row("ESU", library.undo, lambda _by: {"row": library.merge(**twins(), by=cast.cast().edith, at=cast.NOON)}),
    Row("ESU", library.tell_apart, lambda _by: {"one": (pair := twins())["keep"], "other": pair["gone"]}),
    # News
    Row("WEMPSU", alerting.raise_alert, lambda _by: {"said": GUIDELINE, "articles": [cast.published().article]}),
    Row("WEMPSU", alerting.add_pages, lambda _by: named()),
    Row("MU", surveillance.decide, lambda _by: about(sources.alerted, **NO_IMPACT)),
    Row("EMPSU", surveillance.decide, lambda _by: about(sources.reported, **NO_IMPACT)),
    Row("EMPSU", surveillance.decide, lambda _by: about(sources.expires, **NO_IMPACT)),
    Row("EPSU", surveillance.decide, lambda _by: about(sources.dies, **NO_IMPACT)),
    Row("MU", surveillance.decide, lambda _by: about(sources.retracted, **NO_IMPACT)),
    Row("EPSU", surveillance.decide, lambda _by: about(sources.retracted, kind="change", reason="")),
    Row("PU", surveillance.withdraw, lambda _by: about(sources.retracted, reason="It was retracted.")),
    Row("EPSU", readdressing.use_new_address, lambda _by: {"source": moved()}),
    Row("PU", readdressing.publish_address, lambda _by: {"article": readdressed()}),
    # Facts
    Row(FACTS, facts.add, lambda _by: {"name": "Cases", "said": figures_kept.said()}),
    Row(FACTS, facts.update, lambda _by: {"fact": figures_kept.recorded(), "said": figures_kept.said("7"), "base": 1}),
    Row(WRITE, renewing.renew, lambda _by: {**outdated(), "seen": ()}),
    Row(WRITE, renewing.renew_each, lambda _by: {"articles": [], "fact": figures_kept.recorded(), "seen": {}}),
    # Patient stories
    Row(TELL, stories.add, lambda _by: {"told": telling.told(), "agreed": telling.agreed()}),
    Row(TELL, stories.write, lambda _by: {"story": telling.added(), "told": telling.told(title="Other")}),
    Row(TELL, stories.consent, lambda _by: {"story": telling.added(), "agreed": telling.agreed()}),
    Row(TELL, stories.withdraw, lambda _by: {"story": telling.added(), "reason": "She asked for it."}),
    # What must not remain, and people
    Row("PU", redacting.ask, lambda _by: of_a_dose()),
    Row("PAU", rewording.reword, lambda _by: {"page": "privacy", "body": "<p>We keep no list.</p>", "base": 0}),
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
    "articles.asking.row",
    "articles.bulk.chunks.load",
    "articles.handing.give_back",
    "articles.handing.pass_on",
    "articles.plans.close",
    "articles.plans.drop",
    "articles.settling.account",
    "articles.surveillance.record",
    "articles.timeline.note",
    "articles.vouching.row",
    "references.merging.merge",
    "references.merging.undo",
}
QUESTIONS = {
    "articles.publishing.emergency_obstacles",
    "articles.vouching.check",  # whether a review can be recorded, and by whom
    "articles.vouching.check_standing",
    "articles.policy.check",  # whether it can be one, and by whom
    "articles.publishing.obstacles",  # what stands in the way, for this publisher
    "articles.calendars.revoke",  # a person's own address
    "articles.unsaved.discard",  # a person's own unsaved text, and whether they are there
    "articles.unsaved.enter",
    "articles.unsaved.leave",
    "articles.unsaved.of_form",
    "articles.unsaved.others",
    "articles.renewing.whom",  # who would be asked
    "articles.recording.tell",  # mail about what was recorded
    "articles.keeping.tell_assigned",  # and about what was assigned
    "articles.admin.state.rows.look_up",  # where an article stands, for somebody with these permissions
}
