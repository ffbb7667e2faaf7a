"""A look is written down with what follows from it, or not at all."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from references import examining, fetching
from references.looking import Hop, Look, Outcome, Page
from references.models import ChangeCounter, Examination, Source, SourceChange
from tests import cast
from tests.references import misbehaving
from tests.references.network import QUICK, leading_to, local

pytestmark = pytest.mark.django_db
URL = "https://example.org/facts"


@pytest.fixture
def facts():
    return Source.objects.create(title="Facts", url=URL)


def see(source, *, status=200, mark="0" * 16 + "-" + "0" * 8, days=0, **more):
    source = Source.objects.get(pk=source.pk)
    page = Page("Facts", words=500, fingerprint=mark)
    how = {"outcome": Outcome.ANSWERED, "final": source.address(), "status": status, "page": page, **more}
    examining.write([(source.pk, Look(source.address(), **how))], at=cast.later(days=days))
    source.refresh_from_db()
    return source


def kinds():
    return [change.kind for change in SourceChange.objects.order_by("number")]


def test_it_works(facts):
    hops = (Hop(URL, 302),)
    found = see(facts, hops=hops, final="https://example.org/new")
    row = Examination.objects.get()
    assert (found.health, found.looked_at, row.sign, row.status) == ("alive", cast.NOON, "fine", 200)
    assert json.loads(row.redirects) == [[URL, 302]]
    assert found.next_look_due == cast.later(days=30)
    assert kinds() == []


def test_a_page_that_dies_is_news_once_and_so_is_its_return(facts):
    for day in (0, 1, 3, 40):
        see(facts, status=404, days=day)
    assert see(facts, days=80).health == "alive"
    assert kinds() == ["dead", "back again"]


def test_a_host_that_is_gone_is_news(facts):
    for day in (0, 1, 3):
        see(facts, outcome=Outcome.NO_HOST, status=0, days=day)
    assert kinds() == ["retired"]


def test_a_changed_text_is_news_and_then_the_text_we_know(facts):
    for mark in ("0" * 16, "f" * 16, "f" * 16):
        found = see(facts, mark=f"{mark}-00000000")
    assert kinds() == ["text changed"]
    assert found.fingerprint == "f" * 16 + "-00000000"


def test_a_page_that_is_a_wall_or_an_apology_changes_no_text(facts):
    see(facts)
    for status in (403, 500, 404):
        see(facts, status=status, mark="f" * 16 + "-00000000")
    assert kinds() == []


def test_a_move_is_news_once(facts):
    to = {"hops": (Hop(URL, 301),), "final": "https://example.org/new/facts"}
    assert see(see(facts, **to), **to).moved_to == "https://example.org/new/facts"
    assert kinds() == ["moved"]


def test_numbers_have_no_gaps():
    sources = [Source.objects.create(title=f"No. {n}", doi=f"10.1000/{n}") for n in range(3)]
    for source in sources:
        source.title += "!"
        source.save()
    assert [change.number for change in SourceChange.objects.order_by("pk")] == [1, 2, 3]
    assert ChangeCounter.objects.get().count == 3


def test_examination_health_and_news_are_one_transaction(facts, monkeypatch):
    def fails(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(SourceChange, "log", fails)
    with pytest.raises(DatabaseError):
        see(facts)
    facts.refresh_from_db()
    assert (facts.health, Examination.objects.exists()) == ("unknown", False)


def test_a_look_at_an_address_that_was_mended_meanwhile_is_dropped(facts):
    look = Look("https://example.org/old", Outcome.ANSWERED, status=404)
    assert examining.write([(facts.pk, look)], at=cast.NOON).total() == 0
    assert not Examination.objects.exists()


def test_another_address_is_looked_at_at_once(facts):
    see(facts)
    facts.refresh_from_db()
    facts.url = "https://example.org/other"
    facts.save()
    assert (facts.next_look_due, facts.fingerprint) == (None, "")
    assert kinds() == ["record"]


def test_a_form_that_was_open_during_a_look_takes_nothing_back(facts):
    see(facts)
    facts.title = "Facts, corrected"
    facts.save()
    facts.refresh_from_db()
    assert facts.health == "alive"


def test_naming_the_newer_source_supersedes_until_it_is_taken_back(facts):
    facts.superseded_by = Source.objects.create(title="Newer facts")
    facts.save()
    assert facts.health == see(facts, status=404).health == "superseded"
    facts.superseded_by = None
    facts.save()
    assert (facts.health, kinds()) == ("unknown", ["superseded"])


def test_those_without_an_address_are_never_due():
    Source.objects.create(title="A book")
    later, first = (Source.objects.create(title="x", doi=f"10.1000/{n}") for n in range(2))
    Source.objects.filter(pk=later.pk).update(next_look_due=cast.NOON)
    assert list(Source.objects.due(cast.NOON)) == [first, later]
    assert list(Source.objects.due(cast.NOON - timedelta(seconds=1))) == [first]


# -- runs --------------------------------------------------------------------------------------------------------


def near(port):
    """Looks at our own server, whatever the host is called."""

    def looks(addresses, *, manners):
        return fetching.looks(addresses, manners=QUICK, policy=local(port), find=leading_to("127.0.0.1"))

    return looks


def sources(port, *paths):
    return [Source.objects.create(title=p, url=f"http://h{n}.example:{port}/{p}/") for n, p in enumerate(paths)]


WAYS = {
    **dict.fromkeys("slow endless well no-head pdf moved".split(), "alive"),
    **dict.fromkeys(
        "hanging loop error soft wrong-length huge-header closed missing nonsense homeward".split(), "failing"
    ),
    **dict.fromkeys("forbidden busy challenge".split(), "blocked"),
    "paid": "paywalled",
}


def test_every_way_to_misbehave_ends_in_its_state():
    with misbehaving.running() as port:
        examining.examine(sources(port, *WAYS), looks=near(port))
    assert {source.title: source.health for source in Source.objects.all()} == WAYS
    assert Examination.objects.count() == len(WAYS)


def test_an_interrupted_run_keeps_what_it_saw(monkeypatch):
    monkeypatch.setattr(examining, "AT_ONCE", 4)

    def tick(count):
        raise KeyboardInterrupt

    with misbehaving.running() as port, pytest.raises(KeyboardInterrupt):
        examining.examine(sources(port, *["well"] * 12), looks=near(port), tick=tick)
    assert Examination.objects.count() == 4
    assert Source.objects.due(cast.NOON).count() == 8


def test_a_cable_that_was_pulled_is_a_strike_against_nobody(capsys):
    async def silence(addresses, *, manners):
        for key, address in addresses.items():
            yield key, Look(address, Outcome.UNREACHABLE)

    with pytest.raises(examining.Offline):
        examining.examine(sources(80, *["well"] * 6), looks=silence)
    assert not Examination.objects.exists()


def test_the_command_says_what_it_found(monkeypatch, capsys):
    with misbehaving.running() as port:
        sources(port, "well", "well", "missing")
        monkeypatch.setattr(examining, "examine", examining.examine)
        monkeypatch.setitem(examining.examine.__kwdefaults__, "looks", near(port))
        call_command("examine_sources", "--limit", "2")
        call_command("examine_sources", "--all", verbosity=0)
    said = capsys.readouterr().out.splitlines()
    assert said == ["alive: 2", "2 sources examined.", "alive: 2", "failing: 1", "3 sources examined."]


def test_the_command_refuses_to_judge_when_offline(monkeypatch):
    def offline(*args, **kwargs):
        raise examining.Offline

    monkeypatch.setattr(examining, "examine", offline)
    with pytest.raises(CommandError, match="Is this machine online"):
        call_command("examine_sources")
    assert "offline" in examining.examine_due(at=cast.NOON)


@pytest.mark.parametrize("limit", ["0", "-3"])
def test_a_limit_of_none_is_refused_in_words(limit):
    with pytest.raises(CommandError, match="1 or more"):
        call_command("examine_sources", "--limit", limit)


def test_all_are_those_that_stand_for_themselves_and_have_an_address(monkeypatch):
    """The page of a record that was merged is that of another record."""
    keep = Source.objects.create(title="Stays", url="https://example.org/stays")
    Source.objects.create(title="Went", url="https://example.org/went", merged_into=keep)
    Source.objects.create(title="A book without an address", kind="book")
    seen = []
    monkeypatch.setattr(examining, "examine", lambda found, tick: seen.extend(found) or Counter())
    call_command("examine_sources", "--all", verbosity=0)
    assert seen == [keep]
