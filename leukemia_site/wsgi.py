"""WSGI entry point: Django, and before it the pages that are kept."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leukemia_site.settings")
django = get_wsgi_application()

from leukemia_site import pages  # noqa: E402  it needs the apps, which are there only now

application = pages.before(django)
