"""`manage.py verify_history` says what is wrong and fails, or says that nothing is."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from articles import heads, triggers
from articles.models import Seal
from tests import cast
from tests.articles import archive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_heads(settings, tmp_path):
    settings.HEADS_FILE = tmp_path / "heads.jsonl"


def verify(**options) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("verify_history", stdout=out, stderr=err, verbosity=0, **options)
    return out.getvalue(), err.getvalue()


def rewritten() -> None:
    triggers.drop(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_review SET signed_credentials = 'PhD' WHERE answer = 'attested'")
    triggers.install(connection)


def test_an_empty_site_has_an_honest_history():
    assert "as it was written" in verify()[0]


def test_a_history_made_by_deeds_is_as_it_was_written():
    archive.fill()
    heads.keep(settings.HEADS_FILE, at=cast.NOON)
    assert "1 kept heads agree" in verify()[0]


def test_a_changed_credential_fails_the_command():
    archive.fill()
    rewritten()
    with pytest.raises(CommandError, match="History was changed: 1 problem"):
        verify()


def test_heads_kept_on_another_machine_can_be_given(tmp_path):
    archive.fill()
    elsewhere = tmp_path / "mailed.txt"
    heads.keep(elsewhere, at=cast.NOON)
    assert "1 kept heads agree" in verify(heads=elsewhere)[0]


@pytest.mark.parametrize("text", ["nonsense", '{"at": "x"}', "[1]", '{"at":"","count":"1","last":"","signature":""}'])
def test_a_file_of_something_else_is_refused_by_line(tmp_path, text):
    path = tmp_path / "heads.txt"
    path.write_text(text)
    with pytest.raises(CommandError, match="line 1 is no head"):
        verify(heads=path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match="no-such-file"):
        verify(heads=tmp_path / "no-such-file")


def test_a_head_is_kept_once_for_each_state_of_the_chain(tmp_path):
    path = tmp_path / "kept" / "heads.jsonl"
    assert heads.keep(path, at=cast.NOON) is None
    cast.published()
    assert heads.keep(path, at=cast.NOON).count == Seal.objects.count()
    assert heads.keep(path, at=cast.later(days=1)) is None
    assert len(heads.read(path)) == 1
