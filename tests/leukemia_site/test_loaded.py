"""What is loaded once stays, and garbage is looked for again afterwards."""

import gc

import pytest

from leukemia_site import loaded


@pytest.fixture(autouse=True)
def thawed():
    yield
    gc.unfreeze()
    gc.enable()


def test_garbage_is_looked_for_again_when_it_is_loaded():
    with loaded.once():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count()


def test_and_when_it_can_not_be():
    with pytest.raises(ZeroDivisionError), loaded.once():
        _never = 1 / 0
    assert gc.isenabled()
