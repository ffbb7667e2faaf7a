"""The deeds that can be done to many articles, by name."""

from articles.bulk.assigning import Assign
from articles.bulk.cadences import Cadence
from articles.bulk.chunks import Deed
from articles.bulk.deferring import Defer
from articles.bulk.requesting import Request
from articles.bulk.vouching import Record

DEEDS: dict[str, Deed] = {deed.name: deed for deed in (Assign(), Request(), Cadence(), Defer(), Record())}
