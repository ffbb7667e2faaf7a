"""The map of the site: includes only."""

from django.contrib import admin
from django.urls import include, path

handler404 = "articles.reading.serving.not_found"
handler500 = "leukemia_site.outage.server_error"
urlpatterns = [
    path("admin/", include("articles.admin.urls")),
    path("admin/", admin.site.urls),
    path("calendars/", include("articles.admin.feeds")),
    path("", include("articles.operating.urls")),
    path("", include("articles.reading.urls")),
]
