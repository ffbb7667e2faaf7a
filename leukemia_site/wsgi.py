"""WSGI entry point: the pages that are kept, and Django behind them, loaded meanwhile (docs/decisions/0055)."""

import logging.config
import os
import sys
from importlib import import_module

from django.conf import settings
from django.utils.module_loading import import_string

from leukemia_site import loaded
from leukemia_site.front.loading import Loading
from leukemia_site.front.making import Application
from leukemia_site.observing import counting
from leukemia_site.observing.kept import Kept
from leukemia_site.observing.request_ids import Identified

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leukemia_site.settings")
from leukemia_site import pages

# Who has a kept page to give waits no longer than this, at a time, for a thread that makes one (Python's own: 5 ms).
sys.setswitchinterval(0.0005)
logging.config.dictConfig(settings.LOGGING)  # as Django will, for what is said until then


def load() -> Application:
    """Django, with all that a request would load."""
    with loaded.once():
        made: Application = import_string("django.core.wsgi.get_wsgi_application")()
        import_module(settings.ROOT_URLCONF)
        import_module("leukemia_site.behind")
    return made


django = Loading(load)
front = pages.before(django, loading=django)
application = Identified(Kept(front), trusted=settings.BEHIND_PROXY)
counting.share(settings.METRICS_ROOT)
django.begin()
pages.begin(front)
if not pages.has_kept(front):  # then those who answer now, as when a new release takes over, do it sooner than we
    django.wait()
