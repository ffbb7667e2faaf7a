"""`manage.py export_site`: what it says, and how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from articles import timed
from leukemia_site.mirror import trees
from tests import cast

pytestmark = pytest.mark.django_db


def run(*words, **options):
    out = StringIO()
    call_command("export_site", *words, stdout=out, processes=1, **options)
    return out.getvalue()


def test_it_says_what_it_did(tmp_path):
    cast.published()
    assert "groups of pages" in run(tmp_path / "mirror")
    assert "every link leads somewhere" in run(tmp_path / "mirror", verify=True)


def test_the_pages_it_asks_for_are_no_requests_in_the_log(tmp_path, caplog):
    cast.published()
    with caplog.at_level("INFO", logger="leukemia_site.observing.middleware"):
        run(tmp_path / "mirror")
        assert not caplog.records
        Client().get("/")
        assert [record.getMessage() for record in caplog.records] == ["request"]


def test_it_fails_by_name_where_something_is_wrong(tmp_path, capsys):
    run(tmp_path)
    (tmp_path / "current" / "robots.txt").write_text("")
    with pytest.raises(CommandError, match="1 problem"):
        run(tmp_path, verify=True)


def test_a_folder_of_others_is_refused(tmp_path):
    (tmp_path / "precious.txt").write_text("")
    with pytest.raises(CommandError, match=r"precious\.txt"):
        run(tmp_path)


def test_an_export_beside_another_one_leaves_it_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr(trees, "PATIENCE", 0)
    with trees.opened(tmp_path):
        assert "at work" in run(tmp_path, since=True)
        with pytest.raises(CommandError, match="Another process"):
            run(tmp_path)


def test_to_look_and_to_write_are_two_things(tmp_path):
    with pytest.raises(CommandError, match="leave --since out"):
        run(tmp_path, since=True, verify=True)


def test_a_host_that_the_site_does_not_know_is_named(tmp_path, settings):
    settings.ALLOWED_HOSTS = ["other.example.org"]
    with pytest.raises(CommandError, match="ALLOWED_HOSTS"):
        run(tmp_path)


def test_the_timed_work_keeps_the_mirror_where_there_is_one(tmp_path, settings):
    assert timed.keep_mirror(at=cast.NOON) == "no mirror is kept"
    settings.MIRROR_DIR = str(tmp_path / "mirror")
    assert timed.keep_mirror(at=cast.NOON) == "the mirror has what readers see"
    assert (tmp_path / "mirror" / "current" / "index.html").exists()
