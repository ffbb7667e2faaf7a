"""Whether history is as it was written: every seal, every sealed row, every word and every public date, told again."""

from articles.verifying.history import problems
from articles.verifying.problem import Problem

__all__ = ["Problem", "problems"]
