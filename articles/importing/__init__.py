"""From a file to a Manuscript: pure parsers, one file per format, no database."""

from articles.importing.manuscript import Manuscript, Refused
from articles.importing.reader import PARSERS, read, refuse_size

__all__ = ["PARSERS", "Manuscript", "Refused", "read", "refuse_size"]
