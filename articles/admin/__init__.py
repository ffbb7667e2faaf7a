"""The editor's side: shows, collects, calls a deed, reports. No publishing rule lives here."""

from django.conf import settings
from django.contrib import admin
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from articles.admin import (
    accounts,
    again,
    conditions,
    facts,
    figures,
    outbox,
    people,
    policies,
    records,
    sitepages,
    sources,
    stories,
)
from articles.admin.article import ArticleAdmin
from articles.models import Article

__all__ = [
    "accounts",
    "conditions",
    "facts",
    "figures",
    "outbox",
    "people",
    "policies",
    "records",
    "sitepages",
    "sources",
    "stories",
]

admin.site.register(Article, ArticleAdmin)
admin.site.login_form = again.SignInForm
admin.site.site_title = _("Reviewed patient information")
admin.site.enable_nav_sidebar = False  # it takes a fifth of the screen; the desk lists everything
admin.site.site_header = format_lazy("{} · {}", admin.site.site_title, settings.ORGANIZATION_NAME)
