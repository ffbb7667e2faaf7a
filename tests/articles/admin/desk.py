"""A writer at the desk: open the article form, change some fields, send it."""

import time
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from lxml import html

from articles import roles
from articles.admin import again
from articles.models import Article
from tests import cast

ADD = "/admin/articles/article/add/"


def client(name: str = "wanda", role: str = roles.WRITER) -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    sit_down(browser, cast.person(name, role))
    return browser


def sit_down(browser: Client, account: User, *, minutes_ago: float = 0) -> None:
    """Sign in without the form, and prove who one is as the form would have done."""
    browser.force_login(account)
    session = browser.session
    session[again.KEY] = time.time() - 60 * minutes_ago
    session.save()


def change_url(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def opened(browser: Client, url: str) -> dict[str, Any]:
    """The values of the form as the page shows it."""
    return values(browser.get(url))


def values(response: Any) -> dict[str, Any]:
    """The values of the article form in an answer."""
    assert response.status_code == 200, response
    form = html.fromstring(response.content.decode()).get_element_by_id("article_form")
    # As browsers do, without the line break after <textarea>.
    found = {k: v.removeprefix("\n") for k, v in form.form_values() if "__prefix__" not in k}
    found["uncited"] = form.fields.get("uncited") and list(form.fields["uncited"])
    return {k: v for k, v in found.items() if v is not None and k != "csrfmiddlewaretoken"}


def errors(response: Any) -> list[str]:
    """What the form objects to, in the order of the page."""
    found = html.fromstring(response.content.decode()).xpath("//*[contains(@class, 'errorlist')]//li")
    return [" ".join(item.text_content().split()) for item in found]


def send(browser: Client, url: str, fields: dict[str, Any], **changes: Any) -> Any:
    """Send the form with some fields changed; a field that is None is left out."""
    data = {k: v for k, v in {**fields, **changes}.items() if v is not None}
    return browser.post(url, data)


def row(number: int, **fields: Any) -> dict[str, Any]:
    """Names of a section's fields."""
    return {f"sections-{number}-{name}": value for name, value in fields.items()}
