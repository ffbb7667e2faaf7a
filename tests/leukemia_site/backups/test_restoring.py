"""What stops a restore before anything is touched, and how pages are compared after it."""

import pytest

from articles.models import Edition, Published
from leukemia_site.backups import blank, pages, release, restoring, saving
from leukemia_site.backups.refusals import Refused
from tests import cast
from tests.leukemia_site.backups.test_archive import written

pytestmark = pytest.mark.django_db


def test_a_database_in_use_is_never_filled():
    blank.require()
    cast.draft()
    with pytest.raises(Refused, match="articles: 1"):
        blank.require()


def test_one_account_is_enough_to_be_in_use():
    cast.person("sam")
    with pytest.raises(Refused, match="users: 1"):
        blank.require()


def test_a_backup_of_other_tables_names_its_release(tmp_path):
    file = written(tmp_path / "site.tar", migrations=["articles.9999_later"])
    with pytest.raises(Refused, match=r"another release \(v7\)"):
        restoring.restore(file, as_native=False, say=print)


def test_a_database_behind_the_program_is_not_backed_up(tmp_path, monkeypatch):
    monkeypatch.setattr(release, "unapplied", lambda: ["articles.0002_more"])
    with pytest.raises(Refused, match=r"articles\.0002_more"):
        saving.save(tmp_path / "site.tar", force=False, say=print)
    assert list(tmp_path.iterdir()) == []


def test_it_never_writes_over_a_file_unasked(tmp_path):
    (tmp_path / "site.tar").write_text("precious")
    with pytest.raises(Refused, match="--force"):
        saving.save(tmp_path / "site.tar", force=False, say=print)
    assert (tmp_path / "site.tar").read_text() == "precious"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Refused, match="no folder"):
        saving.save(tmp_path / "no" / "site.tar", force=False, say=print)


def test_no_secret_leaves_a_trace_among_the_settings():
    marks = release.marks()
    assert {"ORGANIZATION_NAME", "TIME_ZONE", "SITE_URL", "REVIEW_CADENCE_MONTHS"} <= set(marks)
    assert not {"SECRET_KEY", "DATABASES", "CACHES", "EMAIL_HOST_PASSWORD"} & set(marks)


# -- pages ---------------------------------------------------------------------------------------------------------


def test_the_same_pages_are_equal_byte_by_byte():
    cast.published()
    found = pages.compare(pages.taken())
    assert (found.what, found.equal, found.differ) == ("byte by byte", 3, [])


def test_a_page_that_looks_otherwise_is_named():
    cast.published()
    before = pages.taken()
    Published.objects.update(title="Another", next_due="2026-12-24")
    assert pages.compare(before).differ == ["/", "/acute-example-disease/"]


def test_under_another_name_the_words_are_compared(settings):
    cast.published()
    before = pages.taken()
    settings.ORGANIZATION_NAME = "Another Hospital"
    found = pages.compare(before)
    assert found.what.endswith("these have changed: ORGANIZATION_NAME")
    assert (found.equal, found.differ) == (1, [])


def test_a_page_that_differs_makes_the_restore_fail_by_name():
    cast.published()
    before = pages.taken()
    before["html"]["/acute-example-disease/"] = "0" * 64
    with pytest.raises(Refused, match="/acute-example-disease/"):
        restoring.verify(before, say=print)


def test_with_another_seal_key_it_says_what_to_do(settings):
    cast.published()
    settings.SEAL_KEY = "the-key-of-another-machine"
    with pytest.raises(Refused, match="SEAL_KEY is not that of the site"):
        restoring.verify(pages.taken(), say=print)


def test_words_that_were_lost_are_noticed_under_another_name_too(settings):
    article = cast.published().article
    before = pages.taken()
    settings.ORGANIZATION_NAME = "Another Hospital"
    cast.signed(cast.edited(article))
    cast.publish(article)
    assert pages.compare(before).differ == ["/acute-example-disease/"]
    Published.objects.update(edition=Edition.objects.earliest("pk"))
    assert pages.compare(before).differ == []
