"""Django for readers alone: the map of the public side, and whoever answers by it. A process that starts has this
long before the desk of the staff, and gives pages meanwhile (wsgi.py)."""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.urls import include, path

handler404 = "articles.reading.serving.not_found"
handler500 = "leukemia_site.outage.server_error"
urlpatterns = [path("", include("articles.reading.urls"))]


class Request(WSGIRequest):
    """One that knows no other addresses."""

    urlconf = __name__


class Readers(WSGIHandler):
    """The same Django, with fewer addresses."""

    request_class = Request
