"""Articles whose drafts print an older value of a fact: which get the newest one, who is asked, what became of each."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import facts, renewing, roles
from articles.admin import screens
from articles.admin.deciding import numbers
from articles.admin.desk import person
from articles.models import Article, Fact, Reviewer

PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    """An article to choose. `hands` is what one must know first; `seen` are the marks that say it was shown."""

    use: facts.Use
    hands: tuple[str, ...]
    reviewer: Reviewer | None
    nobody: str

    @property
    def article(self) -> Article:
        return self.use.article

    @property
    def seen(self) -> str:
        return " ".join(map(renewing.mark, self.hands))

    @property
    def is_online(self) -> bool:
        return bool(self.use.online)


@screens.of_fact(see="view_fact", do="change_article")
def renew(request: HttpRequest, fact: Fact) -> HttpResponse:
    """Choose, do, and read what became of each."""
    results = _done(request, fact) if request.method == "POST" else []
    sheet = Paginator(facts.outdated(fact).select_related("reviewer__account"), PAGE).get_page(request.GET.get("page"))
    by, at = person(request), timezone.now()
    rows = [_row(use, by, at) for use in facts.uses(list(sheet), fact)]
    shown = {
        "fact": fact,
        "newest": fact.values.first(),
        "results": results,
        "sheet": sheet,
        "rows": rows,
        "may": roles.may(by, "change_article") and roles.may(by, "request_review"),
    }
    title = _("Put the new value into the texts: %(name)s") % {"name": fact.name}
    return screens.page(request, "fact/renew", title, **shown)


def _row(use: facts.Use, by: Any, at: Any) -> Row:
    reviewer, why = renewing.whom(use.article, by=by, at=at)
    return Row(use, renewing.in_hands(use.article, at=at), reviewer, why)


def _done(request: HttpRequest, fact: Fact) -> list[renewing.Outcome]:
    chosen = numbers(request.POST.getlist("article"))
    articles = list(facts.outdated(fact).filter(pk__in=chosen))
    if not articles:
        messages.warning(request, _("Nothing was ticked, so nothing was changed."))
        return []
    seen = {one.pk: request.POST.get(f"seen-{one.pk}", "").split() for one in articles}
    return renewing.renew_each(articles, fact, seen=seen, by=person(request), at=timezone.now())
