"""The library of figures: every picture, who brought it, and where it is used. Its files, for staff alone."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import roles
from articles.admin.desk import ReadOnlyAdmin
from articles.content import SectionContent
from articles.models import Article, Figure
from articles.pictures import sizes
from articles.pictures.serving import File, served


def file(request: HttpRequest, file: File) -> HttpResponse:
    """One file of a picture, of a draft or not, for whoever may read drafts."""
    if not roles.may(request.user, "view_article"):
        raise PermissionDenied
    return served(file, kept="private, no-store")


def thumbnail(picture: str, size: str, alt: str = "") -> SafeString:
    """A small one, or nothing where there is no picture."""
    width, _x, height = size.partition("x")
    if not (picture and width and height):
        return SafeString()
    file_of = reverse("admin:articles_figure_file", args=[File(picture, sizes.widths(int(width))[0], "jpg")])
    shape = {"src": file_of, "alt": alt, "width": width, "height": height}
    return format_html(
        '<img class="figure-small" src="{src}" alt="{alt}" width="{width}" height="{height}" loading="lazy">', **shape
    )


def of_hash(picture: str) -> SafeString:
    """The picture of the library that is known by this hash, small."""
    figure = Figure.objects.filter(pk=picture, erased_at=None).first()
    return thumbnail(figure.pk, figure.size, _("The picture %(name)s") % {"name": figure}) if figure else SafeString()


def shown(section: SectionContent) -> SafeString:
    """A figure but for its caption: the picture, what it is in words, and whom it is owed to."""
    if section.figure_erased:
        return format_html("<p><em>{}</em></p>", _("The picture was removed for legal reasons."))
    if not section.figure:
        return SafeString()
    said = ((_("The picture in words"), section.alt), (_("Credit"), section.credit))
    lines = format_html_join("", "<p>{}: {}</p>", ((label, words) for label, words in said if words))
    return thumbnail(section.figure, section.size, section.alt) + lines


@admin.register(Figure)
class FigureAdmin(ReadOnlyAdmin):
    list_display = ("picture", "file_name", "size", "used", "uploaded_by", "uploaded_at", "state")
    list_display_links = ("file_name",)
    list_select_related = ("uploaded_by",)
    search_fields = ("file_name", "hash")
    fields = ("picture", "hash", "file_name", "size", "used", "uploaded_by", "uploaded_at", "state")
    readonly_fields = fields

    class Media:
        css: ClassVar = {"all": ["articles/admin/figures.css"]}

    def get_urls(self) -> list[URLPattern]:
        guard = self.admin_site.admin_view
        return [path("<picture:file>", guard(file), name="articles_figure_file"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": _("Figures: upload and choose them in a section of an article"), **(extra_context or {})}
        return super().changelist_view(request, title)

    @admin.display(description=gettext_lazy("picture"))
    def picture(self, figure: Figure) -> SafeString:
        if figure.erased_at:
            return SafeString()
        return thumbnail(figure.pk, figure.size, _("The picture %(name)s") % {"name": figure})

    @admin.display(description=gettext_lazy("stands in"))
    def used(self, figure: Figure) -> SafeString:
        found = (
            Article.objects.filter(sections__figure=figure.pk).distinct()
            | Article.objects.filter(showings__figure=figure.pk).distinct()
        )
        return _links(found.order_by("title"))

    @admin.display(description=gettext_lazy("state"))
    def state(self, figure: Figure) -> str:
        if figure.erased_at:
            return _("removed for legal reasons")
        return _("kept") if figure.saved else _("in no article yet: deleted after a week")


def _links(articles: Iterable[Article]) -> SafeString:
    rows = ((reverse("admin:articles_article_change", args=[one.pk]), one.title) for one in articles)
    return format_html_join(", ", '<a href="{}">{}</a>', rows)
