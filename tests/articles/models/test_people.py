"""What people are called."""

import pytest

from tests import cast

pytestmark = pytest.mark.django_db


def test_people_are_called_by_their_names_and_not_by_what_they_type_to_sign_in():
    wanda = cast.person("wanda")
    assert str(wanda) == "wanda"
    wanda.first_name, wanda.last_name = "Wanda", "Example"
    assert str(wanda) == "Wanda Example"
