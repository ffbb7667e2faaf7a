"""Every row of the tables in docs/source-health.md, and the paths between the states."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from references import health
from references.health import Sign, Standing, State
from references.looking import Hop, Look, Outcome, Page
from references.signs import moved_to, sign
from tests.house import ROOT

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
TEXT = (ROOT / "docs/source-health.md").read_text(encoding="utf-8")
URL = "https://example.org/leukemia"
LONG = Page("Leukemia", "Leukemia", "Leukemia is a cancer of the blood.", 900)


def rows(heading):
    lines = TEXT.partition(heading)[2].partition("|---")[2].splitlines()[1:]
    table = lines[: next(n for n, line in enumerate(lines) if not line.startswith("|"))]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in table]


def answered(status=200, page=LONG, **more):
    return Look(URL, Outcome.ANSWERED, final=URL, status=status, page=page, **more)


def to(final, status=302, asked=URL, **more):
    return replace(answered(**more), asked=asked, final=final, hops=(Hop(asked, status),))


def titled(title, words=40, opening=""):
    return Page(title, "", opening, words)


BEHIND = {"final": "https://example.net/x", "hops": (Hop(URL, 302),)}
TROUBLES = [o for o in Outcome if o not in {Outcome.ANSWERED, Outcome.REFUSED, Outcome.NO_HOST}]
# For each row of the first table, looks that it speaks of.
LOOKS = {
    "refused by us at": [Look("file:///etc/passwd", Outcome.REFUSED)],
    "refused by us behind": [Look(URL, Outcome.REFUSED, **BEHIND)],
    "the DNS knows no such host": [Look(URL, Outcome.NO_HOST, final=URL)],
    "the DNS knows no such host, behind": [Look(URL, Outcome.NO_HOST, **BEHIND)],
    "no connection": [Look(URL, outcome) for outcome in TROUBLES],
    "status 401": [answered(status) for status in (401, 403, 407, 429, 451)],
    "a page or a header": [
        answered(503, titled("Just a moment...")),
        answered(200, titled("", opening="Please verify you are human to go on.")),
        answered(202, LONG, challenged=True),
        answered(404, titled("Attention Required! | Cloudflare")),
    ],
    "status 402": [answered(402)],
    "status 404": [answered(404), answered(410)],
    "another status": [answered(status) for status in (400, 405, 418, 500, 502, 503, 504, 304)],
    "2xx, and title": [
        answered(200, titled("Page not found | Example", words=2000)),
        answered(200, titled("404")),
        answered(200, titled("Error 404 - Example")),
        answered(200, titled("Example", opening="Sorry, we couldn’t find that page.")),
        answered(200, titled("Example", opening="The page you requested has been moved or deleted.")),
        answered(200, Page("Example", "This page could not be found", "", 900)),
    ],
    "2xx, and a redirect": [to("https://example.org/"), to("https://www.example.net/index.html"), to("https://a.org/en/")],
    "2xx, and it asks": [
        answered(200, replace(LONG, free=False)),
        answered(200, replace(LONG, opening="This is a preview of subscription content.")),
        to("https://example.org/account/login?next=x"),
    ],
    "2xx": [
        answered(),
        to("https://example.org/leukemia/new"),
        to("https://example.org/", asked="https://example.org"),
        to("https://example.org/?id=7", asked="https://example.org/show?id=7"),
        answered(200, replace(LONG, opening="Many a doctor says: the page you requested is not here.")),
        answered(200, Page("Primary tumor not found: what now?", "", "", 900)),
        answered(204, Page()),
    ],
}  # fmt: skip


def looks_of(words):
    best = max((key for key in LOOKS if words.startswith(key)), key=len)
    return LOOKS[best]


@pytest.mark.parametrize(("words", "wanted"), rows("## What one look says"))
def test_each_look_says_what_the_table_says(words, wanted):
    assert {sign(look) for look in looks_of(words)} == {wanted}


def test_every_row_has_its_looks():
    assert len(rows("## What one look says")) == len(LOOKS)


@pytest.mark.parametrize(("before", "look", "and_", "wanted"), rows("## States"))
def test_each_state_follows_as_the_table_says(before, look, and_, wanted):
    strikes, struck_at = 0, None
    if and_.startswith("3 strikes"):
        strikes, struck_at = 2, NOON - (timedelta(days=3) if "over" in and_ else timedelta(days=2, hours=23))
    fixed = {State.RETRACTED, State.SUPERSEDED}
    for state in [State(before)] if before != "any" else set(State) - fixed:
        found = health.after(Standing(state, NOON, strikes, struck_at), Sign(look), at=NOON)
        assert found.state == (state if wanted == "as before" else wanted)


def run(*steps):
    """How it stands after looks: (day, sign)."""
    standing = Standing()
    for day, one in steps:
        standing = health.after(standing, one, at=NOON + timedelta(days=day))
    return standing


def test_three_strikes_in_an_hour_kill_nobody():
    assert run(*((n / 100, Sign.GONE) for n in range(50))).state == State.FAILING


def test_two_strikes_kill_nobody_however_long():
    assert run((0, Sign.GONE), (300, Sign.GONE)).state == State.FAILING


def test_a_good_look_takes_all_strikes_away():
    assert run((0, Sign.GONE), (1, Sign.GONE), (2, Sign.FINE), (3, Sign.GONE), (5, Sign.GONE)).strikes == 2


def test_a_wall_between_two_strikes_takes_none_away():
    assert run((0, Sign.GONE), (1, Sign.GONE), (2, Sign.WALL), (3, Sign.GONE)).state == State.DEAD


def test_the_dead_come_back_with_one_good_look():
    dead = run((0, Sign.GONE), (1, Sign.GONE), (3, Sign.GONE))
    again = health.after(dead, Sign.FINE, at=NOON + timedelta(days=33))
    assert (dead.state, again.state, again.strikes) == (State.DEAD, State.ALIVE, 0)


def test_since_is_the_day_on_which_the_state_began():
    standing = run((0, Sign.FINE), (30, Sign.FINE), (60, Sign.WALL), (90, Sign.WALL))
    assert standing.since == NOON + timedelta(days=60)


def test_a_host_that_comes_back_without_the_page_is_dead_not_retired():
    retired = run((0, Sign.NO_HOST), (1, Sign.NO_HOST), (3, Sign.NO_HOST))
    assert retired.state == State.RETIRED
    assert health.after(retired, Sign.GONE, at=NOON + timedelta(days=93)).state == State.DEAD


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_name_and_a_next_look(state):
    assert health.NAMES[state]
    assert health.next_look(state, at=NOON) > NOON
    assert re.search(rf"^\| {state} \|", TEXT.partition("| state | means |")[2], re.MULTILINE)


def test_who_asks_us_to_stay_away_is_heard_within_reason():
    assert health.next_look(State.FAILING, at=NOON, retry_after=7 * 86400) == NOON + timedelta(days=7)
    assert health.next_look(State.FAILING, at=NOON, retry_after=10**9) == NOON + timedelta(days=60)


@pytest.mark.parametrize(
    ("look", "wanted"),
    [
        (to("https://example.org/new", 301), "https://example.org/new"),
        (to("https://example.org/new", 308), "https://example.org/new"),
        (to("https://example.org/new", 302), ""),
        (to("https://www.example.org/leukemia/", 301), ""),
        (to(URL, 301, asked="http://example.org/leukemia"), ""),
        (answered(), ""),
    ],
)
def test_only_a_permanent_redirect_to_another_page_is_a_move(look, wanted):
    assert moved_to(look) == wanted
