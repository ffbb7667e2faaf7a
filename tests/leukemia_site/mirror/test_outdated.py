"""What must be made anew: what a change touches, and what its time is over for."""

import pytest

from leukemia_site.mirror.outdated import Since

pytestmark = pytest.mark.pure
SINCE = Since(((5, "page:a"), (7, "source:s")), now=100.0)


def outdated(leans_on, *, number=4, until=None):
    return SINCE.outdates(leans_on, until, number=number)


@pytest.mark.parametrize("leans_on", [["page:a"], ["page:b", "source:s"], ["*"], None])
def test_a_change_outdates_what_leans_on_it(leans_on):
    assert outdated(leans_on)


def test_other_changes_leave_it_alone():
    assert not outdated(["page:b"])


def test_what_was_made_after_a_change_knows_of_it():
    assert not outdated(["page:a"], number=5)
    assert outdated(["source:s"], number=6)


def test_a_change_of_everything_outdates_everything():
    assert Since(((5, "*"),), now=0).outdates(["page:b"], None, number=4)


@pytest.mark.parametrize(("until", "over"), [(99.0, True), (100.0, True), (100.5, False), (None, False)])
def test_its_time_is_over(until, over):
    assert outdated(["page:b"], until=until) == over


def test_nothing_has_changed():
    assert not Since((), now=0).outdates(["*"], None, number=0)
