"""One article, a clock and the people, for random histories: every deed, tried by anybody at any time."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from articles import denying, drafting, keeping, publishing, reaffirming, recording, reviewing, roles
from articles.models import Article, Review, Reviewer, SignOff
from articles.refusals import Refused
from tests import cast

PEOPLE = {
    "wanda": [roles.WRITER],
    "edith": [roles.EDITOR],
    "rosa": [roles.MEDICAL_REVIEWER],
    "paula": [roles.PUBLISHER],
    "stan": [roles.RECORDS_STEWARD],
    "max": list(roles.ROLES),  # holds every role at once, and must be held by the rules all the same
}
DOCTORS = ("rosa", "max", "guest")  # the guest has no account


class World:
    """One article, a clock, and the people. Each deed takes who does it and a number to choose with."""

    def __init__(self) -> None:
        self.people = {name: _account(name) for name in PEOPLE}
        self.doctors = {name: _doctor(name) for name in (*DOCTORS, "edith")}
        SignOff.objects.get_or_create(tier="high", kind="plain", defaults={"required": True})
        self.at = cast.NOON
        self.other = cast.published(cast.draft(cast.words("Another disease"))).article
        facts = drafting.ManuscriptFacts(file_name="a.txt", sha256="1" * 64)
        self.pk = drafting.start(cast.words(), by=self.people["wanda"], at=self.at, manuscript=facts).pk

    @property
    def article(self) -> Article:
        return Article.objects.get(pk=self.pk)

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def newest(self, **which) -> Review | None:
        return Review.objects.filter(**which).order_by("-pk").first()

    def doctor(self, number):
        return self.doctors[DOCTORS[number % len(DOCTORS)]]

    def changed(self, number, anchor="treatment"):
        said = f"The usual dose is {number % 4} mg." if anchor == "treatment" else f"We have {number % 4} rooms."
        return cast.with_body(self.article.content(), anchor, f"<p>{said}</p>")

    # -- deeds -------------------------------------------------------------------------------------------------------

    def edit(self, by, number, anchor="treatment"):
        words, now = self.changed(number, anchor), self.article
        if words == now.content():
            words = replace(words, title=f"{words.title} again")
        drafting.revise(now, words, by=by, at=self.at, base_revision=now.revision)

    def edit_our_program(self, by, number):
        self.edit(by, number, "our-program")

    def request(self, by, number):
        reviewing.request(self.article, reviewer=self.doctor(number), by=by, at=self.at)

    def request_language(self, by, number):
        editor, kind = self.doctors[("edith", "max")[number % 2]], ("plain", "editorial")[number % 3 == 0]
        reviewing.request(self.article, reviewer=editor, by=by, at=self.at, kind=kind)

    def _answering(self, by, **which):
        mine = {**which, "article": self.pk}
        review = self.newest(answer="", **mine) or self.newest(origin="request", **mine)
        if review is None:
            raise Refused("nothing was asked")
        return review, (review.reviewer.account or self.people["rosa"]) if by is None else by

    def attest(self, by, number):
        review, by = self._answering(by, kind="clinical")
        reviewing.attest(review, by=by, at=self.at, digest=review.digest)

    def attest_changes(self, by, number):
        review, by = self._answering(by, kind="clinical")
        reviewing.attest(review, by=by, at=self.at, digest=review.digest, scope="changes")

    def attest_language(self, by, number):
        review, by = self._answering(by, kind__in=["plain", "editorial"])
        reviewing.attest(review, by=by, at=self.at, digest=review.digest)

    def correct(self, by, number):
        review, by = self._answering(by)
        scope, words = ("full", "changes")[number % 2], self.changed(number)
        reviewing.correct_and_attest(review, words, by=by, at=self.at, digest=review.digest, scope=scope)

    def hand_on(self, by, number):
        review, by = self._answering(by)
        to = (None, self.doctor(number))[number % 4 > 0]
        reviewing.hand_on(review, by=by, at=self.at, reason="Not my field.", to=to)

    def reassign(self, by, number):
        review = self._answering(by)[0]
        other = self.doctors["max" if review.reviewer.slug == "rosa" else "rosa"]
        reviewing.reassign(review, to=other, by=by, at=self.at, reason="On leave.")

    def decline(self, by, number):
        review, by = self._answering(by)
        reviewing.decline(review, by=by, at=self.at, digest=review.digest, reason="Too long.")

    def recall(self, by, number):
        reviewing.recall(self._answering(by)[0], by=by, at=self.at)

    def accept(self, by, number):
        review = self.newest(origin="correction")
        if review is None:
            raise Refused("nothing was corrected")
        reviewing.accept(review, by=by, at=self.at, digest=review.digest)

    def publish(self, by, number):
        publishing.publish(self.article, by=by, at=self.at, change_class="wording", change_note="A note.")

    def emergency(self, by, number):
        publishing.publish_in_emergency(
            self.article, by=by, at=self.at, reason="A recall.", change_class="correction", change_note="A note."
        )

    def bring_back(self, by, number):
        editions, now = list(self.article.editions.all()), self.article
        if not editions:
            raise Refused("nothing was published")
        chosen = editions[number % len(editions)]
        drafting.bring_back(now, chosen, by=by, at=self.at, base_revision=now.revision)

    def withdraw(self, by, number):
        instead = self.other if number % 2 else None
        publishing.withdraw(self.article, by=by, at=self.at, reason="A mistake.", instead=instead)

    def on_behalf(self, by, number):
        on = self.today - timedelta(days=number % 3 - 1)
        recording.on_behalf(self.article, reviewer=self.doctor(number), on=on, evidence="A letter.", by=by, at=self.at)

    def on_behalf_changes(self, by, number):
        on, said = self.today - timedelta(days=number % 2), {"evidence": "A letter.", "scope": "changes"}
        recording.on_behalf(self.article, reviewer=self.doctor(number), on=on, **said, by=by, at=self.at)

    def reaffirm(self, by, number):
        edition = self.article.editions.order_by("-number").first()
        digest = edition.digest if edition and number % 5 else "0" * 64
        by = by or self.people[("rosa", "max")[number % 2]]
        reaffirming.reaffirm(self.article, by=by, at=self.at, digest=digest)

    def deny(self, by, number):
        review = self.newest(origin="on_behalf", article=self.pk)
        if review is None or denying.rests_on(review):
            raise Refused("nothing was recorded")
        by = by or review.reviewer.account or self.people["rosa"]
        denying.deny(review, by=by, at=self.at, reason="I was away.")

    def prior(self, by, number):
        on = timezone.localdate(cast.NOON) - timedelta(days=number)
        recording.prior(self.article, reviewer=self.doctor(number), on=on, evidence="A letter.", by=by, at=self.at)

    def cadence(self, by, number):
        tier, months = ("high", "standard", "low")[number % 3], (None, 1, 18, 37)[number % 4]
        keeping.set_cadence(self.article, tier=tier, months=months, by=by, at=self.at)

    def defer(self, by, number):
        keeping.defer(self.article, until=self.today + timedelta(days=number * 40), reason="Busy.", by=by, at=self.at)


USUAL = {
    **dict.fromkeys(("edit", "edit_our_program", "request", "request_language", "recall", "bring_back"), "wanda"),
    # Whoever was asked:
    **dict.fromkeys(("attest", "attest_changes", "attest_language", "correct", "decline", "hand_on"), None),
    **dict.fromkeys(("reaffirm", "deny"), None),
    **dict.fromkeys(("publish", "withdraw", "emergency"), "paula"),
    **dict.fromkeys(("on_behalf", "on_behalf_changes", "prior", "cadence", "defer", "reassign"), "stan"),
    "accept": "edith",
}
PRIOR = ("prior", "publish")
# What people do again and again, so that histories get somewhere; then anything, by anybody.
ROUNDS = [
    ("request", "attest", "publish"),
    ("edit", "request", "attest", "publish"),
    ("request", "correct", "accept", "publish"),
    ("request", "correct", "publish"),
    ("edit_our_program", "publish"),
    PRIOR,
    ("edit", "request", "attest_changes", "publish"),
    ("request_language", "attest_language", "request", "attest", "publish"),
    ("request", "request", "hand_on", "attest", "attest"),
    ("request", "reassign", "attest", "attest_changes"),
    ("prior", "prior", "publish", "on_behalf"),
    ("on_behalf", "on_behalf", "defer"),
    ("reaffirm", "edit_our_program", "reaffirm", "publish"),
    ("request", "reaffirm", "edit", "reaffirm"),
    ("edit", "emergency", "on_behalf_changes", "reaffirm"),
    ("on_behalf", "deny", "on_behalf"),
    ("cadence", "defer", "cadence"),
    ("request", "decline", "edit"),
    ("request", "edit_our_program", "attest", "recall"),
    ("edit", "request", "recall"),
    ("withdraw", "request", "attest", "publish"),
    ("edit", "emergency", "edit_our_program", "publish"),
    ("edit", "emergency", "request", "recall", "request", "attest", "edit_our_program", "publish", "on_behalf"),
    ("edit", "emergency", "edit", "emergency", "request", "correct", "accept", "publish"),
    ("bring_back", "publish", "request", "attest", "publish"),
]


def _account(name):
    for role in PEOPLE[name]:
        found = cast.person(name, role)
    return found


def _doctor(name):
    account = cast.person(name) if name in PEOPLE else None
    facts = {"name": name.title(), "credentials": "" if name == "edith" else "MD", "account": account}
    return Reviewer.objects.get_or_create(slug=name, defaults=facts)[0]
