"""The screens of work on many articles: choose and fill in, look over, confirm, go on, results, take back."""

from articles.admin.many.rows import may_any
from articles.admin.many.screens import ACTIONS, urls

__all__ = ["ACTIONS", "may_any", "urls"]
