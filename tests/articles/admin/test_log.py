"""The log of the site and of an article, and what can be taken away from it."""

import csv
import io
import json

import pytest
from django.urls import reverse

from articles.admin.log import harmless
from articles.models import TimelineEntry
from tests import cast
from tests.articles import archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(client):
    archive.fill()
    client.force_login(cast.cast().stan)

    def get(name, **query):
        response = client.get(reverse(f"admin:articles_timelineentry_{name}"), query)
        return b"".join(response.streaming_content).decode()

    return get


def test_the_whole_log_as_csv(sent):
    rows = list(csv.DictReader(io.StringIO(sent("csv"))))
    assert len(rows) == TimelineEntry.objects.count()
    assert {row["by"] for row in rows} >= {"wanda", "rosa", "paula"}


def test_what_is_filtered_is_what_is_exported(sent):
    [entry] = json.loads(sent("json", what__exact="published"))
    assert (entry["by"], entry["what"], entry["article"]) == ("paula", "published", "acute-example-disease")
    assert json.loads(sent("json", q="nothing like it")) == []


def test_the_list_says_from_which_words_to_which(client, sent):
    entry = TimelineEntry.objects.filter(what="corrected").get()
    shown = client.get(reverse("admin:articles_timelineentry_changelist")).content.decode()
    assert f"{entry.digest_before[:8]} → {entry.digest_after[:8]}" in shown


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1"])
def test_a_spreadsheet_computes_nothing(text):
    assert harmless(text) == f"'{text}"
    assert harmless("5 mg = a dose") == "5 mg = a dose"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\uff1d", "\uff0b"])
def test_nor_one_that_parts_cells_at_other_signs(sign):
    """Where people write 1,5 a comma is no border, and a semicolon in a title is one."""
    for border in (";", "; ", "\t", "\n", ';"', '\t ""'):
        assert harmless(f"Anemia{border}{sign}1") == f"Anemia{border}'{sign}1"
    assert harmless(f"{sign}1;{sign}2") == f"'{sign}1;'{sign}2"
    assert harmless("one; two - three") == "one; two - three"


@pytest.mark.parametrize("name", ["csv", "json"])
def test_the_log_is_for_staff_with_a_role(client, name):
    client.force_login(cast.person("sam"))
    assert client.get(reverse(f"admin:articles_timelineentry_{name}")).status_code == 302
    nobody = cast.person("nora")
    type(nobody).objects.filter(pk=nobody.pk).update(is_staff=True)
    client.force_login(nobody)
    assert client.get(reverse(f"admin:articles_timelineentry_{name}")).status_code == 403


@pytest.mark.parametrize("name", ["csv", "json"])
def test_a_filter_that_is_not_there_is_said_to_be_wrong(client, name):
    client.force_login(cast.cast().stan)
    assert client.get(reverse(f"admin:articles_timelineentry_{name}"), {"no_such_column": "1"}).status_code == 400


def test_an_article_has_its_timeline_by_pages(client, django_assert_max_num_queries):
    article = cast.published().article
    TimelineEntry.objects.bulk_create(
        TimelineEntry(article=article, what="revised", by=cast.cast().wanda, at=cast.NOON, detail=f"Entry {n}.")
        for n in range(60)
    )
    client.force_login(cast.cast().wanda)
    place = reverse("admin:articles_article_history", args=[article.pk])
    with django_assert_max_num_queries(10):
        first = client.get(place).content.decode()
    assert "Entry 59." in first
    assert "Page 1 of 2" in first
    assert "published" in client.get(place, {"page": 2}).content.decode()
