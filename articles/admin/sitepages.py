"""The pages about the site: what each says and since when, another text for it, and every earlier one."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from articles import languages, rewording, roles, sitepages
from articles.admin import editor, labels, screens
from articles.admin.desk import ReadOnlyAdmin, person
from articles.models import SiteText
from articles.refusals import Refused

NOTICE = "notice-"  # before the code of a language, in the names of fields


class Page(StringConverter):
    """A page about the site."""

    regex = "|".join(SiteText.Page.values)


register_converter(Page, "site_text")


class TextForm(forms.Form):
    """The text of a page. `base` is the number of the text that it was written from; 0 is ours."""

    base = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def __init__(self, page: str, text: SiteText | None, *, base: int, data: Any = None) -> None:
        super().__init__(data, initial={"base": base})
        body = text.body if text else sitepages.default(page)
        self.fields["body"] = editor.Uncited(
            label=_("Text"), initial=body, required=False, widget=editor.backend().widget(citing=False)
        )
        if page == sitepages.IN_LANGUAGES:
            for one in languages.LANGUAGES:
                self.fields[f"{NOTICE}{one.code}"] = _notice(one, text.notices if text else {})

    def said(self) -> dict[str, Any]:
        """What the deed takes."""
        sent = dict(self.cleaned_data)
        notices = {name.removeprefix(NOTICE): text for name, text in sent.items() if name.startswith(NOTICE)}
        return {"body": sent["body"], "base": sent["base"], "notices": notices}


def _notice(language: languages.Language, notices: dict[str, str]) -> forms.Field:
    shown = {"rows": 3, "lang": language.code, "dir": language.direction, "class": "vLargeTextField"}
    label = f"{language.name} ({language.english})"
    widget = forms.Textarea(attrs=shown)
    return forms.CharField(label=label, required=False, initial=notices.get(language.code, ""), widget=widget)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, page: str) -> HttpResponse:
    """Write, look at it as readers would, and show it to them. Nothing typed is lost when it is refused."""
    if not roles.may(request.user, "add_sitetext"):
        raise PermissionDenied
    current = sitepages.current(page)
    form = TextForm(page, _asked(request, page) or current, base=_number(current), data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _preview(page, form)
        try:
            rewording.reword(page, **form.said(), by=person(request), at=timezone.now())
        except Refused as no:
            messages.error(request, str(no))
            current = sitepages.current(page)  # somebody may have been faster; who saves again has seen theirs
            sent = {**request.POST.dict(), "base": _number(current)}
            form = TextForm(page, current, base=_number(current), data=sent)
        else:
            messages.success(request, _("Readers see the new text now."))
            return redirect("admin:articles_sitetext_changelist")
    now = sitepages.shown(page, current)
    title = _("Edit “%(title)s”") % {"title": SiteText.Page(page).label}
    context = {"form": form, "page": page, "current": current, "now": now, "typed": form.is_bound}
    return editor.allow(screens.page(request, "sitetext/edit", title, **context))


def _number(text: SiteText | None) -> int:
    return text.number if text else 0


def _asked(request: HttpRequest, page: str) -> SiteText | None:
    """The earlier text to begin with, where one is to be brought back."""
    number = request.GET.get("from", "")
    return SiteText.objects.of(page).filter(number=number).first() if number.isdecimal() and len(number) < 7 else None


def _preview(page: str, form: TextForm) -> HttpResponse:
    """As readers would see it. Nothing is kept."""
    said = form.said()
    text = SiteText(page=page, body=said["body"], notices=said["notices"], at=timezone.now())
    context = {"page": replace(sitepages.shown(page, text), preview=True)}
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
    return HttpResponse(render_to_string("articles/site_page.html", context), headers=headers)


@require_http_methods(["GET", "HEAD"])
def earlier(request: HttpRequest, page: str) -> HttpResponse:
    """Every text that this page has had, the newest first."""
    if not roles.may(request.user, "view_sitetext"):
        raise PermissionDenied
    texts = SiteText.objects.of(page).select_related("by").defer("body")
    title = _("Texts of “%(title)s”") % {"title": SiteText.Page(page).label}
    context = {"page": page, "texts": texts, "can": roles.may(request.user, "add_sitetext")}
    return screens.page(request, "sitetext/earlier", title, **context)


@admin.register(SiteText)
class SiteTextAdmin(ReadOnlyAdmin):
    """One line for each of the fixed set; a text itself is a row that is only read."""

    change_form_template = "admin/articles/sitetext/change_form.html"
    fields = ("page", "number", "by", "at", "words", "languages")
    readonly_fields = ("words", "languages")

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [
            path("<site_text:page>/edit/", guard(edit), name="articles_sitetext_edit"),
            path("<site_text:page>/", guard(earlier), name="articles_sitetext_earlier"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":  # Django's own list would take an action
            return redirect("admin:articles_sitetext_changelist")
        newest = {row.page: row for row in SiteText.objects.select_related("by").defer("body").order_by("number")}
        pages = [(page, newest.get(page)) for page in SiteText.Page]
        context = {"pages": pages, "can": roles.may(request.user, "add_sitetext")}
        return screens.page(request, "sitetext/list", _("Pages about the site"), **context)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        context["can"] = roles.may(request.user, "add_sitetext")
        return super().render_change_form(request, context, *args, **kwargs)

    @admin.display(description=gettext_lazy("text"))
    def words(self, row: SiteText) -> SafeString:
        return format_html('<div class="words">{}</div>', mark_safe(labels.shown(row.body)))  # noqa: S308  it cleans

    @admin.display(description=gettext_lazy("in other languages"))
    def languages(self, row: SiteText) -> SafeString:
        told = [(one.name, row.notices[one.code]) for one in languages.LANGUAGES if one.code in row.notices]
        return format_html_join("", "<p>{}: {}</p>", told)
