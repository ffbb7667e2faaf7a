"""Where an export begins: the addresses from which a reader can reach all others."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from articles import profiles
from articles.handouts import extra
from articles.handouts.sheet import VARIANTS
from articles.models import Published, Review
from articles.reading.orders import ORDERS
from articles.sitepages import Page
from leukemia_site import leading
from leukemia_site.front.changes import Change
from leukemia_site.mirror.crawling import Plan
from leukemia_site.mirror.entries import BRAND, FIGURES, STATIC
from leukemia_site.mirror.places import NOT_FOUND

HOME, SITE, SHARED = "home", "site", "assets"
_OWN = ("editorial-policy", "reviewers", "robots", "security", "sitemap", "updates")


def plans() -> Iterator[Plan]:
    """Every family but that of what pages load. Two queries."""
    yield from _site()
    for slug, edition, withdrawn in Published.objects.order_by("slug").values_list("slug", "edition", "withdrawn_on"):
        root, *below = (_address(name, slug) for name in ("reading:article", "reading:history"))
        if edition and extra.there():
            # Before the page, which says whether they are made, and how large they are.
            below = [*(reverse("reading:handout", args=[slug, variant]) for variant in VARIANTS), *below]
        if withdrawn:
            below += [reverse("reading:reference-list", args=[slug, order] if order else [slug]) for order in ORDERS]
        yield Plan(name=root, slug=slug, seeds=(*below, root) if edition else (root, *below), prefixes=(root,))
    for slug in profiles.with_page().order_by("slug").values_list("slug", flat=True):
        root = reverse("reading:reviewer", args=[slug])
        yield Plan(name=root, seeds=(root,), prefixes=(root,), leans_on=(f"reviewer:{slug}",))


def _address(name: str, slug: str) -> str:
    return leading.to(name, [slug]) or reverse(name, args=[slug])


def _site() -> Iterator[Plan]:
    yield Plan(name=HOME, seeds=(reverse("reading:home"),))  # by itself, because it is long
    own = [reverse(f"reading:{name}") for name in _OWN]
    pages = [reverse("reading:site-page", args=[key]) for key in Page.values]
    yield Plan(name=SITE, seeds=(*own, *pages, f"/{NOT_FOUND}"), prefixes=("/sitemap-",))


def signed(changes: Iterable[Change]) -> set[str]:
    """The families of reviewers whose own pages follow from reviews of changed pages. One query, none without pages.

    What a page of a reviewer shows of others follows from reviews that they signed, and those stay where they are.
    """
    slugs = {tag.removeprefix("page:") for _number, tag in changes if tag.startswith("page:")}
    if not slugs:
        return set()
    found = Review.objects.filter(article__addresses__in=slugs).order_by().values_list("reviewer__slug", flat=True)
    return {reverse("reading:reviewer", args=[slug]) for slug in found.distinct()}


def assets(named: Iterable[str]) -> dict[str, set[str]]:
    """What pages load, in families: many pictures can be asked for by many hands."""
    found: dict[str, set[str]] = {}
    for address in named:
        shelf = address.removeprefix(FIGURES)[:2] if address.startswith(FIGURES) else "style"
        found.setdefault(f"{SHARED}/{shelf}", set()).add(address)
    return found


def is_shared(name: str) -> bool:
    """Whether a family is one of these."""
    return name.startswith(f"{SHARED}/")


def shared(name: str, named: set[str]) -> Plan:
    """One of these families; what style sheets load belongs to it, too."""
    return Plan(name=name, seeds=tuple(sorted(named)), prefixes=(STATIC, BRAND))
