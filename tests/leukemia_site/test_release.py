"""Another release, template, style, setting or catalog has another name; the same one has the same."""

import shutil

import pytest

from leukemia_site import release
from leukemia_site.branding import Logo
from tests.house import ROOT

pytestmark = pytest.mark.pure  # none of these asks the database


def test_the_same_release_has_the_same_name():
    assert release.key() == release.key()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ORGANIZATION_NAME", "Another Hospital"),
        ("CONTACT_PHONE", "+1 555 010 0199"),
        ("LOGO", Logo(b"<svg/>", "image/svg+xml", 3, 1, "logo-abc.svg")),
        ("SECURE_HSTS_SECONDS", 7),
        ("ATTESTATION_DAYS", 7),
    ],
)
def test_a_setting_that_shows_changes_it(settings, name, value):
    before = release.key()
    setattr(settings, name, value)
    assert release.key() != before


def test_a_secret_a_place_or_what_is_logged_does_not(settings):
    """Who wants to see more while the database is away, and restarts, must not lose the pages."""
    before = release.key()
    settings.SECRET_KEY, settings.PAGES_MEGABYTES = "another", 1
    settings.LOG_LEVEL, settings.SLOW_QUERY_MS, settings.METRICS_TOKEN = "debug", 7, "another"
    assert release.key() == before


@pytest.mark.parametrize("file", ["templates/base.html", "static/css/site.css", "locale/de/LC_MESSAGES/django.mo"])
def test_a_file_that_shows_changes_it(settings, tmp_path, file):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    path = tmp_path / ("articles" if file.endswith(".mo") else ".") / file
    path.parent.mkdir(parents=True, exist_ok=True)
    settings.BASE_DIR = tmp_path
    before = release.key()
    with path.open("a") as written:
        written.write("x")
    assert release.key() != before
