"""Template tags of the admin's own templates; settings.TEMPLATES names them `desk`."""

from typing import Any

from django import template

from articles.admin import waiting

register = template.Library()


@register.simple_tag
def waiting_for(user: Any) -> list[waiting.Pile]:
    """What waits for this person."""
    return waiting.piles(user)
