"""The article in the admin: the form. What else can be done with an article is added by the modules in PAGES."""

from typing import Any, ClassVar, Protocol

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles import drafting
from articles.admin import (
    binning,
    citing,
    commenting,
    confirming,
    dating,
    due_screens,
    earlier,
    editions,
    editor,
    emergency,
    evidence,
    hints,
    holding,
    importing,
    inserting,
    labels,
    log,
    many,
    news,
    picturing,
    preview,
    publishing,
    redacting,
    requesting,
    state,
    unsaved,
)
from articles.admin.desk import ModelAdmin, person
from articles.admin.editor import EditsRichText
from articles.admin.forms import ArticleForm
from articles.admin.listing import ListsArticles
from articles.admin.sections import SectionInline
from articles.models import Article, Review
from articles.refusals import Refused


class Pages(Protocol):
    """A module that adds screens to the article."""

    def urls(self, desk: ModelAdmin) -> list[URLPattern]: ...


PAGES: tuple[Pages, ...] = (
    citing,
    inserting,
    hints,
    commenting,
    importing,
    preview,
    dating,
    confirming,
    due_screens,
    many,
    requesting,
    publishing,
    emergency,
    editions,
    redacting,
    log,
    evidence,
    unsaved,
    earlier,
    binning,
    news,
    picturing,
)


class ArticleAdmin(ListsArticles, EditsRichText, ModelAdmin):
    form = ArticleForm
    inlines = (SectionInline,)
    readonly_fields = ("read_summary",)

    class Media:
        css: ClassVar = {
            "all": [
                "articles/admin/form.css",
                "articles/review/state.css",
                "articles/hints/hints.css",
                "articles/admin/figures.css",
            ]
        }
        js: ClassVar = [
            *("articles/admin/figures.js", "articles/admin/sections.js"),
            *("articles/admin/leaving.js", "articles/admin/unsaved.js"),
            *("articles/hints/places.js", "articles/hints/hints.js"),
        ]

    def get_urls(self) -> list[URLPattern]:
        return [*(pattern for pages in PAGES for pattern in pages.urls(self)), *super().get_urls()]

    # -- what the form shows -------------------------------------------------------------------------------------

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        words, about = ["title", "slug", "summary"], ["condition", "risk_tier"]
        if obj and obj.uncited.exists():
            about.append("uncited")
        if obj and not self.has_change_permission(request, obj):
            words = ["title", "slug", "read_summary"]
        else:
            about += ["base_revision", "draft_key", "how"]
        return [(None, {"fields": words}), (_("About this page"), {"fields": about})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Another tier moves the due date, which is a deed of its own (keeping.set_cadence).
        return (*self.readonly_fields, "risk_tier") if obj else self.readonly_fields

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else {"slug": ("title",)}

    @admin.display(description=_("summary"))
    def read_summary(self, article: Article) -> SafeString:
        """The summary as it looks, for those who may not change it."""
        return mark_safe(labels.shown(article.summary))  # noqa: S308  shown() cleans

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        made = super().get_form(request, obj, change=change, **kwargs)
        filled = holding.held(request)
        return type("HeldForm", (made,), {"held": filled.how}) if filled else made

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (obj and obj.binned_at) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # nothing is lost: a page is withdrawn, and a draft goes to the bin

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        context = {"show_save_and_add_another": False, **(extra_context or {})}
        if filled := holding.wanted(request, object_id):
            holding.put(request, filled)
        picturing.take(request)  # before the transaction: what it takes, it takes its time for
        try:
            return editor.allow(super().changeform_view(request, object_id, form_url, context))
        except Refused as refusal:  # somebody was a moment quicker than the form's own checks; nothing was saved
            messages.error(request, str(refusal))
            return redirect(request.path)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        if context.get("original"):
            context.update(state.context(context["original"], request))
        context["library"] = picturing.LIBRARY, picturing.offered()
        context.update(unsaved.context(self, request, context.get("original")))
        context.update(hints.context(self, request, context.get("original")))
        return super().render_change_form(request, context, *args, **kwargs)

    # -- saving --------------------------------------------------------------------------------------------------

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        if request.method != "POST":
            return super().get_object(request, object_id, from_field)
        # The admin asks inside its transaction, so that two saves of one article come one after the other.
        try:
            return self.get_queryset(request).select_for_update().get(pk=Article._meta.pk.to_python(object_id))
        except (Article.DoesNotExist, ValidationError):
            return None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.started_by, obj.started_at = person(request), timezone.now()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        asked = Review.objects.open().filter(article=form.instance)
        was_in_review = asked.exists()
        drafting.settle(form.instance, by=person(request), at=timezone.now(), how=form.came_about())
        unsaved.saved(request, form.cleaned_data.get("draft_key", ""))
        if was_in_review and not asked.exists():
            messages.warning(
                request, _("The medical words changed, so the open review request was closed. Request a new one.")
            )
