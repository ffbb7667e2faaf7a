"""What deeds have written, to read: editions, reviews, the timeline."""

from typing import Any, ClassVar

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from articles import blocks
from articles.admin import figures, labels, recorded, reviewing
from articles.admin.desk import ReadOnlyAdmin
from articles.content import Content, SectionContent
from articles.models import Edition, Review


class FrozenWords(ReadOnlyAdmin):
    """Rows that hold frozen words; the stored text is shown as a page would show it."""

    exclude = ("content",)
    readonly_fields = ("words",)

    class Media:
        css: ClassVar = {"all": ["articles/admin/figures.css"]}

    @admin.display(description=_("words"))
    def words(self, row: Edition | Review) -> SafeString:
        return shown(row.words())


def shown(content: Content) -> SafeString:
    """Frozen words under their headings."""
    parts = [
        (blocks.name_of(s), _block(s), figures.shown(s), mark_safe(labels.shown(s.body)))  # noqa: S308
        for s in content.sections
    ]
    sections = format_html_join("", "<h3>{}</h3>{}{}{}", parts)
    summary = mark_safe(labels.shown(content.summary))  # noqa: S308  shown() cleans
    return format_html('<div class="words"><h2>{}</h2>{}{}</div>', content.title, summary, sections)


def _block(section: SectionContent) -> SafeString:
    """What it is, so that nobody takes an emergency for a text."""
    block = blocks.block_of(section)
    return format_html('<p class="quiet">{}</p>', block) if block else SafeString()


@admin.register(Edition)
class EditionAdmin(FrozenWords):
    list_display = ("article", "number", "published_at", "published_by", "change_class", "emergency", "closed_how")
    list_filter = ("closed_how", "change_class")
    list_select_related = ("article", "published_by")
    search_fields = ("article__title", "digest")
    date_hierarchy = "published_at"

    @admin.display(description=_("emergency"), boolean=True)
    def emergency(self, row: Edition) -> bool:
        return bool(row.emergency_reason)


@admin.register(Review)
class ReviewAdmin(FrozenWords):
    list_display = ("article", "reviewer", "kind", "scope", "origin", "requested_at", "answer", "answered_at")
    list_filter = ("answer", "origin", "kind", "reviewer")
    list_select_related = ("article", "reviewer")
    search_fields = ("article__title", "reviewer__name", "digest")

    def get_urls(self) -> list[Any]:
        return [*reviewing.urls(self), *recorded.urls(self), *super().get_urls()]
