#!/usr/bin/env python
"""Django's command line for this site."""

import os
import sys

from django.core.management import execute_from_command_line

from leukemia_site.environment import Refused
from leukemia_site.observing import commands

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leukemia_site.settings")
    try:
        with commands.seen(" ".join(["manage.py", *sys.argv[1:2]])):
            execute_from_command_line(sys.argv)
    except Refused as error:  # a mistake in the environment, not in the program: no traceback
        sys.exit(str(error))
