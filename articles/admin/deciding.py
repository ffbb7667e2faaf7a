"""Deciding what news means: for one page, about all its news; or about one piece of news, for many pages."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import alerting, drafting, leaning, news, policy, readdressing, roles, surveillance
from articles.admin import screens, told_news
from articles.admin.desk import person
from articles.admin.told_news import Told
from articles.models import Alert, Article, Decision, Edition, FactValue
from articles.models.news import label
from articles.news import News, Origin
from articles.refusals import Refused
from references.models import SourceChange

PAGE = 40  # pages on the screen of one piece of news; their sentences are read for it
SHOWN = 20  # earlier decisions
WITHDRAW = Decision.Kind.WITHDRAW


class DecisionForm(forms.Form):
    """What it means, and why."""

    kind = forms.ChoiceField(label=gettext_lazy("What does it mean?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,  # the deed asks for it, in its own words
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is kept in the timeline; readers do not see it."),
    )

    def __init__(self, data: Any, kinds: Iterable[Decision.Kind]) -> None:
        super().__init__(data)
        choice: Any = self.fields["kind"]
        choice.choices = [(kind.value, kind.label) for kind in kinds]
        if Decision.Kind.NO_IMPACT in dict(choice.choices):  # not of what only a doctor can let pass
            self.fields["reason"].help_text = _(
                "Needed for “no impact”. It is kept in the timeline; readers do not see it."
            )


@dataclass(frozen=True, slots=True)
class Concerned:
    """A page on which one piece of news waits, with the sentences that it touches, and when it is due because of it."""

    article: Article
    claims: tuple[leaning.Claim, ...] = ()
    due: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as it is listed."""

    row: Decision
    name: str
    title: str


# -- one page ------------------------------------------------------------------------------------------------------


@screens.of_article(see="view_article", do="decide_news attest_article")
def of_page(request: HttpRequest, article: Article) -> HttpResponse:
    """Everything that waits on this page, with the sentences that it touches, and one form."""
    found = news.of_page(article)
    ticked = news.keys(request.POST.getlist("news"))
    form = DecisionForm(request.POST or None, _kinds(request.user, found))
    if request.method == "POST" and form.is_valid():
        try:
            return _decided(request, article, ticked, form.cleaned_data)
        except Refused as no:
            screens.say_no(request, no, article)
    edition = article.editions.open().first()
    shown = {
        "article": article,
        "form": form if form.fields["kind"].choices else None,  # type: ignore[attr-defined]  # a ChoiceField
        "ticked": ticked,
        "upto": _upto(article.decisions.all()),
        "news": told_news.of_page(article, found, edition.words() if edition else None),
        "decisions": _before(article),
        "brings": edition is not None and alerting.may_bring(request.user),
    }
    return screens.page(request, "news/page", _("News about “%(title)s”") % {"title": article.title}, **shown)


def _kinds(by: Any, found: list[News]) -> list[Decision.Kind]:
    """What this person may decide about some of these; the deed asks about each that was ticked."""
    allowed = [set(surveillance.choices(by, [one.kind])) for one in found]
    kinds = [kind for kind in surveillance.CHOICES if any(kind in some for some in allowed)]
    decided = any(one.decided for one in found) and roles.may(by, "decide_news")
    return [*kinds, Decision.Kind.REOPENED] if decided else kinds


def _before(article: Article) -> list[Decided]:
    rows = article.decisions.select_related("change__source", "alert", "fact_value__fact", "by")
    return [Decided(row, *_about(row)) for row in rows[:SHOWN]]


def _about(row: Decision) -> tuple[str, str]:
    if row.change:
        return capfirst(row.change.get_kind_display()), row.change.source.title
    if row.alert:
        return capfirst(label(row.alert.kind)), row.alert.title
    return _("Fact"), f"{row.fact_value.fact}, {row.fact_value}" if row.fact_value else ""


def _decided(request: HttpRequest, article: Article, ticked: list[str], sent: dict[str, str]) -> HttpResponse:
    if not ticked:
        raise surveillance.NotOpen(_("Tick the news that you decide about."))
    if sent["kind"] == WITHDRAW:  # kept together with the deed
        listed = ",".join(ticked)
        return redirect(f"{reverse('admin:articles_article_withdraw', args=[article.pk])}?news={listed}")
    _decide(request, article, ticked, sent)
    if sent["kind"] in surveillance.TO_DRAFT:
        messages.success(request, _("Your decision is kept, and editors are told. The change is made in the draft."))
        return redirect("admin:articles_article_change", article.pk)
    messages.success(request, _("Your decision is kept."))
    return redirect("admin:articles_article_news", article.pk)


def _upto(decisions: Any) -> int:
    """The last of these decisions when a screen is made; the form brings it back."""
    return decisions.aggregate(last=Max("pk"))["last"] or 0


@transaction.atomic
def _decide(request: HttpRequest, article: Article, about: Collection[str], sent: dict[str, str]) -> None:
    """Decide, unless somebody else has done so after this screen was made: nobody overrules what they have not seen."""
    article = drafting.lock(article)
    upto = next(iter(numbers([request.POST.get("upto", "")])), 0)
    if article.decisions.filter(news.about(about), pk__gt=upto).exists():
        raise surveillance.NotOpen(_("Somebody has decided about this meanwhile. Look at what stands here now."))
    surveillance.decide(article, about=about, **sent, by=person(request), at=timezone.now())


# -- one piece of news ---------------------------------------------------------------------------------------------


@screens.of_change(see="view_article", do="decide_news attest_article")
def of_change(request: HttpRequest, change: SourceChange) -> HttpResponse:
    """What happened to a source."""
    if request.method == "POST" and request.POST.get("answer") == "address":
        return _readdressed(request, change)
    told = told_news.of_change(change)
    shown = {"change": change, "readdress": _may_readdress(request, change)}
    return _piece(request, f"{Origin.CHANGE}.{change.pk}", told, title=change.source.title, **shown)


@screens.of_alert(see="view_article", do="decide_news attest_article")
def of_alert(request: HttpRequest, alert: Alert) -> HttpResponse:
    """What somebody has brought."""
    shown = {"alert": alert, "brings": alerting.may_bring(request.user)}
    return _piece(request, f"{Origin.ALERT}.{alert.pk}", told_news.of_alert(alert), title=alert.title, **shown)


@screens.of_fact_value(see="view_article", do="decide_news attest_article")
def of_fact(request: HttpRequest, value: FactValue) -> HttpResponse:
    """A fact that ran out."""
    return _piece(request, f"{Origin.FACT}.{value.pk}", told_news.of_value(value), title=value.fact.name)


def _piece(request: HttpRequest, key: str, told: Told | None, *, title: str, **more: Any) -> HttpResponse:
    """One piece of news and the pages on which it waits: one decision for those ticked, each kept by itself."""
    kinds = [kind for kind in surveillance.choices(request.user, [told.kind]) if kind != WITHDRAW] if told else []
    form = DecisionForm(request.POST or None, kinds)
    results = _decide_many(request, key, form) if request.method == "POST" and form.is_valid() else []
    if results and not any(one.refused for one in results):
        said = ngettext("Kept for %(count)d page.", "Kept for %(count)d pages.", len(results))
        messages.success(request, said % {"count": len(results)})
        return redirect(news.path(key))
    origin, _dot, about = key.partition(".")
    waiting = news.pages(Origin(origin), int(about)).order_by("article__title", "article")
    sheet = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    shown = {
        "news": told,
        "form": form if kinds else None,
        "sheet": sheet,
        "upto": _upto(Decision.objects.filter(news.about([key]))),
        "concerned": _concerned(sheet, Origin(origin), told),
        "results": [one for one in results if one.refused],
    }
    return screens.page(request, "news/piece", title, **shown, **more)


def _concerned(sheet: Any, origin: Origin, told: Told | None) -> list[Concerned]:
    if told is None:
        return []
    found = list(news.read(sheet.object_list, origin))
    editions = Edition.objects.in_bulk([one.edition for one in found])
    terms = policy.current().tiers
    rows = []
    for one in found:
        claims = told_news.claims(editions[one.edition].words(), told.source, told.value)
        due = one.due(terms[one.article.risk_tier])
        rows.append(Concerned(one.article, claims, told_news.said_due(due) if due else ""))
    return rows


def _decide_many(request: HttpRequest, key: str, form: DecisionForm) -> list[Concerned]:
    results = []
    for article in Article.objects.filter(pk__in=numbers(request.POST.getlist("article"))):
        refused = ""
        try:
            _decide(request, article, [key], form.cleaned_data)
        except Refused as no:
            refused = str(no)
        results.append(Concerned(article, refused=refused))
    if not results:
        messages.error(request, _("Tick the pages that you decide about."))
    return results


def _may_readdress(request: HttpRequest, change: SourceChange) -> bool:
    known = change.kind == SourceChange.Kind.MOVED and change.source.url and change.source.moved_to == change.after
    return bool(known and roles.may(request.user, "decide_news"))


def _readdressed(request: HttpRequest, change: SourceChange) -> HttpResponse:
    try:
        count = readdressing.use_new_address(change.source, by=person(request), at=timezone.now())
    except Refused as no:
        messages.error(request, str(no))
        return redirect("admin:articles_article_one_news", change.pk)
    said = ngettext(
        "The library has the new address. %(count)d page prints the old one and waits for a publisher.",
        "The library has the new address. %(count)d pages print the old one and wait for a publisher.",
        count,
    )
    messages.success(request, said % {"count": count})
    return redirect("admin:articles_article_addresses")


def numbers(sent: Iterable[str]) -> list[int]:
    """Those of these texts that are numbers as we send them."""
    return [int(one) for one in dict.fromkeys(sent) if one.isdecimal() and len(one) < 19]
