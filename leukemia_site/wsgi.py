"""WSGI entry point: Django, and before it the pages that are kept."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from leukemia_site.observing import counting
from leukemia_site.observing.kept import Kept
from leukemia_site.observing.request_ids import Identified

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leukemia_site.settings")
django = get_wsgi_application()

from leukemia_site import pages  # noqa: E402  it needs the apps, which are there only now

front = pages.before(django)
application = Identified(Kept(front), trusted=settings.BEHIND_PROXY)
counting.share(settings.METRICS_ROOT)
pages.begin(front)
