"""Databases of several sizes, one after the other, with the pages of benchmarks/dated_pages.py."""

from contextlib import contextmanager

from django.db import connection
from django.test.utils import setup_databases, teardown_databases

from benchmarks import due_dates


@contextmanager
def database(pages, *, keep=""):
    """So many pages, in the database of this process. `keep`: a path or a name, with {} for the number of pages; what
    is there is used, and stays."""
    test = connection.settings_dict["TEST"]
    before = test["NAME"]
    if keep:
        test["NAME"] = keep.format(pages)
    old = setup_databases(verbosity=0, interactive=False, keepdb=bool(keep), serialized_aliases=())
    try:
        due_dates.fill(pages)
        yield
    finally:
        teardown_databases(old, verbosity=0, keepdb=bool(keep))
        test["NAME"] = before
