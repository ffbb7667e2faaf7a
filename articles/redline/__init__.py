"""What changed between two texts, for people who sign or accept it: block by block and word by word. Pure."""

from articles.redline.pages import Row, redline_content
from articles.redline.saying import between, in_short
from articles.redline.stops import Part, numbered
from articles.redline.texts import redline, redline_line

__all__ = ["Part", "Row", "between", "in_short", "numbered", "redline", "redline_content", "redline_line"]
