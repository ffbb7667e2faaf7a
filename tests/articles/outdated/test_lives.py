"""Whatever happens: each public page that reads differently afterwards leans on something that the log names."""

import pytest
from django.test import Client

from leukemia_site.front.changes import ANY, touches
from leukemia_site.front.offer import ENVIRON, Offer
from tests.articles.outdated import logged
from tests.articles.outdated.lives import Site

pytestmark = pytest.mark.django_db
STEPS = {"sample": 40, "full": 400}
SEEDS = range(1, 9)
UNKNOWN = frozenset({ANY})  # what is not kept is asked for every time


def rendered(client, addresses):
    """By address: what is answered, and what that leans on."""
    found = {}
    for address in addresses:
        offer = Offer()
        answer = client.get(address, **{ENVIRON: offer})
        said = (answer.status_code, answer.get("Location"), answer.content)
        found[address] = said, offer.leans_on if offer.leans_on is not None else UNKNOWN
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_each_page_that_changed_leans_on_what_the_log_names(proof, seed):
    if proof == "sample" and seed > 1:
        pytest.skip("PROOF=full runs all eight")
    site, client, done = Site(seed), Client(), set()
    before, number = rendered(client, site.addresses()), logged.newest()
    for _step in range(STEPS[proof]):
        deed = site.happen()
        answer = logged.after(number)
        number, tags = answer.number, [tag for _number, tag in answer.changes]
        after = rendered(client, {*before, *site.addresses()})
        for address, (said, leans_on) in before.items():
            if after[address][0] != said:
                done.add(deed)
                assert any(touches(tag, leans_on) for tag in tags), (seed, deed, address, tags, leans_on)
        before = after
    assert len(done) > 8  # else the dice have told nothing


def test_deeds_that_readers_do_not_see_outdate_nothing():
    site = Site(3)
    with logged.silent():
        site.nothing()
        site.draft()
        site.revise()
