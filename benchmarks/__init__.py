"""Repeatable measurements. Each runs on its own: `python -m benchmarks.import_ris`."""

import os

import django

# A throw-away database and folder, as for the tests.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ.setdefault("LOG_LEVEL", "error")  # the figures are to be read, and not a line for each request
django.setup()
