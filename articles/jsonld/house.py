"""Who stands behind the site, in the words of schema.org. Pure."""

from dataclasses import dataclass
from typing import Any

from articles.jsonld.sources import filled

CONTEXT = "https://schema.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The organization and its site. `url` is that of the first page, `policy` that of the editorial policy, `logo`
    that of a picture, all in full."""

    name: str
    url: str
    policy: str
    language: str = "en"
    logo: str = ""

    @property
    def site_id(self) -> str:
        return f"{self.url}#site"

    def organization(self) -> dict[str, Any]:
        """Who publishes."""
        return filled(
            {
                "@type": "Organization",
                "@id": f"{self.url}#organization",
                "name": self.name,
                "url": self.url,
                "logo": {"@type": "ImageObject", "url": self.logo} if self.logo else {},
            }
        )


def site(house: House, *, name: str, description: str) -> dict[str, Any]:
    """The site, for its first page."""
    return {
        "@context": CONTEXT,
        "@type": "WebSite",
        "@id": house.site_id,
        "url": house.url,
        "name": name,
        "description": description,
        "inLanguage": house.language,
        "isAccessibleForFree": True,
        "publisher": house.organization() | {"publishingPrinciples": house.policy},
    }


def web_page(house: House, *, url: str, name: str, description: str) -> dict[str, Any]:
    """A page of the site about itself, such as the editorial policy."""
    return filled(
        {
            "@context": CONTEXT,
            "@type": "WebPage",
            "@id": url,
            "url": url,
            "name": name,
            "description": description,
            "inLanguage": house.language,
            "isPartOf": {"@id": house.site_id},
            "publisher": house.organization(),
        }
    )
