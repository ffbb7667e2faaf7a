"""One download holds everything that is kept about an article, and anybody can compute it again."""

import io
import json
import zipfile

import pytest
from django.db.models import Q
from django.urls import reverse

from articles import evidence
from articles.content import digest_of
from articles.models import Article, Chain, Seal, TimelineEntry
from tests import cast
from tests.articles import archive

pytestmark = pytest.mark.django_db


@pytest.fixture
def pack():
    archive.fill()
    return evidence.pack(Article.objects.get(), at=cast.NOON)


def test_every_table_of_history_is_in_it(pack):
    assert all(pack[name] for name in evidence.TABLES)
    json.dumps(pack)


def test_names_and_credentials_stand_in_it(pack):
    [signed] = [review for review in pack["reviews"] if review["answer"] == "attested"]
    assert (signed["signed_name"], signed["signed_credentials"]) == ("Rosa Example", "MD")
    assert signed["answered_by"] == "rosa"
    assert signed["reviewer"] == "Rosa Example, MD"


def test_digests_can_be_computed_again(pack):
    for row in (*pack["editions"], *pack["reviews"], *pack["revisions"]):
        assert digest_of(row["content"]) == row["digest"]


def test_sources_and_seals_are_in_it(pack):
    assert [source["title"] for source in pack["sources"]] == ["What is example disease?"]
    # Stories and consents belong to no article, and to nobody who downloads one; nor do policies and facts.
    others = Q(table__startswith="story") | Q(table__in=["reviewpolicy", "policyterm", "factvalue"])
    policy_set = TimelineEntry.objects.filter(article=None)
    rows = Seal.objects.exclude(others).exclude(table="timelineentry", row__in=policy_set.values("pk"))
    assert len(pack["seals"]) == rows.count()
    assert pack["head_of_chain"]["count"] == Chain.objects.get().count


def test_the_news_that_was_decided_about_is_in_it(pack):
    [decision], [change] = pack["decisions"], pack["source_changes"]
    assert (decision["change_id"], change["kind"]) == (change["id"], "moved")
    assert change["after"].endswith("-moved")


def test_reviewers_are_in_it_with_how_long_their_credentials_are_valid(pack):
    [rosa] = pack["reviewers"]
    assert (rosa["name"], rosa["credentials"], rosa["credentials_until"]) == ("Rosa Example", "MD", None)


def test_another_article_is_not(pack):
    other = cast.published(cast.draft(cast.words("Another disease"))).article
    own = evidence.pack(other, at=cast.NOON)
    assert {edition["article_id"] for edition in own["editions"]} == {other.pk}
    assert len(own["seals"]) < Seal.objects.count()


def test_it_comes_as_one_file_to_read_and_to_compute_with(client):
    archive.fill()
    client.force_login(cast.cast().stan)
    response = client.get(reverse("admin:articles_article_evidence", args=[Article.objects.get().pk]))
    assert "attachment" in response["Content-Disposition"]
    files = zipfile.ZipFile(io.BytesIO(response.content))
    readable, computable, paper = sorted(files.namelist())
    assert "/papers/" in paper
    told = files.read(readable).decode()
    kept = ("Rosa Example", "Corrections accepted by wanda", "Clinical: The whole page", "Is this so?", "A name.")
    assert [words for words in kept if words not in told] == []
    assert told.count("Example Society. What is example disease?") == 1  # as published, beside as it is now
    assert json.loads(files.read(computable))["format"] == 1
