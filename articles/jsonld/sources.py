"""A source in the words of schema.org. Pure."""

from typing import Any
from urllib.parse import quote

from articles.content import CitedSource

_TYPES = {"journal": "ScholarlyArticle", "book": "Book", "report": "Report", "data": "Dataset", "web": "WebPage"}
# What a journal article, a chapter or a page is part of.
_WHOLES = {"ScholarlyArticle": "Periodical", "Chapter": "Book", "WebPage": "WebSite", "Dataset": "DataCatalog"}


def cited(source: CitedSource) -> dict[str, Any]:
    """A source as the type of schema.org that fits, with its DOI or address as its name among machines."""
    kind = _type(source)
    url = source.url if source.url.lower().startswith(("http://", "https://")) else ""
    address = f"https://doi.org/{quote(source.doi, safe='/:;()')}" if source.doi else url
    return filled(
        {
            "@type": kind,
            "@id": address,
            "url": url if url != address else "",
            "name": source.title,
            "author": _authors(source),
            "datePublished": source.published,
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else {},
            "isPartOf": {"@type": _WHOLES.get(kind, "CreativeWork"), "name": source.container}
            if source.container
            else {},
            "pagination": source.pages if kind in {"ScholarlyArticle", "Chapter"} else "",
            "bookEdition": source.edition if kind == "Book" else "",
            "identifier": f"PMID:{source.pmid}" if source.pmid else "",
        }
    )


def _type(source: CitedSource) -> str:
    if source.kind == "guideline":
        return "ScholarlyArticle" if source.container else "Report"
    return "Chapter" if source.kind == "book" and source.container else _TYPES.get(source.kind, "CreativeWork")


def _authors(source: CitedSource) -> list[dict[str, str]]:
    people = [{"@type": "Person", "name": name} for name in source.authors if name.lower().rstrip(".") != "et al"]
    organization = [{"@type": "Organization", "name": source.organization}] if source.organization else []
    return people or organization


def filled(data: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {name: value for name, value in data.items() if value}
