"""The file in which a process keeps its numbers, with room on the disk for each before it is written.

prometheus_client maps a file with holes into memory. Where the disk is full, the first number that falls into a hole
ends the process (SIGBUS), and each that starts after it: the site would be away because somebody counted.
"""

import mmap
from contextlib import suppress
from pathlib import Path
from typing import Any

import prometheus_client.mmap_dict

mmap_dict: Any = prometheus_client.mmap_dict
ROOM = 2**16  # bytes to begin with; twice as many each time they are not enough
OF_A_KEY = 64  # bytes of an entry beside its name, at most


class Numbers(mmap_dict.MmapedDict):  # type: ignore[misc]  # of its functions, few have types
    """Where the disk has no room they are in memory, and this process alone knows of them."""

    _f: Any
    _positions: dict[str, int]

    def __init__(self, filename: str) -> None:
        self.in_memory = False
        try:
            _fill(filename, ROOM)
        except OSError:
            with suppress(OSError):
                Path(filename).unlink()  # whoever reads them all could not read it
            self._begin_in_memory()
        else:
            super().__init__(filename)

    def _begin_in_memory(self) -> None:
        self.in_memory, self._f, self._positions = True, None, {}
        self._capacity, self._used = ROOM, 8
        self._m = mmap.mmap(-1, ROOM)

    def _init_value(self, key: str) -> None:
        if self._used + len(key.encode()) + OF_A_KEY > self._capacity:
            self._grow(2 * self._capacity)
        super()._init_value(key)

    def _grow(self, capacity: int) -> None:
        self._m = self._larger_file(capacity) or self._copied(capacity)
        self._capacity = capacity

    def _larger_file(self, capacity: int) -> mmap.mmap | None:
        if self.in_memory:
            return None
        try:
            _fill(self._fname, capacity)
            return mmap.mmap(self._f.fileno(), capacity)
        except OSError:
            self.in_memory = True
            return None

    def _copied(self, capacity: int) -> mmap.mmap:
        """In memory. What stands in the file stays there, so that no number falls."""
        found = mmap.mmap(-1, capacity)
        found[: self._used] = self._m[: self._used]
        return found


def _fill(filename: str, size: int) -> None:
    """Write zeros behind what there is, up to this size. Raises OSError."""
    with open(filename, "ab") as file:
        file.write(bytes(max(0, size - file.tell())))
