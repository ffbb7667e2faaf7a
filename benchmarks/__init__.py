"""Repeatable measurements. Each runs on its own: `python -m benchmarks.import_ris`."""

import os

import django

# A throw-away database and folder, as for the tests.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
