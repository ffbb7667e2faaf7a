"""The map of the public side."""

from django.urls import converters, path, register_converter

from articles.reading import downloads, history, views
from references.writing import FORMATS


class EditionNumber(converters.IntConverter):
    """The number of an edition."""

    regex = history.NUMBER


class ReferenceFile(converters.StringConverter):
    """The end of the name of a reference file."""

    regex = "|".join(FORMATS)


register_converter(EditionNumber, "edition")
register_converter(ReferenceFile, "references")

app_name = "reading"
urlpatterns = [
    # The site itself
    path("healthz", views.healthz, name="healthz"),
    path("editorial-policy/", views.editorial_policy, name="editorial-policy"),
    # Articles
    path("", views.home, name="home"),
    path("<slug:slug>/", views.article, name="article"),
    path("<slug:slug>/references.<references:extension>", downloads.references, name="references"),
    # What an article said before
    path("<slug:slug>/history/", history.history, name="history"),
    path("<slug:slug>/editions/<edition:number>/", history.edition, name="edition"),
    path("<slug:slug>/editions/<edition:number>/changes/<edition:since>/", history.changes, name="changes"),
    path("<slug:slug>/changes/", history.compare, name="compare"),
]
