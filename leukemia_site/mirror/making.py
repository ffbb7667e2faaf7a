"""Makes one family and writes its files: what each process does."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone

from articles.reading import ahead
from leukemia_site import csp, styles
from leukemia_site.mirror import trees
from leukemia_site.mirror.crawling import Crawler, Plan
from leukemia_site.mirror.entries import Family
from leukemia_site.mirror.headers import POLICY, Alike
from leukemia_site.mirror.places import NOT_FOUND
from leukemia_site.mirror.refusals import Refused
from leukemia_site.mirror.visiting import Visitor
from leukemia_site.once import still

STYLE = "css/print.css"  # every page names it


class Maker:
    """Called with plans, returns the lines of their families. `headers` are those that pages have alike."""

    def __init__(self, tree: Path, headers: dict[str, dict[str, str]]) -> None:
        self.tree, self.alike = tree, Alike(headers)
        self._settled: dict[Any, Any] = {}

    @cached_property
    def _crawler(self) -> Crawler:
        return Crawler(
            ask=Visitor().get, put=self._put, redirected=redirected, site=settings.SITE_URL, alike=self.alike
        )

    def _put(self, path: str, content: bytes) -> None:
        trees.put(self.tree, path, content)

    def __call__(self, plans: Sequence[Plan]) -> list[str]:
        with still(self._settled):
            if slugs := [plan.slug for plan in plans if plan.slug]:
                ahead.look(slugs, today=timezone.localdate())
            return [self.family(plan) for plan in plans]

    def family(self, plan: Plan) -> str:
        """The line of one family."""
        return Family(name=plan.name, number=plan.number, entries=self._crawler.family(plan)).line()


def redirected(place: str) -> bytes:
    """The page that leads to another address, where nobody sends a redirect."""
    return render_to_string("mirror/moved.html", {"place": place, "address": f"{settings.SITE_URL}{place}"}).encode()


def alike() -> dict[str, dict[str, str]]:
    """What pages of each style say in their headers, by the name of the style. No query. Raises Refused."""
    visitor = Visitor()
    _require_styles(visitor)
    said = visitor.get(f"/{NOT_FOUND}").headers
    return {kind: {**said, POLICY: csp.styled(styles.sheet(kind).element)} for kind in styles.KINDS}


def _require_styles(visitor: Visitor) -> None:
    try:
        found = visitor.get(static(STYLE)).status == 200
    except ValueError:  # no manifest of collected files, or an old one
        found = False
    if not found:
        raise Refused("The style sheets are not collected. Run manage.py collectstatic, and export again.")
