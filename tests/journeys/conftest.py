"""What every journey may ask for."""

import pytest
from playwright.sync_api import Page

from tests.articles.admin import signing


@pytest.fixture
def at(page: Page, live_server):
    """Sit down as somebody, at some address; returns the browser window."""

    def sit(name: str, address: str = "/admin/") -> Page:
        cookie = signing.client(name).cookies["sessionid"].value
        page.context.clear_cookies()
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
        page.goto(live_server.url + address)
        return page

    return sit
