"""Where an article stands, in words, and what this person can do about it: the panel above the article form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles import publishing, roles
from articles.admin import mending
from articles.admin.desk import person
from articles.models import Article, Edition, Published, Review
from articles.refusals import Obstacle

RETURNED = (Review.Answer.CHANGES_REQUESTED, Review.Answer.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence about the article. `tone` is good, wait, act or plain; `said` is what a person wrote."""

    text: str
    tone: str = "plain"
    said: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A way to a screen. The one that comes next is `first`; one to look at beside the form stands `apart`."""

    label: str
    url: str
    first: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The rows that a panel speaks of."""

    article: Article
    edition: Edition | None
    online: bool
    same_words: bool
    same_medicine: bool  # as the latest edition
    asked: Review | None
    returned: Review | None
    signed: Review | None
    corrections: Review | None
    obstacles: tuple[Obstacle, ...]


def context(article: Article, request: HttpRequest) -> dict[str, Any]:
    """What admin/articles/article/state.html shows. The article is read afresh: a refused form has changed it."""
    fresh = Article.objects.select_related("condition").get(pk=article.pk)
    found = look_up(fresh, by=person(request), at=timezone.now())
    stands = () if found.same_words else found.obstacles
    return {
        "state": {
            "lines": list(lines(found)),
            "obstacles": mending.links(stands, fresh, request.user),
            "buttons": list(buttons(found, request.user)),
        }
    }


def look_up(article: Article, *, by: Any, at: datetime) -> Standing:
    """Read the rows. What may be published is publishing's to say."""
    words = article.content()
    edition = article.editions.select_related("closed_by", "review").order_by("-number").first()
    online = edition if edition and not edition.closed_how else None
    same_medicine = edition is not None and edition.digest == words.digest
    requests = article.reviews.select_related("reviewer__account", "requested_by", "answered_by")
    last = requests.clinical().order_by("-pk").first()
    return Standing(
        article=article,
        edition=edition,
        online=online is not None,
        same_words=online is not None and online.full_hash == words.full_hash,
        same_medicine=same_medicine,
        asked=last if last and not last.answer else None,
        returned=last if last and last.answer in RETURNED else None,
        # A signature that is too old to publish with is still the signature of what is online.
        signed=publishing.covering_review(article, words, at) or (online.review if online and same_medicine else None),
        corrections=mending.waiting_corrections(article),
        obstacles=publishing.obstacles(article, by=by, at=at),
    )


def lines(found: Standing) -> Iterator[Line]:
    """The sentences, from what readers see to what comes next."""
    yield _readers_see(found)
    if found.online and not found.same_words:
        yield _differs(found)
    if found.asked:
        names = {"name": found.asked.reviewer, "since": day(found.asked.requested_at)}
        yield Line(_("In review with %(name)s since %(since)s.") % names, "wait", found.asked.note)
    if found.returned:
        yield _came_back(found.returned)
    if found.corrections:
        names = {"name": found.corrections.reviewer}
        yield Line(_("Corrections by %(name)s wait for your acceptance.") % names, "act")
    if found.signed:
        yield _signed(found, found.signed)


def _readers_see(found: Standing) -> Line:
    edition = found.edition
    if edition is None:
        return Line(_("Draft: never published."))
    if found.online:
        names = {"number": edition.number, "since": day(edition.published_at)}
        return Line(_("Online as edition %(number)d since %(since)s.") % names, "good")
    names = {"on": day(edition.closed_at), "by": edition.closed_by}
    return Line(_("Withdrawn on %(on)s by %(by)s.") % names, "act", edition.closed_reason)


def _differs(found: Standing) -> Line:
    if found.same_medicine:
        return Line(_("Draft: differs from what readers see, outside the medical part."), "act")
    return Line(_("Draft: differs from what readers see."), "act")


def _came_back(review: Review) -> Line:
    names = {"name": review.reviewer, "on": day(review.answered_at)}
    if review.answer == Review.Answer.CHANGES_REQUESTED:
        return Line(_("%(name)s asked for changes on %(on)s.") % names, "act", review.reason)
    words = _("The request to %(name)s was closed on %(on)s: the words were changed. Ask for a new review.")
    return Line(words % names, "act")


def _signed(found: Standing, review: Review) -> Line:
    names = {"name": review.signed_name, "on": day(review.reviewed_on)}
    if found.same_words or found.obstacles:
        return Line(_("Signed by %(name)s on %(on)s.") % names, "good")
    return Line(_("Signed by %(name)s on %(on)s; ready to publish.") % names, "good")


def buttons(found: Standing, user: Any) -> Iterator[Button]:
    """What this person may do now, in the order of the work."""
    article, asked, corrections = found.article, found.asked, found.corrections
    yield Button(_("Preview what is saved"), _url("article_preview", article), apart=True)
    if asked and asked.reviewer.account_id == user.pk and roles.may(user, "attest_article"):
        yield Button(_("Read and answer"), _url("review_read", asked), first=True)
    elif asked:
        yield Button(_("See the request"), _url("review_read", asked))
    if corrections:
        can = roles.may(user, "accept_corrections") and corrections.answered_by_id != user.pk
        yield Button(_("See corrections"), _url("review_corrections", corrections), first=can)
    if roles.may(user, "request_review"):
        if asked:
            yield Button(_("Recall the request"), _url("review_recall", asked))
        else:
            needed = not found.same_words and any(one.where == "review" for one in found.obstacles)
            yield Button(_("Request review"), _url("article_request_review", article), first=needed)
    if roles.may(user, "publish_article") and not found.same_words:
        yield Button(_("Publish"), _url("article_publish", article), first=not found.obstacles)
    yield Button(_("Review dates"), _url("article_dates", article))
    if found.online:
        yield from _while_online(article, user)


def _while_online(article: Article, user: Any) -> Iterator[Button]:
    row = Published.objects.live().filter(article=article).first()
    if row:
        yield Button(_("View page"), reverse("reading:article", args=[row.slug]), apart=True)
    if roles.may(user, "withdraw_article"):
        yield Button(_("Withdraw"), _url("article_withdraw", article))


def day(moment: Any) -> str:
    """A date as words, of the site's time zone."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return date_format(local, "N j, Y")


def _url(name: str, row: Any) -> str:
    return reverse(f"admin:articles_{name}", args=[row.pk])
