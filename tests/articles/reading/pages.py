"""Pages in each state, made by the deeds, and a visitor who reads them."""

import re

from articles import drafting, publishing, roles
from tests import cast

ADDRESS = "/acute-example-disease/"


def wanda():
    return cast.person("wanda", roles.WRITER)


def demo():
    """A published demonstration."""
    return cast.published(drafting.start(cast.words("Demo disease"), by=wanda(), at=cast.NOON, is_demo=True))


def withdraw(article, reason="The treatment is no longer used."):
    paula = cast.person("paula", roles.PUBLISHER)
    publishing.withdraw(article, by=paula, at=cast.later(days=1), reason=reason)


def move(article, slug="new-address"):
    """Somebody changes the address of a published article in the admin."""
    article.refresh_from_db()
    article.slug = slug
    article.save()
    drafting.settle(article, by=wanda(), at=cast.later(days=1))


# One script of ours, one style; one block of data, in which no sign can begin a tag; titles in quotes that they can not
# end.
_OURS = re.compile(
    r'<script src="/static/articles/references[^"]*\.js" defer></script>'
    r'|<script type="application/ld\+json">[^<>]*</script>'
    r'|<meta property="og:[^"]*" content="[^"<>]*">'
    r"|<style>[^<]*</style>"
)


def without_ours(shown):
    """A page without the scripts and the style that we put there."""
    return _OURS.sub("", shown)


def read(client, address=ADDRESS, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()
