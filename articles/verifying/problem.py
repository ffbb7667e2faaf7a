"""Problem: one thing that is not as it was written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` names the row or the place; `what` says in words what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
