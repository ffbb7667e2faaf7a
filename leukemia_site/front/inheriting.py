"""After a new release, the pages that the last one kept are made anew, little by little, before anybody asks: should
the database go then, they are there. Each process begins where it likes, and leaves out what another one has made."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from leukemia_site.front.disk import Disk

A_SECOND = 2  # pages in each process, beside all else that it does
MOST = 10_000


@dataclass(slots=True)
class Inheritance:
    """What is still to be made."""

    disk: Disk | None
    _left: list[str] = field(default_factory=list)
    _found: bool = False

    def find(self) -> None:
        """Look what there is."""
        self._left = self.disk.before()[:MOST] if self.disk else []
        random.shuffle(self._left)

    def some(self, later: Callable[[Callable[[], None]], object]) -> list[str]:
        """The next few addresses, asked for once a second. The first time they are only looked for, `later`."""
        if not self._found:
            self._found = True
            later(self.find)
        some, self._left = self._left[:A_SECOND], self._left[A_SECOND:]
        return some
