"""Which pages this machine has heard to be withdrawn: one empty file each, for when the database is away.

A page that nobody has read since is not kept, so that the site could only say that it can not tell (503); and whoever
stands before it would then give readers its words, from a mirror that was written before (docs/decisions/0054).
"""

import logging
import re
from collections.abc import Callable
from pathlib import Path

from leukemia_site.front.changes import ANY, Answer

log = logging.getLogger(__name__)
PAGE = "page:"
_FIRST = re.compile(r"/([A-Za-z0-9_-]+)/")  # of an address: the page to which it belongs

Slugs = frozenset[str]


class Gone:
    """A folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def heard(self, answer: Answer, *, still: Callable[[Slugs], Slugs]) -> None:
        """Note what an answer says. `still` tells which of some pages are withdrawn, for when it says too little."""
        tags = frozenset(tag for _number, tag in answer.changes)
        told, gone = _slugs(tags), _slugs(answer.gone)
        try:
            if ANY in tags:
                told = told | self._noted()
                gone = gone | still(told)
            for slug in sorted(gone):
                self._folder.mkdir(exist_ok=True)
                (self._folder / slug).touch()
            for slug in sorted(told - gone):
                (self._folder / slug).unlink(missing_ok=True)
        except OSError as error:
            log.warning("What is withdrawn could not be noted: %s", error.strerror)

    def holds(self, address: str) -> bool:
        """Whether the page to which an address belongs is withdrawn, as far as this machine has heard."""
        found = _FIRST.match(address)
        return found is not None and (self._folder / found[1]).is_file()

    def _noted(self) -> Slugs:
        return frozenset(path.name for path in self._folder.iterdir()) if self._folder.is_dir() else frozenset()


def _slugs(tags: Slugs) -> Slugs:
    return frozenset(tag.removeprefix(PAGE) for tag in tags if tag.startswith(PAGE))
