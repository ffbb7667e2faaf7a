"""Which review dates a page, told step by step forward, as a clerk would keep a card."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from articles import lineage
from articles.dates import Attestation
from tests.articles.test_dates import lines

ROSA, PAULA, PETER = 1, 2, 3
NOON = datetime(2026, 1, 1, 20, tzinfo=UTC)


class Card:
    """A page and what a clerk writes on its card: the date of the last review, and since when words are unreviewed."""

    def __init__(self):
        self.editions, self.reviews, self.day = [], [], 0
        self.draft, self.date, self.since = "a", None, None

    @property
    def now(self):
        return NOON + timedelta(days=self.day)

    @property
    def online(self):
        last = self.editions[-1] if self.editions else None
        return last if last and not last.closed_how else None

    def slow(self):
        """The start of the latest line to the words online, found the slow way."""
        return max(lines(self.online.digest, [r.attestation() for r in self.reviews]), default=None)

    # -- steps -------------------------------------------------------------------------------------------------------

    def edit(self, letter):
        self.draft = letter

    def full(self, _letter, base="", by=ROSA):
        scope = "changes" if base else "full"
        row = Attestation(self.draft, scope, self.now.date(), base, len(self.reviews))
        review = SimpleNamespace(digest=self.draft, answered_by_id=by, answered_at=self.now, origin="request")
        review.pk, review.attestation = row.review_id, lambda: row
        self.reviews.append(review)
        if self.online and self.online.digest == self.draft and (by != self.rushed_by() or not self.since):
            found = self.slow()
            if found:
                self.date, self.since = found, None

    def changes(self, letter):
        self.full(letter, base=letter)

    def full_by_the_publisher(self, letter):
        self.full(letter, by=PAULA)

    def rushed_by(self):
        return PAULA if self.online and self.online.emergency_reason else None

    def _freeze(self, emergency=""):
        if self.online:
            self.online.closed_how = "superseded"
        edition = SimpleNamespace(digest=self.draft, emergency_reason=emergency, published_at=self.now)
        edition.published_by_id, edition.closed_how = PAULA, ""
        self.editions.append(edition)

    def publish(self, _letter):
        if lines(self.draft, [review.attestation() for review in self.reviews]):
            self._freeze()
            self.date, self.since = self.slow(), None

    def emergency(self, _letter):
        if not (self.online and self.online.digest == self.draft):
            self._freeze("A recall.")
            self.since = self.since or self.now

    def housekeeping(self, _letter):
        if self.online:
            before, self.draft = self.online, self.online.digest
            self._freeze(before.emergency_reason if self.since else "")
            self.online.published_by_id = PETER

    def withdraw(self, _letter):
        if self.online:
            self.online.closed_how, self.date, self.since = "withdrawn", None, None


STEPS = [name for name in vars(Card) if name not in {"now", "online", "slow", "rushed_by"} and name[0] != "_"]
LIVES = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from("abc")), max_size=25)


@given(LIVES)
def test_the_card_and_the_line_agree_after_every_step(life):
    card = Card()
    for name, letter in life:
        card.day += 1
        getattr(card, name)(letter)
        if card.online:
            found = lineage.line(card.editions, card.reviews)
            assert (found.review and found.review.attestation().on) == card.date
            assert found.unreviewed_since == card.since


def walk(*steps):
    card = Card()
    for step in steps:
        card.day += 1
        name, _, letter = step.partition(" ")
        getattr(card, name)(letter)
    return card, lineage.line(card.editions, card.reviews)


def test_it_looks_back_past_two_emergencies():
    card, found = walk("full", "publish", "edit b", "emergency", "edit c", "emergency")
    assert (found.review, found.unreviewed_since) == (card.reviews[0], card.editions[1].published_at)


def test_a_check_of_changes_ends_the_emergency_and_keeps_the_date():
    card, found = walk("full", "publish", "edit b", "emergency", "changes a")
    assert (found.review, found.unreviewed_since) == (card.reviews[0], None)


def test_who_published_is_no_check():
    card, found = walk("full", "publish", "edit b", "emergency", "full_by_the_publisher")
    assert (found.review, found.unreviewed_since) == (card.reviews[0], card.editions[1].published_at)


def test_changes_of_words_that_nobody_signed_whole_are_no_check():
    _card, found = walk("emergency", "changes b", "full_by_the_publisher")
    assert (found.review, bool(found.unreviewed_since)) == (None, True)


def test_housekeeping_upon_an_emergency_waits_for_the_same_check():
    _card, found = walk("edit b", "emergency", "housekeeping", "full")
    assert found.unreviewed_since is None


def test_housekeeping_by_another_frees_nobody_to_check_their_own_emergency():
    _card, found = walk("edit b", "emergency", "housekeeping", "full_by_the_publisher")
    assert found.unreviewed_since


def test_a_review_of_words_that_were_replaced_does_not_date_what_replaced_them():
    card, found = walk("full", "publish", "edit b", "emergency", "edit a", "full")
    assert found.review == card.reviews[0]


def test_no_date_is_taken_from_behind_a_withdrawal():
    card, found = walk("full", "publish", "withdraw", "edit b", "emergency")
    assert (found.review, found.unreviewed_since) == (None, card.editions[1].published_at)
