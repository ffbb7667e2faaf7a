"""Small files that machines ask for by name: where they may go, and whom to tell of a weakness."""

from datetime import UTC, datetime, time, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from articles.reading.lasting import Lasting
from articles.reading.serving import kept, public, written

SECURITY_DAYS = 180  # for how long who fetched security.txt may rely on it; its standard asks for less than a year


@public
def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt. Pages that are not to be listed say so themselves, and machines must be able to read that there."""
    sitemap = f"{settings.SITE_URL}{reverse('reading:sitemap')}"
    return written(
        f"User-agent: *\nDisallow: {reverse('admin:index')}\n\nSitemap: {sitemap}\n", content_type="text/plain"
    )


@public
def security(request: HttpRequest) -> HttpResponse:
    """security.txt as RFC 9116 wants it; not there where nobody is to be told."""
    contact = parseaddr(settings.SECURITY_CONTACT)[1]
    if not contact:
        raise Http404
    # From midnight, so that the file is the same all day.
    day = datetime.combine(timezone.now().astimezone(UTC), time(), UTC)
    lines = [f"Contact: mailto:{contact}", f"Expires: {day + timedelta(days=SECURITY_DAYS):%Y-%m-%dT%H:%M:%SZ}"]
    lines.append(f"Preferred-Languages: {settings.LANGUAGE_CODE.partition('-')[0]}")
    if settings.SITE_URL.startswith("https://"):  # the standard knows no other
        lines.append(f"Canonical: {settings.SITE_URL}{reverse('reading:security')}")
    answer = written("\n".join(lines) + "\n", content_type="text/plain")
    return kept(answer, Lasting(until=day + timedelta(days=1)))
