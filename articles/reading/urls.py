"""The map of the public side."""

from django.urls import converters, path, register_converter

from articles.handouts.sheet import VARIANTS
from articles.reading import (
    downloads,
    feeds,
    figures,
    handouts,
    history,
    machines,
    orders,
    references,
    reviewers,
    sitemaps,
    sitepages,
    views,
)
from articles.sitepages import Page
from references.writing import FORMATS


class EditionNumber(converters.IntConverter):
    """The number of an edition."""

    regex = history.NUMBER


class ReferenceFile(converters.StringConverter):
    """The end of the name of a reference file."""

    regex = "|".join(FORMATS)


class ReferenceOrder(converters.StringConverter):
    """An order in which references are listed, but for the one that needs no name."""

    regex = "|".join(filter(None, orders.ORDERS))


class HandoutVariant(converters.StringConverter):
    """A way to print a page, as its file is called."""

    regex = "|".join(VARIANTS)


class SitePage(converters.StringConverter):
    """A page about the site."""

    regex = "|".join(Page.values)


register_converter(EditionNumber, "edition")
register_converter(ReferenceFile, "references")
register_converter(ReferenceOrder, "order")
register_converter(HandoutVariant, "handout")
register_converter(SitePage, "site")

app_name = "reading"
urlpatterns = [
    # The site itself
    path("healthz", views.healthz, name="healthz"),
    path("figures/<picture:file>", figures.figure, name="figure"),
    path("brand/<str:name>", views.logo, name="logo"),
    path("editorial-policy/", views.editorial_policy, name="editorial-policy"),
    path("<site:key>/", sitepages.site_page, name="site-page"),
    # For machines
    path("robots.txt", machines.robots, name="robots"),
    path(".well-known/security.txt", machines.security, name="security"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<edition:part>.xml", sitemaps.part, name="sitemap-part"),
    path("feeds/updates.atom", feeds.updates, name="updates"),
    # Who signs
    path("reviewers/", reviewers.reviewers, name="reviewers"),
    path("reviewers/<slug:slug>/", reviewers.reviewer, name="reviewer"),
    path("reviewers/<slug:slug>/<edition:sheet>/", reviewers.reviewer, name="reviewer"),
    # Articles
    path("", views.home, name="home"),
    path("<slug:slug>/", views.article, name="article"),
    path("<slug:slug>/<handout:variant>.pdf", handouts.handout, name="handout"),
    path("<slug:slug>/references.<references:extension>", downloads.references, name="references"),
    path("<slug:slug>/references/", references.references, name="reference-list"),
    path("<slug:slug>/references/<order:order>/", references.references, name="reference-list"),
    # What an article said before
    path("<slug:slug>/history/", history.history, name="history"),
    path("<slug:slug>/history/<edition:sheet>/", history.history, name="history"),
    path("<slug:slug>/editions/<edition:number>/", history.edition, name="edition"),
    path("<slug:slug>/editions/<edition:number>/changes/<edition:since>/", history.changes, name="changes"),
    path("<slug:slug>/changes/", history.compare, name="compare"),
]
