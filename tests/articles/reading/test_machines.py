"""Small files that machines ask for by name."""

from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.utils import timezone

from tests.articles.reading.pages import read

SECURITY = "/.well-known/security.txt"


def test_robots_may_read_every_page_and_no_screen_of_the_editors(client):
    robots = RobotFileParser()
    robots.parse(read(client, "/robots.txt").splitlines())
    for address in ("/", "/a-page/", "/a-page/history/", "/feeds/updates.atom", "/static/css/site.css"):
        assert robots.can_fetch("Anybot", address)
    assert not robots.can_fetch("Anybot", "/admin/login/")
    assert robots.site_maps() == ["http://127.0.0.1:8000/sitemap.xml"]
    assert client.get("/robots.txt")["Content-Type"] == "text/plain; charset=utf-8"


def test_security_txt_says_whom_to_tell(client, settings):
    settings.SECURITY_CONTACT, settings.SITE_URL = "Safety <safety@example.org>", "https://example.org"
    fields = dict(line.split(": ", 1) for line in read(client, SECURITY).splitlines())
    assert fields["Contact"] == "mailto:safety@example.org"
    assert fields["Canonical"] == "https://example.org/.well-known/security.txt"
    assert fields["Preferred-Languages"] == "en"
    left = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) - timezone.now()
    assert timedelta(days=170) < left < timedelta(days=365)  # the standard's advice: less than a year
    assert client.get(SECURITY)["Content-Type"] == "text/plain; charset=utf-8"


def test_security_txt_names_itself_by_https_only(client, settings):
    settings.SECURITY_CONTACT = "safety@example.org"
    assert "Canonical" not in read(client, SECURITY)


@pytest.mark.parametrize("hour", [0, 8, 23])
def test_security_txt_is_the_same_all_day(client, settings, monkeypatch, hour):
    settings.SECURITY_CONTACT = "safety@example.org"
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 2, hour, 59, tzinfo=UTC))
    assert "Expires: 2027-05-01T00:00:00Z\n" in read(client, SECURITY)


def test_where_nobody_is_to_be_told_there_is_no_such_file(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get(SECURITY).status_code == 404
