"""What whoever runs the site asks. These answers are about the machine and never kept."""

import logging
import secrets

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4

from articles.operating import readiness
from articles.operating.tallies import Rows
from leukemia_site.observing import counting, store

log = logging.getLogger(__name__)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether all is well here, check by check: 200, or 503."""
    found = readiness.recently()
    ready = readiness.is_ready(found)
    if not ready:
        log.warning("not ready", extra={"fields": {name: said for name, said in found.items() if said != readiness.OK}})
    return JsonResponse({"ready": ready, "checks": found}, status=200 if ready else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers, for who shows the token. Without one there is no such page."""
    given = request.headers.get("Authorization", "").encode()
    expected = f"Bearer {settings.METRICS_TOKEN}".encode()
    if not settings.METRICS_TOKEN or not secrets.compare_digest(given, expected):
        raise Http404
    store.settle()
    return HttpResponse(counting.exposed(Rows()), content_type=CONTENT_TYPE_PLAIN_0_0_4)
