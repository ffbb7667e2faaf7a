"""Who we are and where, for templates; from the settings, so that error pages need neither request nor database."""

from django import template
from django.conf import settings

from articles import clock

register = template.Library()


@register.simple_tag
def organization() -> str:
    """The name of the organization that stands behind the site."""
    return str(settings.ORGANIZATION_NAME)


@register.simple_tag
def place() -> str:
    """The city by whose clocks our days are counted: "Los Angeles"."""
    return clock.city()


@register.simple_tag
def absolute(path: str) -> str:
    """The one full address of a path of this site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
