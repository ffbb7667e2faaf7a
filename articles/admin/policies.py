"""The review policy: what counts now, its history, and setting another one, after a look at what it would do."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import policy, roles
from articles.admin import policy_form, policy_words, screens
from articles.admin.desk import ReadOnlyAdmin, person
from articles.admin.policy_form import PolicyForm, ReasonedForm
from articles.models import Article, ReviewPolicy
from articles.refusals import Refused

LIST = "admin:articles_reviewpolicy_changelist"
FIRST, SHEET, VERSIONS = 10, 100, 20  # pages shown below the numbers, pages on a sheet of all, policies on a sheet
# What the numbers of the preview are about, in the order in which they matter.
COUNTED = {
    "newly_overdue": gettext_lazy("Become overdue"),
    "no_longer_overdue": gettext_lazy("Are overdue no longer"),
    "overdue": gettext_lazy("Overdue then"),
    "would_be_withdrawn": gettext_lazy("Could be taken down at once"),
    "moved": gettext_lazy("Get another due date"),
    "pages": gettext_lazy("Pages online"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """One number of the preview: of all tiers, then of each."""

    name: str
    label: str
    total: int
    by_tier: list[tuple[str, int]]


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Fill in, look at what it would do, confirm. Nothing typed is lost on the way."""
    if not roles.may(request.user, "set_policy"):
        raise PermissionDenied
    row = ReviewPolicy.objects.in_force()
    if request.method != "POST":
        return _ask(request, ReasonedForm(initial=policy_form.initial(row)))
    form = ReasonedForm(request.POST)
    if request.POST.get("step") == "edit" or not form.is_valid():
        return _ask(request, form)
    try:
        if request.POST.get("step") != "do":
            said = form.cleaned_data
            to = {"lead": said["lead"], "mailbox": said["mailbox"]}
            policy.check(form.draft().terms, reason=said["reason"], by=person(request), **to)
            return _look(request, form)
        policy.adopt(form.draft(), reason=form.cleaned_data["reason"], by=person(request), at=timezone.now())
    except Refused as no:
        return _refused(request, no)
    messages.success(request, _("The policy counts from now on, and due dates have moved with it."))
    return redirect(LIST)


def _ask(request: HttpRequest, form: ReasonedForm, *, stale: bool = False) -> HttpResponse:
    row = ReviewPolicy.objects.in_force()
    newer = policy_words.whole(row) if row and stale else []
    context = {"form": form, "in_force": row, "newer": newer, "typed": form.is_bound}
    return screens.page(request, "reviewpolicy/ask", _("Change the review policy"), **context)


def _refused(request: HttpRequest, no: Refused) -> HttpResponse:
    """The form again, with all that was typed. Who was too late has seen the other policy when they look again."""
    sent, stale = request.POST.copy(), isinstance(no, policy.StalePolicy)
    if stale:
        sent["base"] = str(policy.number())
    form = ReasonedForm(sent)
    form.full_clean()
    form.add_error("reason" if isinstance(no, policy.PolicyNeedsReason) else None, str(no))
    return _ask(request, form, stale=stale)


def _look(request: HttpRequest, form: ReasonedForm) -> HttpResponse:
    today, draft = timezone.localdate(), form.draft()
    effect = policy.preview(draft.terms, on=today)
    rows = policy.affected(draft.terms, "newly_overdue", on=today)[:FIRST]
    said = [policy_words.terms(tier, draft.terms) for tier in Article.Tier]
    asked = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "step", "reason"):  # the reason is nobody's business in an address
        asked.pop(name, None)
    context: dict[str, Any] = {
        "form": form,
        "counts": _counts(effect),
        "rows": rows,
        "said": said,
        "asked": asked.urlencode(),
    }
    context |= {"effect": effect, "tiers": Article.Tier.labels, "draft": draft}
    return screens.page(request, "reviewpolicy/look", _("What this policy would do today"), **context)


def _counts(effect: policy.Effect) -> list[Count]:
    tiers = [(str(label), effect.by_tier.get(tier, policy.Effect())) for tier, label in Article.Tier.choices]
    return [
        Count(name, str(label), getattr(effect, name), [(tier, getattr(one, name)) for tier, one in tiers])
        for name, label in COUNTED.items()
    ]


@require_http_methods(["GET", "HEAD"])
def pages(request: HttpRequest, what: str) -> HttpResponse:
    """All pages that one number of the preview counts; the policy stands in the address."""
    if not roles.may(request.user, "set_policy"):
        raise PermissionDenied
    form = PolicyForm(request.GET)
    if what not in COUNTED or not form.is_valid():
        raise Http404
    today: date = timezone.localdate()
    found = policy.affected(form.draft().terms, what, on=today)
    tier = request.GET.get("tier", "")
    found = found.filter(risk_tier=tier) if tier in Article.Tier.values else found
    sheet = Paginator(found, SHEET).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    without = kept.copy()
    without.pop("tier", None)
    context: dict[str, Any] = {"sheet": sheet, "asked": kept.urlencode(), "all": without.urlencode(), "tier": tier}
    context |= {"tiers": Article.Tier.choices, "label": COUNTED[what]}
    return screens.page(request, "reviewpolicy/pages", _("What this policy would do today"), **context)


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(ReadOnlyAdmin):
    """What counts now, and every policy before it; one of them is a row that is only read."""

    fields = ("by", "at", "reason", "says", "lead", "mailbox")
    readonly_fields = ("says",)

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("set/", guard(change), name="articles_reviewpolicy_set"),
            path("set/<slug:what>/", guard(pages), name="articles_reviewpolicy_pages"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":  # Django's own list would take an action
            return redirect(LIST)
        rows = ReviewPolicy.objects.select_related("by", "lead").prefetch_related("terms").order_by("-pk")
        sheet = Paginator(rows, VERSIONS).get_page(request.GET.get("page"))
        shown = list(sheet.object_list)
        before = rows.filter(pk__lt=shown[-1].pk).first() if shown else None
        now = [policy_words.terms(tier, policy.current()) for tier in Article.Tier]
        context: dict[str, Any] = {"sheet": sheet, "versions": policy_words.history(shown, before), "now": now}
        context |= {"maximum": policy.current().maximum_months, "can": roles.may(request.user, "set_policy")}
        return screens.page(request, "reviewpolicy/list", _("Review policy"), **context)

    @admin.display(description=gettext_lazy("what it says"))
    def says(self, row: ReviewPolicy) -> str:
        return "\n".join(policy_words.whole(row))
