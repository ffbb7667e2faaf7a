"""Every table that a public page asks for is watched, by a trigger that is there, on both engines."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import policy, profiles, triggers
from articles.models import Reviewer
from articles.outdated import installing, statements
from articles.outdated.watched import _OF_REVIEWERS, WATCHED, tables
from references.models import Source
from tests import cast
from tests.articles.reading import test_serving

pytestmark = pytest.mark.django_db
site = test_serving.site
KNOWN = {model._meta.db_table for model in tables()}


@pytest.mark.usefixtures("site")
def test_every_table_that_a_public_page_asks_for_is_watched(client):
    policy.set_policy(policy.current(), reason="As agreed.", by=cast.cast().paula, at=cast.NOON)
    Source.objects.update(notice="concern")  # else nobody asks who said so
    with CaptureQueriesContext(connection) as asked:
        for address in test_serving.PLACES:
            client.get(address)
    found = {table for query in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert found == KNOWN


def test_their_triggers_are_there():
    there = triggers.installed(connection)
    for model in tables():
        assert statements.names(connection.vendor, model) <= there
    assert statements.NUMBERING in there


def test_dropped_ones_are_gone_and_come_back():
    before = triggers.installed(connection)
    installing.drop(connection)
    assert not {name for name in triggers.installed(connection) if "_watched" in name or "readerchange" in name}
    installing.install(connection)
    assert triggers.installed(connection) == before


def test_of_reviewers_all_that_is_public_is_seen():
    public = {Reviewer._meta.get_field(name).name for name in profiles.PUBLIC}
    assert set(_OF_REVIEWERS) == public


def test_each_table_is_watched_for_each_event():
    for model, watched in tables().items():
        assert {event for one in watched for event in one.on} == {"INSERT", "UPDATE", "DELETE"} or model in PARTLY


# A new story is told nowhere: its text, which comes with it, is written down.
PARTLY = {one.model for one in WATCHED if one.model.__name__ == "PatientStory"}
