"""Every table goes into lines and comes back from them byte by byte, whatever stands in it."""

import io
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection

from articles import triggers
from articles.models import Article, Manuscript, Section
from leukemia_site.backups import rows
from tests import cast
from tests.articles import archive

pytestmark = pytest.mark.django_db
ODD = '<p onclick="x">5&nbsp;mg\u2028 10² \U0001f600 "\\ \n\r\t</p><script>1</script>'
EXACT = datetime(2026, 11, 1, 9, 30, 0, 123456, tzinfo=UTC)


def written():
    return {model: list(rows.lines(model)) for model in rows.kept()}


def reload(lines):
    triggers.drop(connection)
    rows.empty(connection, rows.kept())
    assert not User.objects.exists()
    return {model: rows.load(connection, model, io.StringIO("\n".join(lines[model]), newline="\n")) for model in lines}


def test_all_of_it_comes_back_and_is_found_equal():
    archive.fill()
    before = written()
    sums = reload(before)
    connection.check_constraints()
    assert written() == before
    assert {model: rows.read_back(model) for model in before} == sums


def test_what_passed_no_gate_comes_back_as_it_stood():
    article = cast.draft()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_section SET body = %s", [ODD])
    Article.objects.filter(pk=article.pk).update(started_at=EXACT)
    reload(written())
    assert set(Section.objects.values_list("body", flat=True)) == {ODD}
    assert Article.objects.get().started_at == EXACT


def test_json_comes_back_as_json():
    said = {"b": [1, 2.5, None, True], "a": {"ü": "x"}}
    by = cast.person("wanda")
    Manuscript.objects.create(article=cast.draft(), sha256="1", said=said, digest="2", by=by, at=EXACT)
    reload(written())
    assert Manuscript.objects.get().said == said


def test_the_next_row_gets_a_number_of_its_own():
    archive.fill()
    last = Article.objects.latest("pk").pk
    reload(written())
    rows.go_on_counting(connection, rows.kept())
    assert cast.draft(cast.words(title="Another page")).pk > last


def test_one_changed_row_is_noticed():
    cast.draft()
    before = rows.read_back(Section)
    Section.objects.filter(pk=Section.objects.first().pk).update(position=9)
    assert rows.read_back(Section) != before


def test_every_table_is_kept_but_sessions_and_what_readers_were_told():
    tables = set(connection.introspection.django_table_names(only_existing=True))
    left_out = {"django_session", "articles_readerchange", "articles_readercounter"}
    assert {model._meta.db_table for model in rows.kept()} == tables - left_out
    assert apps.get_model("articles.Article").uncited.through in rows.kept()
