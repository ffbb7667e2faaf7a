"""What somebody can do with an article now: what comes next first, then what there is to look at, then what is rare."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from articles import alerting, asking, roles, surveillance
from articles.admin import checklist
from articles.admin.state.rows import Standing
from articles.models import Article, Published, Review


@dataclass(frozen=True, slots=True)
class Button:
    """A way to a screen. The one that comes next is `first`; one to look at beside the form stands `apart`."""

    label: str
    url: str
    first: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways of one sort. Deeds stand as buttons; the others are quiet links after their `name`."""

    name: str
    ways: tuple[Button, ...]
    quiet: bool = True


def buttons(found: Standing, user: Any) -> list[Ways]:
    """What this person may do now. What else can be done with a request is in the list of reviews."""
    deeds = _in_the_bin(found.article, user) if found.article.binned_at else _deeds(found, user)
    sorts = (
        Ways(_("What comes next"), tuple(sorted(deeds, key=lambda one: not one.first)), quiet=False),
        Ways(_("Look at"), tuple(_looks(found))),
        Ways(_("Seldom needed"), tuple(_seldom(found, user))),
    )
    return [sort for sort in sorts if sort.ways]


def _deeds(found: Standing, user: Any) -> Iterator[Button]:
    article, corrections = found.article, found.corrections
    waits = found.schedule is not None and not found.schedule.outcome
    yield from _to_requests(found.asked, user)
    if found.news:
        can = surveillance.may_decide(user)
        words = _("Decide about the news") if can else _("See the news")
        yield Button(words, _url("article_news", article), first=can)
    if found.medicine_online and roles.may(user, "attest_article"):
        yield Button(_("Reviewed, no change"), _url("article_confirm", article))
    if corrections:
        can = roles.may(user, "accept_corrections") and corrections.answered_by_id != user.pk
        yield Button(_("See corrections"), _url("review_corrections", corrections), first=can)
    if asking.may_ask(user, online=found.medicine_online):
        blocked = any(one.where.startswith("review") for one in found.obstacles)
        needed = (blocked and not found.same_words) or found.unreviewed
        words = _("Ask another reviewer") if found.asked else _("Request review")
        yield Button(words, _url("article_request_review", article), first=needed and not found.asked)
    if roles.may(user, "publish_article") and not found.same_words:
        yield Button(_("Publish"), _url("article_publish", article), first=not (found.obstacles or waits))
        if waits:
            yield Button(_("Cancel the schedule"), _url("article_unschedule", article))


def _in_the_bin(article: Article, user: Any) -> Iterator[Button]:
    if roles.may(user, "change_article"):
        yield Button(_("Take out of the bin"), _url("article_unbin", article), first=True)


def _to_requests(asked: tuple[Review, ...], user: Any) -> Iterator[Button]:
    mine = [review for review in asked if review.reviewer.account_id == user.pk]
    for review in mine if checklist.signs(user) else ():
        yield Button(_("Read and answer"), _url("review_read", review), first=True)


def _looks(found: Standing) -> Iterator[Button]:
    article = found.article
    yield Button(_("Preview what is saved"), _url("article_preview", article), apart=True)
    row = Published.objects.live().filter(article=article).first() if found.online else None
    if row:
        yield Button(_("View page"), reverse("reading:article", args=[row.slug]), apart=True)
    if not article.binned_at:
        yield Button(_("Comments"), _url("article_comments", article))
        yield Button(_("Review dates"), _url("article_dates", article))
    yield Button(_("Earlier states"), _url("article_earlier", article))
    if found.edition:
        yield Button(_("Editions and history"), _url("article_editions", article))
    yield Button(_("Timeline"), _url("article_history", article))


def _seldom(found: Standing, user: Any) -> Iterator[Button]:
    article = found.article
    if roles.may(user, "ask_redaction"):
        yield Button(_("Redact"), _url("article_redact", article))
    if found.online and alerting.may_bring(user):
        report = reverse("admin:articles_article_report_news")
        yield Button(_("Report news about this page"), f"{report}?article={article.pk}")
    if found.online and roles.may(user, "withdraw_article"):
        yield Button(_("Withdraw"), _url("article_withdraw", article))
    if found.edition is None and not article.binned_at and roles.may(user, "change_article"):
        yield Button(_("Put in the bin"), _url("article_bin", article))


def _url(name: str, row: Any) -> str:
    return reverse(f"admin:articles_{name}", args=[row.pk])
