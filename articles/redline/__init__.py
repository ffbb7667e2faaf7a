"""What changed between two texts, for people who sign or accept it: block by block and word by word. Pure."""

from articles.redline.pages import Row, redline_content
from articles.redline.texts import redline, redline_line

__all__ = ["Row", "redline", "redline_content", "redline_line"]
