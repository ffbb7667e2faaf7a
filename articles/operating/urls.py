"""The addresses for whoever runs the site."""

from django.urls import path

from articles.operating import views

app_name = "operating"
urlpatterns = [
    path("readyz", views.readyz, name="readyz"),
    path("metrics", views.metrics, name="metrics"),
]
