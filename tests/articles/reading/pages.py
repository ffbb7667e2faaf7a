"""Pages in each state, made by the deeds, and a visitor who reads them."""

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


def read(client, address=ADDRESS, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()
