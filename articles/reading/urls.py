"""The map of the public side."""

from django.urls import path

from articles.reading import views

app_name = "reading"
urlpatterns = [
    # The site itself
    path("healthz", views.healthz, name="healthz"),
    path("editorial-policy/", views.editorial_policy, name="editorial-policy"),
    # Articles
    path("", views.home, name="home"),
    path("<slug:slug>/", views.article, name="article"),
]
