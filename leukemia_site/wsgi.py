"""WSGI entry point."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from leukemia_site.observing import counting
from leukemia_site.observing.request_ids import Identified

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leukemia_site.settings")
application = Identified(get_wsgi_application(), trusted=settings.BEHIND_PROXY)
counting.share(settings.METRICS_ROOT)
