"""Remarks beside the text while it is typed: what was sent is checked and answered for, and never stored."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles import answering, blocks, checking, markup, roles
from articles.admin import picturing, telling_choice, typed
from articles.admin.desk import ModelAdmin, day, person
from articles.answering import Answered, Reason, Remarks
from articles.checking import Finding, Severity
from articles.content import STORY, Content, SectionContent
from articles.models import Article, cited_source
from articles.refusals import Refused
from references.models import Source

LIMIT = 600_000  # characters; the longest patient page we know has 90,000
NEW = "new-"  # begins the anchor of a section that was never saved; the rest is its row in the form
_FIELDS = {"missing_title": "id_title", "uncited_source": "id_uncited", "no_medical_section": "sections-group"}
_OF_HEADINGS = ("missing_heading", "repeated_heading")
_OF_PICTURES = {"missing_picture": "upload"}
_OF_PICTURES |= dict.fromkeys(("missing_alternative", "poor_alternative", "repeated_alternative"), "alt")


class NotReadable(Refused):
    """What was sent is no article form, or too long; nothing was checked."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Moved(Refused):
    """The finding is not in the text any more."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The words in a form, and the row of each section by anchor."""

    words: Content
    rows: dict[str, str]


def urls(desk: ModelAdmin) -> list[URLPattern]:
    """Addresses below the article list."""
    guard = desk.admin_site.admin_view
    return [
        path("hints/", guard(hints), name="articles_article_hints_new"),
        path("<int:article_id>/hints/", guard(hints), name="articles_article_hints"),
        path("<int:article_id>/hints/answer/", guard(answer), name="articles_article_hints_answer"),
        path("<int:article_id>/hints/take-back/", guard(take_back), name="articles_article_hints_take_back"),
    ]


def context(desk: ModelAdmin, request: HttpRequest, article: Article | None) -> dict[str, Any]:
    """What admin/articles/article/_hints.html shows beside the form of somebody who may write."""
    if not (desk.has_change_permission(request, article) if article else desk.has_add_permission(request)):
        return {}
    if article is None:
        return {"hints": {"ask": reverse("admin:articles_article_hints_new")}}
    ask, say, back = (
        reverse(f"admin:articles_article_hints{name}", args=[article.pk]) for name in ("", "_answer", "_take_back")
    )
    return {"hints": {"ask": ask, "answer": say, "back": back, "reasons": Reason.choices}}


# -- asked by the script -------------------------------------------------------------------------------------------


@require_POST
def hints(request: HttpRequest, article_id: int | None = None) -> HttpResponse:
    """JSON: what the checks say of the text in the form."""
    article = _article(request, article_id)
    try:
        return _remarks(request, article)
    except NotReadable as no:
        return JsonResponse({"said": str(no)}, status=no.status)


@require_POST
def answer(request: HttpRequest, article_id: int) -> HttpResponse:
    """Answer one finding of the text in the form; then what is left."""
    article, sent = _article(request, article_id), request.POST
    try:
        finding = _found(article, sent)
        said = {"reason": sent.get("remark_reason", ""), "why": sent.get("remark_why", "").replace("\x00", "")}
        answering.answer(_saved(article), finding, by=person(request), at=timezone.now(), **said)
        return _remarks(request, article)
    except NotReadable as no:
        return JsonResponse({"said": str(no)}, status=no.status)
    except Refused as no:
        return JsonResponse({"said": str(no)}, status=409)


@require_POST
def take_back(request: HttpRequest, article_id: int) -> HttpResponse:
    """Take an answer back; then what is said of the text in the form."""
    article, number = _saved(_article(request, article_id)), request.POST.get("remark_answer", "")
    found = article.finding_answers.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 19 else None
    try:
        if found is None:
            raise answering.AnswerGone(_("This answer is not there."))
        answering.withdraw(found, by=person(request), at=timezone.now())
        return _remarks(request, article)
    except NotReadable as no:
        return JsonResponse({"said": str(no)}, status=no.status)
    except Refused as no:
        return JsonResponse({"said": str(no)}, status=409)


# -- the text in the form ------------------------------------------------------------------------------------------


def read(data: QueryDict, language: str) -> Typed:
    """The words that would be saved. Raises NotReadable."""
    if typed.count(data, "TOTAL") is None:
        raise NotReadable(_("This is not the article form. Reload the page to see remarks again."), 400)
    if sum(len(value) for _name, values in data.lists() for value in values) > LIMIT:
        raise NotReadable(_("This text is too long to be checked while you type. It is checked before a review."), 413)
    rows = {row["was"] or NEW + row["number"]: row for row in typed.rows(data)}
    sections = tuple(_section(anchor, row) for anchor, row in rows.items())
    title, summary = " ".join(data.get("title", "").split()), _cleaned(data.get("summary", ""))
    words = Content(title=title, summary=summary, language=language, sections=sections)
    return Typed(_with_sources(words), {anchor: row["number"] for anchor, row in rows.items()})


def _section(anchor: str, row: dict[str, str]) -> SectionContent:
    claim = {name: row[name] for name in typed.CLAIM}
    if row["form"] == STORY:
        return telling_choice.section(SectionContent(anchor=anchor, heading="", body=""), row["story"], claim)
    heading, body = " ".join(row["heading"].split()), _cleaned(typed.body_of(row))
    said = {"kind": row["kind"], "form": row["form"], **claim}
    nothing = SectionContent(anchor="", heading="", body="")
    return SectionContent(anchor=anchor, heading=heading, body=body, **said, **picturing.typed(row, nothing))


def _cleaned(text: str) -> str:
    try:
        return markup.clean(text)
    except markup.TooDeep:  # said by the form itself when it is saved
        return ""


def _with_sources(words: Content) -> Content:
    keys = [key for key in words.cited_keys() if "\x00" not in key]
    cited = tuple(cited_source(source, key) for key, source in Source.objects.by_key(keys).items())
    return Content(
        title=words.title, summary=words.summary, language=words.language, sections=words.sections, sources=cited
    )


def _article(request: HttpRequest, article_id: int | None) -> Article | None:
    if not roles.may(request.user, "change_article" if article_id else "add_article"):
        raise PermissionDenied
    return get_object_or_404(Article, pk=article_id) if article_id else None


def _saved(article: Article | None) -> Article:
    if article is None:
        raise NotReadable(_("Save the article first."), 400)
    return article


def _language(article: Article | None) -> str:
    return article.language if article else str(Article._meta.get_field("language").default)


def _found(article: Article | None, sent: QueryDict) -> Finding:
    found = answering.remarks(article, read(sent, _language(article)).words, at=timezone.now())
    keys = {one.key: one for one in (*found.open, *(one.finding for one in found.answered))}
    if finding := keys.get(str(sent.get("remark_key", ""))):
        return finding
    raise Moved(_("This sentence was changed meanwhile. Look at the remarks again."))


# -- what the panel shows ------------------------------------------------------------------------------------------


def _remarks(request: HttpRequest, article: Article | None) -> HttpResponse:
    text = read(request.POST, _language(article))
    found = answering.remarks(article, text.words, at=timezone.now())
    body = {
        "hints": [_hint(one, text, saved=article is not None) for one in found.open],
        "answered": [_answered(one) for one in found.answered],
        "counted": _counted(found),
        "note": "" if checking.speaks(text.words) else _("Statements are checked in English texts only."),
    }
    return JsonResponse(body)


def _hint(finding: Finding, text: Typed, *, saved: bool) -> dict[str, Any]:
    section = next((one for one in text.words.sections if one.anchor == finding.where), None)
    lasting = bool(finding.quote or finding.source or not finding.where.startswith(NEW))
    return {
        "key": finding.key,
        "severity": finding.severity.value,
        "weight": _weight(finding.severity),
        "message": finding.message,
        "quote": finding.quote,
        "source": finding.source,
        "field": _field(finding, text.rows),
        "place": blocks.name_of(section) if section else "",
        "answerable": saved and lasting and answering.may_be_answered(finding),
        "citable": finding.rule in _CITABLE,
    }


# What another source mends: a statement that has none, and a mark whose source is no longer good.
_CITABLE = frozenset(map(checking.name_of, (*checking.CLAIMS, *checking.OF_MARKS)))


def _weight(severity: Severity) -> str:
    said = {Severity.BLOCKING: _("Must be mended"), Severity.WARNING: _("Warning"), Severity.HINT: _("Hint")}
    return said[severity]


def _field(finding: Finding, rows: dict[str, str]) -> str:
    """The id of the form's field that the finding speaks of."""
    if finding.rule in _FIELDS:
        return _FIELDS[finding.rule]
    if finding.where not in rows:
        return "id_summary"
    name = "heading" if finding.rule in _OF_HEADINGS else _OF_PICTURES.get(finding.rule, "body")
    return f"id_{typed.PREFIX}-{rows[finding.where]}-{name}"


def _answered(one: Answered) -> dict[str, Any]:
    names = {"name": one.answer.by, "on": day(one.answer.at), "why": one.answer.said}
    said = _("%(name)s, %(on)s: %(why)s") % names
    return {"answer": one.answer.pk, "message": one.finding.message, "said": said}


def _counted(found: Remarks) -> str:
    """How many, in words."""
    count, done = len(found.open), len(found.answered)
    waiting = ngettext("%(count)d remark", "%(count)d remarks", count) % {"count": count} if count else _("No remarks")
    return _("%(waiting)s, %(done)d answered") % {"waiting": waiting, "done": done} if done else waiting
