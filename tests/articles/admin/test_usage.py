"""Where a source is used."""

from dataclasses import replace

import pytest

from articles.admin import usage
from articles.models import cited_source
from references.models import Source
from tests import cast
from tests.articles.admin import desk

pytestmark = pytest.mark.django_db


def shown(source, **query):
    return desk.client().get(f"/admin/references/source/{source.pk}/used/", query).content.decode()


def test_it_works():
    article = cast.draft()
    (use,) = usage.of(Source.objects.get())
    assert (use.article, use.edition, use.uncited) == (article, 0, False)
    assert [(claim.heading, claim.sentence) for claim in use.draft] == [("What it is", "It begins in the marrow.")]


def test_the_draft_and_the_page_online_are_told_apart():
    article = cast.published().article
    source = Source.objects.get()
    assert next(iter(usage.of(source))).same
    body = f'<p>It begins in the bone.<cite data-source="{source.key}"></cite></p>'
    article.sections.filter(anchor="what-it-is").update(body=body)
    (use,) = usage.of(source)
    assert (use.draft[0].sentence, use.online[0].sentence) == ("It begins in the bone.", "It begins in the marrow.")
    assert "online in edition 1" in shown(source)


def test_lists_of_uncited_sources_count():
    other = Source.objects.create(title="Facts")
    cast.draft().uncited.add(other)
    assert next(iter(usage.of(other))).uncited
    assert "no sentence cites" in shown(other)


def test_unused_is_said_in_words():
    assert "No draft, no page online" in shown(Source.objects.create(title="Facts"))


def test_many_articles_take_five_queries(django_assert_max_num_queries):
    cast.draft()
    source = Source.objects.get()
    for number in range(4):
        cast.draft(replace(cast.words(f"Disease {number}"), sources=(cited_source(source, "ref-1"),)))
    with django_assert_max_num_queries(5):
        page = usage.of(source, per_page=3)
    assert (len(page), page.paginator.count) == (3, 5)


def test_a_strange_page_number_is_the_nearest_page():
    cast.draft()
    assert "1 article leans on it" in shown(Source.objects.get(), p="x")
    assert "1 article leans on it" in shown(Source.objects.get(), p="99")
