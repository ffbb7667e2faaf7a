"""Template tags of the admin's own templates; settings.TEMPLATES names them `desk`."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from articles import clock as clocks
from articles import leaning, timed
from articles.admin import again, due_screens, figures, waiting

register = template.Library()


@register.simple_tag
def waiting_for(user: Any) -> list[waiting.Pile]:
    """What waits for this person."""
    return waiting.piles(user)


@register.simple_tag
def due_for(user: Any) -> dict[str, Any] | None:
    """The desk of due dates, for those whose work they are before any other."""
    return due_screens.for_desk(user) if due_screens.comes_first(user) else None


@register.simple_tag
def timed_work() -> timed.Health:
    """When timed work last ran, and what is late."""
    return timed.health(at=timezone.now())


@register.filter
def clock(moment: datetime) -> str:
    """A time in words, with its zone."""
    return clocks.said(moment)


@register.inclusion_tag("admin/again.html", takes_context=True)
def prove_again(context: Any) -> dict[str, Any]:
    """The fields by which somebody proves once more who they are; none while the session is fresh."""
    request = context["request"]
    return {
        "request": request,
        "fresh": again.is_fresh(request),
        "template": again.method().template,
        "error": again.error(request),
        "minutes": settings.REAUTHENTICATION_MINUTES,
    }


@register.simple_tag
def small_picture(picture: str, size: str, alt: str = "") -> SafeString:
    """A picture of the library, small."""
    return figures.thumbnail(picture, size, alt)


@register.filter
def linked(redlined: str, keys: Collection[str]) -> SafeString:
    """A redline (safe HTML) with its citations as links to the sources on the same screen."""
    return mark_safe(leaning.linked(redlined, keys))  # noqa: S308  of a redline, which is escaped


@register.filter
def reply_to(typed: Any, number: int) -> str:
    """What was typed as an answer to that comment."""
    return str(typed.get(f"reply_{number}", ""))


@register.filter
def any_error(messages: Iterable[Any]) -> bool:
    """Whether one of the messages of this screen says that something was not done."""
    return any(message.level_tag == "error" for message in messages)
