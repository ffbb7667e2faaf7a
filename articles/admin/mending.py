"""Where each obstacle is mended: the link beside the plain words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles import asking, roles
from articles.models import Article, Review
from articles.refusals import Obstacle
from references.models import Source

_FIELDS = {"missing_title": "id_title", "missing_summary": "id_summary", "no_medical_section": "sections-group"}


@dataclass(frozen=True, slots=True)
class Mending:
    """An obstacle in plain words, and the link to where it is mended ("" where the reader can not mend it)."""

    message: str
    link: SafeString | str = ""


def links(obstacles: Iterable[Obstacle], article: Article, user: Any) -> list[Mending]:
    """Each obstacle with its link, for somebody with these permissions."""
    found = list(obstacles)
    places = _sections(article) if found else {}
    return [Mending(one.message, _link(one, article, user, places)) for one in found]


def section_links(article: Article, anchors: Iterable[str]) -> dict[str, SafeString]:
    """Links to the sections in the article's form, by anchor; none for a section that is not there."""
    wanted, form = set(anchors), reverse("admin:articles_article_change", args=[article.pk])
    places = _sections(article) if wanted - {""} else {}
    words = _("Go to the section")
    return {one: _anchor(f"{form}#sections-{places[one][0]}", words) for one in wanted if one in places}


def _link(one: Obstacle, article: Article, user: Any, places: dict[str, tuple[int, str]]) -> SafeString | str:
    if one.where.partition("/")[0] == "review":
        return _to_review(one, article, user)
    if one.where == "corrections":
        return _to_corrections(article)
    if one.where.startswith("source/"):
        return _to_source(one.where.partition("/")[2])
    form = reverse("admin:articles_article_change", args=[article.pk])
    if one.where == "words" and roles.may(user, "change_article"):
        return _anchor(form, _("Go to the form"))
    if one.where in places:
        number, heading = places[one.where]
        words = _("Go to the section “%(heading)s”") % {"heading": heading} if heading else _("Go to the section")
        return _anchor(f"{form}{_remark(one)}#sections-{number}", words)
    if one.code in _FIELDS:
        return _anchor(f"{form}#{_FIELDS[one.code]}", _("Go to the form"))
    return _anchor(f"{form}{_remark(one)}", _("Go to the form")) if one.key else ""


def _remark(one: Obstacle) -> str:
    """Tells the form which finding to lead to: static/articles/hints/hints.js selects its sentence."""
    return f"?remark={one.key}" if one.key else ""


def _to_review(one: Obstacle, article: Article, user: Any) -> SafeString | str:
    if not asking.may_ask(user, online=False):  # of what readers see, no review is missing
        return ""
    kind = one.where.partition("/")[2]
    waiting = Review.objects.open().filter(article=article, kind=kind or Review.Kind.CLINICAL)
    asked = list(waiting[:2]) if one.code in ("in-review", "kind-missing") else []
    if len(asked) > 1:
        return _anchor(
            reverse("admin:articles_article_change", args=[article.pk]) + "#signoffs", _("See who was asked")
        )
    if asked:
        return _anchor(reverse("admin:articles_review_recall", args=[asked[0].pk]), _("Recall the request"))
    address = reverse("admin:articles_article_request_review", args=[article.pk])
    return _anchor(f"{address}?kind={kind}" if kind else address, _("Ask for a review"))


def _to_source(key: str) -> SafeString | str:
    pk = Source.objects.filter(key=key).values_list("pk", flat=True).first()
    return _anchor(reverse("admin:references_source_change", args=[pk]), _("See the source")) if pk else ""


def _to_corrections(article: Article) -> SafeString | str:
    review = waiting_corrections(article)
    if review is None:
        return ""
    return _anchor(reverse("admin:articles_review_corrections", args=[review.pk]), _("Read the corrections"))


def waiting_corrections(article: Article) -> Review | None:
    """A reviewer's signed corrections of today's words that nobody has accepted yet."""
    mine = Review.objects.attested().filter(article=article, origin=Review.Origin.CORRECTION, digest=article.digest)
    return mine.filter(acceptance=None).select_related("reviewer").order_by("-answered_at", "-pk").first()


def _sections(article: Article) -> dict[str, tuple[int, str]]:
    """Number in the form and heading, by anchor."""
    rows = article.sections.values_list("anchor", "heading")
    return {anchor: (number, heading) for number, (anchor, heading) in enumerate(rows)}


def _anchor(url: str, words: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, words)
