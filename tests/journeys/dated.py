"""What journeys about dates share: days from today as fields take them, a row by its words, somebody who signed in."""

from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Locator, Page

from articles import roles
from tests.articles.admin import desk


def ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def day(days: int) -> str:
    """As a date field takes it: so many days from today."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("row").filter(has_text=title)


def sit_down(page: Page, url: str, address: str) -> Page:
    """Stan has signed in, and is at this address of the site."""
    cookie = desk.client("stan", roles.RECORDS_STEWARD).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])
    page.goto(url + address)
    return page
