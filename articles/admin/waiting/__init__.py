"""What waits for whom."""

from articles.admin.waiting.desk import piles
from articles.admin.waiting.pile import Pile, Waiting

__all__ = ["Pile", "Waiting", "piles"]
