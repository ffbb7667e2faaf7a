"""A reviewer in the words of schema.org. Pure."""

import re
from typing import Any, Protocol

from articles.jsonld.house import CONTEXT, House
from articles.jsonld.sources import filled
from articles.page import Signature


class Known(Protocol):
    """What a reviewer's own page shows of them today. `post` is role, department and institution."""

    @property
    def name(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def credentials(self) -> str: ...
    @property
    def post(self) -> str: ...
    @property
    def orcid(self) -> str: ...
    @property
    def npi(self) -> str: ...
    @property
    def web_profile(self) -> str: ...


def person(signature: Signature, house: House) -> dict[str, Any]:
    """A reviewer as signed, by the address of their own page where there is one."""
    url = f"{house.url}reviewers/{signature.slug}/" if signature.slug else ""
    employer: dict[str, Any] = {"@type": "Organization", "name": signature.institution}
    if signature.department:
        employer["department"] = {"@type": "Organization", "name": signature.department}
    return filled(
        {
            "@type": "Person",
            "@id": url,
            "url": url,
            "name": signature.name,
            "honorificSuffix": signature.credentials,
            "jobTitle": signature.role,
            "affiliation": employer if signature.institution else {},
            "hasCredential": [
                {"@type": "EducationalOccupationalCredential", "name": name}
                for name in _credentials(signature.credentials)
            ],
        }
    )


def profile(someone: Known, house: House) -> dict[str, Any]:
    """A reviewer's own page, as they are today."""
    here = Signature(name=someone.name, credentials=someone.credentials, role=someone.post, slug=someone.slug)
    orcid = f"https://orcid.org/{someone.orcid}" if someone.orcid else ""
    npi = {"@type": "PropertyValue", "propertyID": "NPI", "value": someone.npi} if someone.npi else {}
    known = {"sameAs": list(filter(None, (orcid, someone.web_profile))), "identifier": npi}
    described = person(here, house) | filled(known)
    page = {"@context": CONTEXT, "@type": "ProfilePage", "@id": f"{described['url']}#page", "url": described["url"]}
    about = {"name": someone.name, "inLanguage": house.language, "isPartOf": {"@id": house.site_id}}
    return page | about | {"mainEntity": described}


def _credentials(printed: str) -> list[str]:
    """Each of "MD, FRCP (Edinburgh, UK)", which has two."""
    return [name.strip() for name in re.split(r",(?![^(]*\))", printed) if name.strip()]
