"""The feed of changes: what readers' pages began to say, with the kind of each change, newest first."""

import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from articles.reading import events
from articles.reading.serving import public, written

SHOWN = 50  # events; whoever reads more seldom than that finds the rest in each page's history
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # the standard wants a time, also of a feed in which nothing has happened
# Signs that XML has no way to write.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


class Feed(Atom1Feed):
    """Atom, with what Django's leaves out: words for the kinds, and a second link."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        for term, label in item["kinds"]:
            handler.addQuickElement("category", "", {"term": term, "label": label})
        if item["changes"]:
            handler.addQuickElement("link", "", {"rel": "related", "href": item["changes"], "title": _("What changed")})


@public
def updates(request: HttpRequest) -> HttpResponse:
    """The newest events of all pages."""
    house, here = settings.ORGANIZATION_NAME, _full(reverse("reading:updates"))
    feed = Feed(
        title=_("%(house)s: changes to our pages") % {"house": house},
        link=_full(reverse("reading:home")),
        description="",
        subtitle=_("What changed, page by page, with the kind of each change and a note for readers."),
        language=settings.LANGUAGE_CODE,
        author_name=house,
        feed_url=here,
        feed_guid=here,
    )
    for event in events.newest(SHOWN):
        _add(feed, event)
    return written(feed.writeString("utf-8"), content_type="application/atom+xml")


def _add(feed: Feed, event: events.Event) -> None:
    at = timezone.localtime(event.at)  # so that the day is the one that the page shows
    feed.add_item(
        title=_writable(f"{event.kinds[0][1]}: {event.row.title}"),
        link=_full(reverse("reading:article", args=[event.row.slug])),
        description=linebreaks(_writable(event.note), autoescape=True),
        unique_id=f"tag:{urlsplit(settings.SITE_URL).hostname},{event.at.astimezone(UTC):%Y-%m-%d}:{event.key}",
        pubdate=at,
        updateddate=at,
        kinds=event.kinds,
        changes=_full(event.changes) if event.changes else "",
    )


def _writable(text: str) -> str:
    return _UNWRITABLE.sub(" ", text)


def _full(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
