"""Looking changes nothing: no GET writes a row, whoever looks, and whatever stands behind the question mark."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from articles.models import Edition, Published, Review
from tests.permissions.addresses import ADDRESSES
from tests.permissions.people import AT_THE_DESK, READER, VISITOR
from tests.permissions.world import browser, filled, place, public_addresses

pytestmark = pytest.mark.django_db
# Who is there, and what timed work does, is written down while people look.
PASSING = {"Presence", "Run", "Autosave"}
# Sent with POST, these do something.
PRESSED = "answer=attest&step=do&action=delete_selected&post=yes&full_hash={hash}&digest={digest}&reason=x"


def dump() -> dict[str, list[Any]]:
    """Every row of every table of ours, and of accounts and the admin's log."""
    labels = ("articles", "references", "auth", "admin")
    models = [m for label in labels for m in apps.get_app_config(label).get_models(include_auto_created=True)]
    found = {}
    for model in models:
        if model.__name__ not in PASSING:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT * FROM {model._meta.db_table} ORDER BY {model._meta.pk.column}")
                found[model.__name__] = cursor.fetchall()
    return found


@pytest.mark.parametrize("letter", AT_THE_DESK + READER + VISITOR)
def test_no_get_writes_anything(letter):
    filled()
    client = browser(letter)
    pressed = PRESSED.format(hash=Edition.objects.latest("pk").full_hash, digest=Review.objects.open().get().digest)
    addresses = [*(place(row) for row in ADDRESSES), *public_addresses()]
    before = dump()
    for address in addresses:
        assert client.get(address).status_code < 500, address
        assert client.get(address, query_params=dict(pair.split("=") for pair in pressed.split("&"))).status_code < 500
    assert dump() == before


def test_the_dump_sees_a_change():
    filled()
    before = dump()
    Published.objects.update(title="Another")
    assert dump() != before
