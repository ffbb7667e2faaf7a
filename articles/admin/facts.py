"""Facts in the admin: the list, what one fact says and said, where it stands, and recording a new value of it."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import facts, roles
from articles.admin import fact_places, renewing, screens
from articles.admin.desk import ReadOnlyAdmin, person
from articles.admin.fact_forms import FactForm, NewValueForm
from articles.models import Fact, FactMention, FactValue
from articles.refusals import Refused

PAGE = 25  # articles


class StateFilter(admin.SimpleListFilter):
    """Facts that somebody should look at."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("expired", _("expired")), ("soon", _("expires within 90 days")), ("unused", _("used nowhere"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today, newest = timezone.localdate(), FactValue.objects.newest().filter(fact=OuterRef("pk"))
        found: dict[str, Q] = {
            "expired": Q(Exists(newest.expired(today))),
            "soon": Q(Exists(newest.filter(expires__range=(today, today + facts.SOON)))),
            "unused": ~Q(Exists(FactMention.objects.filter(value__fact=OuterRef("pk")))),
        }
        return queryset.filter(found.get(self.value() or "", Q()))


@admin.register(Fact)
class FactAdmin(ReadOnlyAdmin):
    list_display = ("name", "says", "until", "condition")
    list_filter = (StateFilter, ("condition", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("condition",)
    search_fields: ClassVar = ["name", "condition__name", "values__value", "values__unit"]
    list_per_page = 50
    actions = None

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        mine = [
            path("<int:object_id>/value/", guard(record), name="articles_fact_value"),
            path("<int:object_id>/renew/", guard(renewing.renew), name="articles_fact_renew"),
        ]
        return [*mine, *super().get_urls()]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may(request.user, "keep_facts")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        return super().get_queryset(request).prefetch_related("values")

    @admin.display(description=gettext_lazy("says"))
    def says(self, fact: Fact) -> str:
        return next((value.printed for value in fact.values.all()), "")

    @admin.display(description=gettext_lazy("good until"))
    def until(self, fact: Fact) -> Any:
        return next((value.expires for value in fact.values.all()), None)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return add(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if request.method == "POST":
            raise PermissionDenied  # values are recorded, and never changed
        if not self.has_view_permission(request):
            raise PermissionDenied
        return look(request, int(object_id)) if object_id.isdecimal() else redirect("admin:articles_fact_changelist")


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Record a fact with its first value. Nothing typed is lost when it is refused."""
    if not roles.may(request.user, "keep_facts"):
        raise PermissionDenied
    form = FactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        about = {"name": form.cleaned_data["name"], "condition": form.cleaned_data["condition"]}
        try:
            fact = facts.add(said=form.said(), **about, by=person(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The fact is recorded. Writers find it with “Insert a fact”."))
            return redirect("admin:articles_fact_change", fact.pk)
    return screens.page(request, "fact/form", _("Record a fact"), form=form)


@screens.of_fact(see="view_fact", do="")
def look(request: HttpRequest, fact: Fact) -> HttpResponse:
    """What it says and said, and where it stands, sentence by sentence."""
    sheet = Paginator(facts.printing(fact), PAGE).get_page(request.GET.get("page"))
    values = list(fact.values.select_related("source__merged_into", "by"))
    shown = {
        "fact": fact,
        "values": values,
        "newest": values[0] if values else None,
        "today": timezone.localdate(),
        "sheet": sheet,
        "uses": fact_places.of(list(sheet), fact),
        "outdated": facts.outdated(fact).count(),
        "may": roles.may(request.user, "keep_facts"),
    }
    return screens.page(request, "fact/page", fact.name, **shown)


@screens.of_fact(see="keep_facts", do="keep_facts")
def record(request: HttpRequest, fact: Fact) -> HttpResponse:
    """Record a new value; then the articles that print an older one."""
    newest = fact.values.first()
    same = {name: getattr(newest, name) for name in ("unit", "source", "locator")} if newest else {}
    form = NewValueForm(request.POST or None, initial={**same, "base": fact.latest})
    if request.method == "POST" and form.is_valid():
        try:
            base = form.cleaned_data["base"]
            facts.update(fact, form.said(), base=base, by=person(request), at=timezone.now())
        except Refused as no:
            form.add_error(None, str(no))
        else:
            messages.success(request, _("The new value is recorded. Texts still print the former one."))
            return redirect("admin:articles_fact_renew", fact.pk)
    title = _("Record a new value: %(name)s") % {"name": fact.name}
    return screens.page(request, "fact/form", title, form=form, fact=fact, newest=newest)
