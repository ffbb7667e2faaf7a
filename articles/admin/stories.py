"""Patient stories in the admin: their words, their consents, where they stand; and taking one down."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from articles import page, papers, roles, stories
from articles.admin import again, editor, screens
from articles.admin.desk import ModelAdmin, day, person
from articles.admin.story_form import CONSENT, WORDS, StoryForm
from articles.content import INSTITUTIONAL, STORY, Content, SectionContent
from articles.models import PatientStory, StoryConsent
from articles.refusals import Refused


class StateFilter(admin.SimpleListFilter):
    """Stories by the state of their consent."""

    title = gettext_lazy("consent")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("valid", _("valid")), ("soon", _("ends soon")), ("ended", _("ended")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        found: dict[str, dict[str, Any]] = {
            "valid": {"withdrawn_at": None, "ends_on__gte": today},
            "soon": {"withdrawn_at": None, "ends_on__range": (today, stories.soon(today))},
            "ended": {"withdrawn_at": None, "ends_on__lt": today},
            "withdrawn": {"withdrawn_at__isnull": False},
        }
        return queryset.filter(**found.get(self.value() or "", {}))


@admin.register(PatientStory)
class PatientStoryAdmin(ModelAdmin):
    form = StoryForm
    change_form_template = "admin/articles/patientstory/change_form.html"
    list_display = ("title", "key", "state", "ends_on")
    list_filter = (StateFilter,)
    readonly_fields = ("state", "consents", "where")
    list_per_page = 50
    actions = None

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        mine = [
            path("<int:object_id>/withdraw/", guard(withdraw), name="articles_patientstory_withdraw"),
            path("<int:object_id>/preview/", guard(preview), name="articles_patientstory_preview"),
            path("consent/<int:object_id>/", guard(paper), name="articles_patientstory_consent"),
        ]
        return [*mine, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        about = (None, {"fields": ["state", "where", "consents"]})
        if obj and not self._can_be_told(obj):
            return [about]
        words, consent = (None, {"fields": [*WORDS]}), (_("Consent"), {"fields": [*CONSENT]})
        if not obj:
            return [words, consent]
        return [about, (_("Words"), {"fields": [*WORDS, "forget"]}), consent]

    def _can_be_told(self, story: PatientStory) -> bool:
        return story.withdrawn_at is None and story.told() is not None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, "keep_stories")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may(request.user, "keep_stories")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return roles.may(request.user, "keep_stories")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return roles.may(request.user, "keep_stories") and (obj is None or self._can_be_told(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # it is withdrawn: what is left says that there was a consent

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        try:
            return editor.allow(super().changeform_view(request, object_id, form_url, context))
        except Refused as no:  # somebody was a moment quicker than the form's own checks
            messages.error(request, str(no))
            return redirect(request.path)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        by, at = person(request), timezone.now()
        if not change:
            obj.pk = stories.add(form.told, form.agreed, by=by, at=at).pk
        if change and form.words_changed:
            stories.write(obj, form.told, by=by, at=at, forget=form.cleaned_data["forget"])
        if change and form.consent_changed:
            stories.consent(obj, form.agreed, by=by, at=at)
        obj.refresh_from_db()

    # -- what is shown -----------------------------------------------------------------------------------------------

    @admin.display(description=gettext_lazy("title"))
    def title(self, story: PatientStory) -> str:
        told = story.told()
        return f"{told.title} ({told.name})" if told else _("the text is erased")

    @admin.display(description=gettext_lazy("consent"))
    def state(self, story: PatientStory) -> str:
        return said(story, timezone.localdate())

    @admin.display(description=gettext_lazy("where it stands"))
    def where(self, story: PatientStory) -> str:
        return render_to_string("admin/articles/patientstory/_uses.html", {"used": stories.uses(story)})

    @admin.display(description=gettext_lazy("consents on file"))
    def consents(self, story: PatientStory) -> str:
        rows = format_html_join("", "<li>{}</li>", ((_consent(one),) for one in story.consents.select_related("by")))
        return format_html("<ul>{}</ul>", rows)


def said(story: PatientStory, today: date) -> str:
    """The state of the consent, in words."""
    if story.withdrawn_at:
        facts = {"on": day(story.withdrawn_at), "by": story.withdrawn_by, "why": story.withdrawn_reason}
        return _("withdrawn on %(on)s by %(by)s: %(why)s") % facts
    ends = {"on": date_format(story.ends_on)}
    if story.ends_on < today:
        return _("ended on %(on)s: readers do not see it") % ends
    return (_("ends soon, on %(on)s") if story.ends_on <= stories.soon(today) else _("valid until %(on)s")) % ends


def _consent(row: StoryConsent) -> str:
    facts = {"given": day(row.given_on), "ends": day(row.ends_on), "by": row.by, "at": day(row.at)}
    dates = _("from %(given)s until %(ends)s, recorded by %(by)s on %(at)s") % facts
    if row.erased_at:
        return _("%(dates)s; its proof was erased on %(on)s") % {"dates": dates, "on": day(row.erased_at)}
    more = "; ".join(filter(None, (row.covers, row.evidence)))
    if not row.file:
        return f"{dates}: {more}"
    address = f"/admin/articles/patientstory/consent/{row.pk}/"
    return format_html('{}: {}; <a href="{}">{}</a>', dates, more, address, _("signed consent"))


# -- screens -------------------------------------------------------------------------------------------------------


@screens.of_story(see="keep_stories", do="keep_stories")
def withdraw(request: HttpRequest, story: PatientStory) -> HttpResponse:
    """Every page that it would vanish from; then the deed."""
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            again.require(request)  # what is erased does not come back
            if not request.POST.get("understood"):
                raise Refused(_("Tick that you have read what will be gone."))
            stories.withdraw(story, by=person(request), at=timezone.now(), reason=reason)
        except Refused as no:
            messages.error(request, str(no))
        else:
            messages.success(request, _("The story is gone from every page and its history, and its text is erased."))
            return redirect("admin:articles_patientstory_change", story.pk)
    shown = {"story": story, "told": story.told(), "used": stories.uses(story), "reason": reason}
    return screens.page(request, "patientstory/withdraw", _("Withdraw a patient story"), **shown)


@screens.of_story(see="keep_stories", do="")
def preview(request: HttpRequest, story: PatientStory) -> HttpResponse:
    """The story as it would stand on a page."""
    told = story.told()
    if told is None:
        raise Http404
    named = {"form": STORY, "kind": INSTITUTIONAL, "story": story.key, "story_hash": told.hash}
    words = Content(title=told.title, sections=(SectionContent(anchor="story", heading="", body="", **named),))
    known = {(story.key, told.hash): page.Story(told=told, until=story.ends_on)}
    facts = page.Facts(today=timezone.localdate(), preview=True, stories=known)
    html = render_to_string("articles/page.html", {"page": page.build(words, facts)})
    return HttpResponse(html, headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"})


@require_safe
def paper(request: HttpRequest, object_id: int) -> HttpResponse:
    """A signed consent, to keep beside the screen: never shown inside the site, whatever is in the file."""
    if not roles.may(request.user, "keep_stories"):
        raise PermissionDenied
    row = StoryConsent.objects.filter(pk=object_id).exclude(file="").first()
    if row is None:
        raise Http404
    kind = papers.kind_of(row.file)
    name = f"consent-{row.pk}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(papers.CONSENTS.read(row.file), content_type=papers.TYPES[kind], headers=headers)
