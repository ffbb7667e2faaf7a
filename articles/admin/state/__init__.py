"""Where an article stands."""

from articles.admin.state.panel import context
from articles.admin.state.rows import RETURNED, look_up

__all__ = ["RETURNED", "context", "look_up"]
