"""WSGI entry point: the pages that are kept, and Django behind them, loaded meanwhile (docs/decisions/0055)."""

import logging.config
import os
from collections.abc import Iterable
from importlib import import_module

from django.conf import settings
from django.utils.module_loading import import_string

from leukemia_site.front.loading import Loading
from leukemia_site.front.making import Application, StartResponse
from leukemia_site.front.offer import ENVIRON
from leukemia_site.front.rules import Environ
from leukemia_site.observing import counting
from leukemia_site.observing.kept import Kept
from leukemia_site.observing.request_ids import Identified

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leukemia_site.settings")
from leukemia_site import pages

PAUSE = (
    2.0  # seconds for the first readers, before the rest takes the processor from them; unless somebody waits for it
)
logging.config.dictConfig(settings.LOGGING)  # as Django will, for what is said until then


def load_for_readers() -> Application:
    """Django, without the desk of the staff."""
    import_string("leukemia_site.apps.DeskConfig").at_once = False
    import_string("django.setup")(set_prefix=False)
    import_module("leukemia_site.behind")
    import_module("articles.reading.urls")  # which would be read for the first request
    made: Application = import_string("leukemia_site.readers.Readers")()
    return made


def load_all() -> Application:
    """Django with all of its addresses."""
    for_readers.wait()
    everything.rest()
    import_module(settings.ROOT_URLCONF)
    made: Application = import_string("django.core.wsgi.get_wsgi_application")()
    return made


def django(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """As much of it as this request needs: who is offered the answer to keep it asks for a page."""
    enough = for_readers if ENVIRON in environ and not everything.done else everything
    return enough(environ, start_response)


for_readers, everything = Loading(load_for_readers), Loading(load_all)
front = pages.before(django, loading=for_readers)
application = Identified(Kept(front), trusted=settings.BEHIND_PROXY)
counting.share(settings.METRICS_ROOT)
for_readers.begin()
everything.begin()
pages.begin(front)
if not pages.has_kept(front):  # then those who answer now, as when a new release takes over, do it sooner than we
    for_readers.wait()
