"""The sign-off screens as their people meet them. Made today, because the screens live today."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from articles import roles
from articles.models import Article, Review
from tests import cast
from tests.articles.admin import desk

ROLE = {
    "wanda": roles.WRITER,
    "edith": roles.EDITOR,
    "rosa": roles.MEDICAL_REVIEWER,
    "ravi": roles.MEDICAL_REVIEWER,
    "paula": roles.PUBLISHER,
    "peter": roles.PUBLISHER,
    "stan": roles.RECORDS_STEWARD,
    "ada": roles.ADMINISTRATOR,
}


def client(name: str) -> Client:
    """This person's browser."""
    if ROLE[name] == roles.MEDICAL_REVIEWER:
        cast.reviewer(name)
    return desk.client(name, ROLE[name])


def requested(article: Article | None = None) -> Review:
    return cast.requested(article, at=timezone.now())


def signed(article: Article | None = None) -> Review:
    return cast.signed(article, at=timezone.now())


def published(article: Article | None = None) -> Article:
    return cast.published(article, at=timezone.now()).article


def corrected() -> Review:
    """Rosa has corrected the dose through the screen, and signed."""
    review = requested()
    client("rosa").post(url("review_correct", review), correction(review, "<p>The usual dose is 4 mg.</p>"))
    return Review.objects.get(corrects=review)


def correction(review: Review, dose: str, step: str = "sign", **more: str) -> dict[str, str]:
    """The fields of the correcting form, with another text in the section on treatment."""
    words = review.words()
    fields = {"title": words.title, "summary": words.summary, "digest": review.digest, "step": step}
    fields |= {"scope": "full", "interests": "None"}
    for number, section in enumerate(words.sections):
        body = dose if section.anchor == "treatment" else section.body
        if section.kind == "medical":
            fields |= {f"section-{number}-heading": section.heading, f"section-{number}-body": body}
    return fields | more


def url(name: str, row: Any) -> str:
    return reverse(f"admin:articles_{name}", args=[row.pk])


def text(response: Any) -> str:
    """All that a page says, on one line."""
    assert response.status_code == 200, response
    page = html.fromstring(response.content.decode())
    return " ".join(page.get_element_by_id("content-start").text_content().split())


def links(response: Any, label: str) -> list[str]:
    """Where links of that name lead."""
    page = html.fromstring(response.content.decode())
    return [a.get("href") for a in page.iter("a") if " ".join(a.text_content().split()) == label]
